namespace ItOps.Bot.Knowledge;

/// <summary>Where the runbooks and the approval policy lie.</summary>
public sealed record KnowledgeOptions
{
    public required string RunbookFolder { get; init; }

    public required string PolicyFile { get; init; }
}
