using System.Globalization;
using System.Text;

namespace ItOps.Bot.Executors.ActiveDirectory.Queries;

/// <summary>
/// A search filter (RFC 4515). It is put together from parts only, and a value gets into it only through <see cref="Escape(string)"/>, so that no text of
/// anybody can become a wildcard or another condition.
/// </summary>
internal sealed class LdapFilter
{
    // Matching rules of Active Directory (MS-ADTS 3.1.1.3.4.4).
    private const string AllBitsRule = "1.2.840.113556.1.4.803";
    private const string InChainRule = "1.2.840.113556.1.4.1941";

    private readonly string _text;

    private LdapFilter(string text) => _text = text;

    public static LdapFilter Anything { get; } = Present("objectClass");

    public static LdapFilter Present(string attribute) => new($"({attribute}=*)");

    public static LdapFilter Is(string attribute, string value) => new($"({attribute}={Escape(value)})");

    public static LdapFilter Is(string attribute, byte[] value) => new($"({attribute}={Escape(value)})");

    public static LdapFilter HasBits(string attribute, int bits) => new(string.Create(CultureInfo.InvariantCulture, $"({attribute}:{AllBitsRule}:={bits})"));

    /// <summary>The name in the attribute is the given one, or one that leads to it through any number of groups.</summary>
    public static LdapFilter InChain(string attribute, string distinguishedName) => new($"({attribute}:{InChainRule}:={Escape(distinguishedName)})");

    public static LdapFilter All(params IEnumerable<LdapFilter> parts) => new($"(&{string.Concat(parts)})");

    /// <summary>With no parts it is met by nothing.</summary>
    public static LdapFilter Any(params IEnumerable<LdapFilter> parts) => string.Concat(parts) is { Length: > 0 } text ? new($"(|{text})") : Not(Anything);

    public static LdapFilter Not(LdapFilter part) => new($"(!{part})");

    /// <summary>Everything but plain letters, digits and a few marks is written as bytes, so that what the escaping must not forget is a short list.</summary>
    public static string Escape(string value) => Escape(Encoding.UTF8.GetBytes(value));

    public override string ToString() => _text;

    private static string Escape(byte[] value)
    {
        var escaped = new StringBuilder(value.Length);
        foreach (var b in value)
        {
            if (char.IsAsciiLetterOrDigit((char)b) || (char)b is ' ' or '.' or '-' or '_' or '@' or ',' or '=')
                escaped.Append((char)b);
            else
                escaped.Append(CultureInfo.InvariantCulture, $"\\{b:x2}");
        }

        return escaped.ToString();
    }
}
