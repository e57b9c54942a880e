namespace ItOps.Bot.Knowledge.Chroma;

/// <summary>Everything that can go wrong with a Chroma server ends in this. The message is for whoever operates the bot.</summary>
internal sealed class ChromaException(ChromaFault fault, string message, Exception? inner = null) : OperatorException(message, inner)
{
    public ChromaFault Fault => fault;

    /// <summary>It may go better when asked again: nobody answered, too late, or nothing that can be read.</summary>
    public bool IsAway => fault is ChromaFault.Away or ChromaFault.TimedOut or ChromaFault.Nonsense;

    /// <summary>The collection is gone, or is not what was expected: it has to be looked after.</summary>
    public bool IsOfCollection => fault is ChromaFault.Missing or ChromaFault.Rejected;
}

internal enum ChromaFault
{
    /// <summary>Not reached, broken off, or its own failure.</summary>
    Away,
    TimedOut,

    /// <summary>An answer that cannot be read, or is far too large.</summary>
    Nonsense,

    /// <summary>The token is missing or wrong.</summary>
    Refused,

    /// <summary>There is no such collection, tenant or database.</summary>
    Missing,

    /// <summary>It does not take what was asked, such as a vector of another length.</summary>
    Rejected,
}
