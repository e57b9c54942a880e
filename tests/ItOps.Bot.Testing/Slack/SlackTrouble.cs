namespace ItOps.Bot.Testing.Slack;

/// <summary>What goes wrong with one call of the Web API.</summary>
public sealed record SlackTrouble
{
    private SlackTrouble()
    {
    }

    internal int? Status { get; private init; }

    internal TimeSpan? RetryAfter { get; private init; }

    internal string? Error { get; private init; }

    internal string? Needed { get; private init; }

    internal bool IsSilent { get; private init; }

    /// <summary>Slack did what was asked, and only the answer is lost.</summary>
    internal bool AfterTheDeed { get; private init; }

    /// <summary>429, with a Retry-After or without.</summary>
    public static SlackTrouble TooMany(TimeSpan? retryAfter = null) => new() { Status = 429, RetryAfter = retryAfter };

    /// <summary>200 with ok: false.</summary>
    public static SlackTrouble Says(string error, string? needed = null) => new() { Error = error, Needed = needed };

    public static SlackTrouble Answers(int status) => new() { Status = status };

    /// <summary>Does what was asked, then answers 502.</summary>
    public static SlackTrouble LosesTheAnswer() => new() { Status = 502, AfterTheDeed = true };

    /// <summary>Takes the request and never answers.</summary>
    public static SlackTrouble Silence() => new() { IsSilent = true };
}
