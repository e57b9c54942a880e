using System.Text.Json.Serialization;

namespace ItOps.Bot.Assurance;

/// <summary>The kinds of evidence that a policy asks for. Two pieces of the same kind are one.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Proof>))]
public enum Proof
{
    /// <summary>Signed in to a chat account that is bound to the person, and not since yesterday.</summary>
    Session,

    /// <summary>Read back a code from another registered route.</summary>
    Code,

    /// <summary>The manager's word.</summary>
    Manager,

    /// <summary>The word of whoever it is for.</summary>
    Owner,

    /// <summary>Seen in person.</summary>
    InPerson,
}

/// <summary>Which ways of being known are evidence of which kind.</summary>
public static class Proofs
{
    /// <summary>What kind a piece of evidence is; none when it proves nothing by itself.</summary>
    public static Proof? Kind(this AssuranceMethod method) => method switch
    {
        AssuranceMethod.PracticePicker or AssuranceMethod.Terminal or AssuranceMethod.ChatPlatform or AssuranceMethod.SingleSignOn => Proof.Session,
        AssuranceMethod.Code => Proof.Code,
        AssuranceMethod.Manager => Proof.Manager,
        AssuranceMethod.Owner => Proof.Owner,
        AssuranceMethod.InPerson => Proof.InPerson,
        _ => null,
    };

    public static AssuranceMethod Method(this Proof proof) => proof switch
    {
        Proof.Code => AssuranceMethod.Code,
        Proof.Manager => AssuranceMethod.Manager,
        Proof.Owner => AssuranceMethod.Owner,
        Proof.InPerson => AssuranceMethod.InPerson,
        _ => AssuranceMethod.ChatPlatform,
    };
}
