using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Knowledge.Embedded.Slots;

/// <summary>What the person's computer runs. A ThinkPad runs either of two, and "pc" is what people call any computer: such words say nothing here.</summary>
internal static class PlatformSlot
{
    private static readonly Dictionary<string, string> Words = new(StringComparer.Ordinal)
    {
        ["windows"] = Platforms.Windows,
        ["win10"] = Platforms.Windows,
        ["win11"] = Platforms.Windows,
        ["win"] = Platforms.Windows,
        ["w10"] = Platforms.Windows,
        ["w11"] = Platforms.Windows,
        ["surface"] = Platforms.Windows,
        ["mac"] = Platforms.MacOS,
        ["macs"] = Platforms.MacOS,
        ["macbook"] = Platforms.MacOS,
        ["imac"] = Platforms.MacOS,
        ["macos"] = Platforms.MacOS,
        ["osx"] = Platforms.MacOS,
        ["sonoma"] = Platforms.MacOS,
        ["ventura"] = Platforms.MacOS,
        ["sequoia"] = Platforms.MacOS,
        ["linux"] = Platforms.Linux,
        ["ubuntu"] = Platforms.Linux,
        ["debian"] = Platforms.Linux,
        ["fedora"] = Platforms.Linux,
        ["suse"] = Platforms.Linux,
        ["opensuse"] = Platforms.Linux,
        ["rhel"] = Platforms.Linux,
        ["mint"] = Platforms.Linux,
    };

    /// <summary>Accounts and programs of Windows are not the computer: "windows password", "Windows App".</summary>
    private static readonly HashSet<string> OtherThings = ["password", "account", "login", "logon", "passwort", "konto", "app", "address", "server"];

    public static IEnumerable<string> Read(SlotText text)
    {
        var platforms = text.Words.Where(w => w.Safe && !OtherThings.Contains(text.At(w.Position + 1).Small))
            .Select(w => Words.GetValueOrDefault(w.Small)).OfType<string>().Distinct().ToList();

        // Whoever names two tells about two computers, or compares them.
        return platforms.Count == 1 ? platforms : [];
    }
}
