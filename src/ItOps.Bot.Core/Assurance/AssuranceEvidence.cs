namespace ItOps.Bot.Assurance;

/// <summary>Who vouched for a person, how, and when. Shown to approvers in words.</summary>
public sealed record AssuranceEvidence(AssuranceMethod Method, DateTimeOffset At);

public enum AssuranceMethod
{
    /// <summary>The sandbox's picker, on loopback in Development: practice only.</summary>
    PracticePicker,

    /// <summary>The operator's own terminal on the host.</summary>
    Terminal,

    /// <summary>The chat platform's signed request from an allowed tenant.</summary>
    ChatPlatform,

    /// <summary>As above, but nobody bound the account to the person: they only share an e-mail address.</summary>
    EmailMatch,

    /// <summary>Whoever holds a link that was mailed to the person: enough to take something away, and for nothing else.</summary>
    MailedLink,

    /// <summary>A second person (the target or their manager) confirmed in their own conversation.</summary>
    Attested,
}
