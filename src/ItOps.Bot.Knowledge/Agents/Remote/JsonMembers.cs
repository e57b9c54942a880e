using System.Text.Json;

namespace ItOps.Bot.Knowledge.Agents.Remote;

/// <summary>Looks into JSON that may be anything.</summary>
internal static class JsonMembers
{
    private const int LongestName = 60;

    /// <summary>None when it is not there, null, or the holder is no object.</summary>
    public static JsonElement? Member(this JsonElement holder, string name) =>
        holder.ValueKind == JsonValueKind.Object && holder.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null ? member : null;

    public static JsonElement? Member(this JsonElement? holder, string name) => holder?.Member(name);

    /// <summary>None when it is not there, or no text.</summary>
    public static string? Text(this JsonElement holder, string name) => holder.Member(name)?.AsText();

    public static string? Text(this JsonElement? holder, string name) => holder?.Text(name);

    public static IReadOnlyList<JsonElement> Items(this JsonElement? holder, string name) =>
        holder.Member(name) is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray()] : [];

    /// <summary>None for what is no text, and for text with half a character in it.</summary>
    public static string? AsText(this JsonElement element)
    {
        try
        {
            return element.ValueKind == JsonValueKind.String ? element.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>A name that an agent gave to something, fit for the log: nothing a person wrote, and no key, looks like it.</summary>
    public static string Name(string? said) =>
        said is { Length: > 0 and <= LongestName } && said.All(c => char.IsAsciiLetterOrDigit(c) || c is ' ' or '_' or '.' or '-') ? said : "unnamed";
}
