// Whoever does not send the key of AGENT_KEY as x-api-key is refused.
import { createHash, timingSafeEqual } from 'node:crypto';
import { Auth, HTTPException } from '@langchain/langgraph-sdk/auth';

const digest = text => createHash('sha256').update(text).digest();
const key = process.env.AGENT_KEY;
if (!key) throw new Error('Set AGENT_KEY to the key that the bot has in Agent:LangGraph:Key.');

export const auth = new Auth().authenticate(request => {
  if (!timingSafeEqual(digest(request.headers.get('x-api-key') ?? ''), digest(key)))
    throw new HTTPException(401, { message: 'wrong key' });
  return 'itops-bot';
});
