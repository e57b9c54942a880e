namespace ItOps.Bot.Chaos.Matrix;

/// <summary>Where the process dies, in the order of a run.</summary>
internal enum KillPoint
{
    BeforeStarted,
    AfterStarted,
    AfterEffect,
    BeforeSending,
    AfterSendingBeforeMarking,
}
