using System.DirectoryServices.Protocols;
using System.Globalization;
using System.Text;

namespace ItOps.Bot.Executors.ActiveDirectory.Queries;

/// <summary>One object as a search returned it, with its attributes typed.</summary>
internal sealed class Entry(SearchResultEntry entry)
{
    public const string GuidAttribute = "objectGUID";

    // An expiry at the end of time, or at its beginning, means never (MS-ADTS 2.2.16, MS-SAMR).
    private const long Never = long.MaxValue;

    /// <summary>A search with extended names writes more into it: see <see cref="GuidIn"/>.</summary>
    public string Name => entry.DistinguishedName;

    /// <summary>The immutable id, as it is written everywhere.</summary>
    public string ObjectId => new Guid(Bytes(GuidAttribute) ?? throw new InvalidOperationException("A search must ask for objectGUID.")).ToString("D");

    public byte[]? Bytes(string attribute) => Values(attribute) is [var first, ..] ? first : null;

    public IReadOnlyList<byte[]> AllBytes(string attribute) => Values(attribute);

    public string? Text(string attribute) => Bytes(attribute) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;

    public IReadOnlyList<string> Texts(string attribute) => [.. Values(attribute).Select(Encoding.UTF8.GetString)];

    public bool Has(string attribute) => Values(attribute).Length > 0;

    public long? Number(string attribute) =>
        long.TryParse(Text(attribute), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    public bool HasBits(string attribute, int bits) => ((Number(attribute) ?? 0) & bits) == bits;

    /// <summary>A time in 100 ns since 1601; none when there is none, or it means never.</summary>
    public DateTimeOffset? Time(string attribute) =>
        Number(attribute) is > 0 and < Never and var time && time <= DateTimeOffset.MaxValue.ToFileTime() ? DateTimeOffset.FromFileTime(time).ToUniversalTime() : null;

    /// <summary>The id in an extended name, <c>&lt;GUID=…&gt;;&lt;SID=…&gt;;CN=…</c>; none when there is none.</summary>
    public static string? GuidIn(string? extendedName) =>
        extendedName is not null && extendedName.StartsWith("<GUID=", StringComparison.OrdinalIgnoreCase)
        && Guid.TryParse(extendedName.AsSpan(6, Math.Max(0, extendedName.IndexOf('>', StringComparison.Ordinal) - 6)), out var guid)
            ? guid.ToString("D")
            : null;

    /// <summary>The place in an extended name, or in a plain one.</summary>
    public static string PlaceIn(string extendedName) => extendedName[(extendedName.LastIndexOf(">;", StringComparison.Ordinal) is >= 0 and var at ? at + 2 : 0)..];

    private byte[][] Values(string attribute) => entry.Attributes[attribute] is { } found ? (byte[][])found.GetValues(typeof(byte[])) : [];
}
