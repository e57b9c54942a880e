namespace ItOps.Bot.Chaos.Matrix;

/// <summary>Where the process dies, in the order of a run.</summary>
internal enum KillPoint
{
    BeforeStarted,
    AfterStarted,

    /// <summary>The target made the change, and its answer has not left it. Only where it can be held back.</summary>
    BeforeAnswer,

    /// <summary>The answer is there, and not in the journal.</summary>
    AfterEffect,
    BeforeSending,
    AfterSendingBeforeMarking,
}
