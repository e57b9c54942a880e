namespace ItOps.Bot.Conversations;

/// <summary>One of the things that a message asked for.</summary>
/// <param name="Text">As it is read and worked on.</param>
/// <param name="Said">The message, or as much of it as a request keeps: what the person wrote, for whoever decides.</param>
/// <param name="By">The framework of the agent that cut it out; none when the rules did.</param>
public sealed record MessagePart(string Text, string Said, string? By);
