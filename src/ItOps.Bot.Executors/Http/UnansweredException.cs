namespace ItOps.Bot.Executors.Http;

/// <summary>A request that left, or may have, and whose answer nobody knows.</summary>
internal sealed class UnansweredException(string message, Exception? inner) : OperatorException(message, inner);
