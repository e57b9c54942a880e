using ItOps.Bot.Conversations;

namespace ItOps.Bot.Console.Live;

/// <summary>
/// Tells open pages that a conversation of the console has something new. Transcripts are written outside commits, so commits do not say so.
/// </summary>
internal sealed class ConsoleFeed : Feed<ConversationId>;
