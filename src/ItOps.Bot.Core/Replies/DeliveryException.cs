namespace ItOps.Bot.Replies;

/// <summary>A message that a platform did not take, or of which nobody can tell. The detail is for the log and names what to mend.</summary>
public class DeliveryException(DeliveryFailure failure, string detail, TimeSpan? retryAfter = null, Exception? inner = null) : Exception(detail, inner)
{
    public DeliveryFailure Failure { get; } = failure;

    /// <summary>How long the platform asks to be left alone; none when it did not say.</summary>
    public TimeSpan? RetryAfter { get; } = retryAfter;
}

/// <summary>What is known about a message that failed, and so whether it may be sent again.</summary>
public enum DeliveryFailure
{
    /// <summary>The platform refused it for now (too many requests): it was not sent and goes again later.</summary>
    Busy,

    /// <summary>The platform was not reached: it was not sent and goes again later.</summary>
    NotSent,

    /// <summary>It left and no answer came. A second copy is worse than none, so a post is not repeated; an update is.</summary>
    Unknown,

    /// <summary>The platform will never take it (blocked by the person, revoked token, archived channel).</summary>
    Refused,
}
