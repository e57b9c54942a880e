using System.Globalization;
using System.Text.RegularExpressions;

namespace ItOps.Bot.Executors.LocalAccounts;

/// <summary>
/// What a name of a user or group can be (useradd(8), and the dots and capitals that many allow). Nothing that begins like an option, ends a field of the password
/// file or is a number, which the tools would take for an id. No program is started for anything else.
/// </summary>
internal static partial class LinuxNames
{
    public static bool IsName(string text) => Name().IsMatch(text);

    /// <summary>Reads <c>number:name</c>.</summary>
    public static (long Number, string Name)? ParseId(string objectId) =>
        ObjectId().Match(objectId) is { Success: true } match && IsName(match.Groups[2].Value) ? (long.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture), match.Groups[2].Value) : null;

    public static string Id(long number, string name) => string.Create(CultureInfo.InvariantCulture, $"{number}:{name}");

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_.-]{0,31}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();

    [GeneratedRegex(@"^([0-9]{1,10}):([^:]{1,32})\z", RegexOptions.CultureInvariant)]
    private static partial Regex ObjectId();
}
