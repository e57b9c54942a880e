namespace ItOps.Bot.Executors.Http;

/// <summary>A request that did not leave this computer: nothing happened there, for certain.</summary>
internal class NotSentException(string message, Exception? inner = null) : OperatorException(message, inner);
