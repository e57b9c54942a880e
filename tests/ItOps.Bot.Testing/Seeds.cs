using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace ItOps.Bot.Testing;

/// <summary>Where tests with random cases begin: always at the same ones, so that a change makes them fail and not chance. ITOPS_SEED begins elsewhere, to search on.</summary>
public static class Seeds
{
    /// <summary>The generator takes any odd number.</summary>
    private const ulong Gamma = 0x9E3779B97F4A7C15;

    public static ulong First { get; } = Environment.GetEnvironmentVariable("ITOPS_SEED") is { Length: > 0 } given ? ulong.Parse(given, CultureInfo.InvariantCulture) : 1;

    /// <exception cref="Exception">It does not hold; the message has the case.</exception>
    public static void Holds(this Property property) => property.Check(Config.QuickThrowOnFailure.WithReplay(First, Gamma));
}
