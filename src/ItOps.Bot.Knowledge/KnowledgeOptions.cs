using ItOps.Bot.Knowledge.Chroma;

namespace ItOps.Bot.Knowledge;

/// <summary>Where the runbooks and the policies lie.</summary>
public sealed record KnowledgeOptions
{
    public required string RunbookFolder { get; init; }

    /// <summary>Where scripts of versions that the store keeps are put to be run; nobody else may write there.</summary>
    public required string ScriptFolder { get; init; }

    public required string PolicyFile { get; init; }

    /// <summary>What must be known about who asks.</summary>
    public required string AssuranceFile { get; init; }

    /// <summary>None when the embedded ranking answers alone.</summary>
    public ChromaOptions? Chroma { get; init; }
}
