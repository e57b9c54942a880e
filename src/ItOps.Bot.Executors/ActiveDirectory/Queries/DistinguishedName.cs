using System.Globalization;
using System.Text;

namespace ItOps.Bot.Executors.ActiveDirectory.Queries;

/// <summary>The place of an object in the directory (RFC 4514), taken apart so that places can be compared.</summary>
internal sealed class DistinguishedName
{
    private readonly string[] _parts;

    private DistinguishedName(string[] parts) => _parts = parts;

    /// <summary>None when it is malformed, or empty.</summary>
    public static DistinguishedName? Parse(string text)
    {
        var parts = new List<string>();
        var at = 0;
        while (at <= text.Length)
        {
            var equals = text.IndexOf('=', at);
            if (equals < 0 || Value(text, equals + 1) is not var (value, end) || !IsType(text.AsSpan(at, equals - at).Trim()))
                return null;
            parts.Add($"{text[at..equals].Trim()}={value}");
            at = end + 1;
        }

        return new([.. parts]);
    }

    /// <summary>The same place, or anywhere below it. Letters count alike in both cases, as in the directory.</summary>
    public bool IsWithin(DistinguishedName place) =>
        _parts.Length >= place._parts.Length && _parts.TakeLast(place._parts.Length).SequenceEqual(place._parts, StringComparer.OrdinalIgnoreCase);

    /// <summary>For a value inside a name.</summary>
    public static string Escape(string value)
    {
        var escaped = new StringBuilder(value.Length);
        foreach (var b in Encoding.UTF8.GetBytes(value))
        {
            if (char.IsAsciiLetterOrDigit((char)b) || (char)b is '.' or '-' or '_')
                escaped.Append((char)b);
            else
                escaped.Append(CultureInfo.InvariantCulture, $"\\{b:X2}");
        }

        return escaped.ToString();
    }

    private static bool IsType(ReadOnlySpan<char> type)
    {
        foreach (var c in type)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '.'))
                return false;
        }

        return type.Length > 0;
    }

    /// <summary>The value without its escaping, and where it ends: at a comma of its own, or with the text.</summary>
    private static (string Value, int End)? Value(string text, int from)
    {
        var bytes = new List<byte>();
        var at = from;
        for (; at < text.Length && text[at] != ','; at++)
        {
            if (text[at] is '"' or ';' or '<' or '>' or '\0')
                return null;
            if (text[at] != '\\')
            {
                var length = char.IsHighSurrogate(text[at]) && at + 1 < text.Length ? 2 : 1;
                bytes.AddRange(Encoding.UTF8.GetBytes(text.Substring(at, length)));
                at += length - 1;
            }
            else if (at + 2 < text.Length && byte.TryParse(text.AsSpan(at + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var b))
            {
                bytes.Add(b);
                at += 2;
            }
            else if (at + 1 < text.Length)
            {
                bytes.AddRange(Encoding.UTF8.GetBytes(text.Substring(++at, 1)));
            }
            else
            {
                return null;
            }
        }

        return bytes.Count == 0 ? null : (Encoding.UTF8.GetString([.. bytes]), at);
    }
}
