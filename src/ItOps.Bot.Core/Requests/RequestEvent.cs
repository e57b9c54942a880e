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
    ToSecurity,
    Questioned,
}
