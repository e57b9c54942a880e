using System.Text.Json.Serialization;

namespace ItOps.Bot.Requests;

/// <summary>What a requester is told about, in the conversation the request began in.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RequestEvent>))]
public enum RequestEvent
{
    Attested,
    Succeeded,
    Diagnosed,
    NotDiagnosed,
    Failed,
    Unknown,
    Denied,
    Expired,
    Escalated,
    AskedAgain,

    /// <summary>What was to come first ended without success; the person is asked whether to go on.</summary>
    Stranded,
    ToSecurity,
    Questioned,

    /// <summary>Somebody in IT has it now.</summary>
    Claimed,

    /// <summary>Whoever has it wrote something.</summary>
    Replied,

    /// <summary>Whoever had it calls it solved; the person is asked.</summary>
    ResolvedByIt,

    /// <summary>It has the number of a ticket now.</summary>
    Ticketed,
}
