namespace ItOps.Bot.Executors.Tests.ActiveDirectory;

/// <summary>What somebody might say instead of a name, to be found as somebody else or to find everybody.</summary>
internal static class HostileNames
{
    public static IReadOnlyList<string> All { get; } =
    [
        "*", "a*", "*)(objectClass=*", "alice)(|(objectClass=*", @"\2a", @"alice\", "alice\0", "alice\0*", "alice\n", "al\u0456ce", "ａlice", "\u202Ealice", "alice\u200B", "\uD800", "&(objectClass=*)",
        "(sAMAccountName=alice)", "", "cn=alice,ou=staff", "<GUID=*>", "alice;omar", new string('a', 100_000), new string('*', 100_000), new string('\\', 1000), string.Concat(Enumerable.Repeat("ü", 900)),
    ];
}
