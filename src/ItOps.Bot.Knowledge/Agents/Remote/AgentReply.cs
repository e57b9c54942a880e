using System.Net;
using System.Text.Json;
using ItOps.Bot.Agents;

namespace ItOps.Bot.Knowledge.Agents.Remote;

/// <summary>An answer of an agent's server, read to its end.</summary>
internal sealed record AgentReply(HttpStatusCode Status, byte[] Body)
{
    /// <summary>The body as JSON, whatever content type it says: LangGraph sends its own as text.</summary>
    /// <exception cref="AgentFailedException">It is none.</exception>
    public JsonElement Json()
    {
        try
        {
            return JsonElement.Parse(Body);
        }
        catch (JsonException e)
        {
            throw new AgentFailedException(AgentFailure.Nonsense, "It answered with something that is no JSON.", e);
        }
    }
}
