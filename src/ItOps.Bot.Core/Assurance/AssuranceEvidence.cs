using System.Text.Json.Serialization;
using ItOps.Bot.People;

namespace ItOps.Bot.Assurance;

/// <summary>One reason to believe that a request is really its requester's: how, when, and through what. Shown to approvers in words.</summary>
public sealed record AssuranceEvidence(AssuranceMethod Method, DateTimeOffset At)
{
    /// <summary>Whoever vouched; none when nobody had to.</summary>
    public PersonId? By { get; init; }

    public string? ByName { get; init; }

    /// <summary>The channel that carried it, as in <see cref="Turns.ChannelIdentity.Channel"/>; none when none did.</summary>
    public string? Through { get; init; }
}

[JsonConverter(typeof(JsonStringEnumConverter<AssuranceMethod>))]
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

    /// <summary>As <see cref="ChatPlatform"/>, but the account was bound to the person a short while ago.</summary>
    RecentlyBound,

    /// <summary>A one-time code that was sent to another of the person's registered routes was read back.</summary>
    Code,

    /// <summary>The person's manager confirmed in their own conversation.</summary>
    Manager,

    /// <summary>Whoever it is for confirmed in their own conversation.</summary>
    Owner,

    /// <summary>Somebody of those who approve saw the person and checked who they are.</summary>
    InPerson,

    /// <summary>The organisation's own sign-in vouched for the person in their browser.</summary>
    SingleSignOn,
}
