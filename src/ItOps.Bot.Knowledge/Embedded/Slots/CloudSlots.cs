using System.Text.RegularExpressions;

namespace ItOps.Bot.Knowledge.Embedded.Slots;

/// <summary>Things in the cloud by their ids and names: servers, buckets, databases.</summary>
internal static partial class CloudSlots
{
    public static IEnumerable<string> Host(SlotText text) => Values(HostName().Matches(text.Original));

    public static IEnumerable<string> Bucket(SlotText text) => Values(BucketName().Matches(text.Original));

    public static IEnumerable<string> Database(SlotText text) => Values(DatabaseName().Matches(text.Original));

    private static IEnumerable<string> Values(IEnumerable<Match> matches) => matches.Select(m => m.Groups["value"].Value).Where(SlotValue.IsSafe).Distinct();

    [GeneratedRegex(@"(?<![\w-])(?<value>i-[0-9a-f]{8,17})(?![\w-])", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex HostName();

    [GeneratedRegex(@"(?:s3://|\bbucket\s+(?:named\s+|called\s+)?)(?<value>[a-z0-9][a-z0-9.-]*[-.\d][a-z0-9.-]*[a-z0-9])(?![\w-])|(?<value>[a-z0-9][a-z0-9-]+)(?=\.s3[.-][a-z0-9.-]*amazonaws\.com)", RegexOptions.None, 1000)]
    private static partial Regex BucketName();

    [GeneratedRegex(@"\b(?:database|db|rds|datenbank|instance)\s+(?:named\s+|called\s+|instance\s+)?(?<value>[a-z][a-z0-9]*(?:-[a-z0-9]+)+)(?![\w-])|(?<value>[a-z][a-z0-9-]+)(?=\.[a-z0-9]+\.[a-z0-9-]+\.rds\.amazonaws\.com)", RegexOptions.None, 1000)]
    private static partial Regex DatabaseName();
}
