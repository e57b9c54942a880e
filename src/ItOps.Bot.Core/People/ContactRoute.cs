using ItOps.Bot.Turns;

namespace ItOps.Bot.People;

/// <summary>
/// One way to a person, such as <c>slack:T0LAB/U0ALICE</c> or <c>mail:alice@example.com</c>. The person who vouches for somebody, their manager, counts as one too.
/// </summary>
public sealed record ContactRoute(string Channel, string Address)
{
    public const string MailChannel = "mail";

    public const string ManagerChannel = "manager";

    public static ContactRoute Of(ChannelIdentity identity) => new(identity.Channel, $"{identity.Tenant}/{identity.User}");

    /// <summary>Addresses that differ only in the case of ASCII letters are one; other letters are never folded.</summary>
    public static ContactRoute Mail(string address) => new(MailChannel, string.Concat(address.Select(c => char.IsAsciiLetterUpper(c) ? (char)(c | 0x20) : c)));

    public static ContactRoute Manager(PersonId manager) => new(ManagerChannel, manager.Value);

    public override string ToString() => $"{Channel}:{Address}";
}
