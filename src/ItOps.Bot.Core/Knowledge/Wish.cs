using System.Text.Json;
using System.Text.Json.Serialization;
using ItOps.Bot.Agents;

namespace ItOps.Bot.Knowledge;

/// <summary>One of the things that a message asks for, in words that stand alone.</summary>
[JsonConverter(typeof(WishJson))]
public sealed record Wish(string Text)
{
    /// <summary>Places, from 0, of the wishes of the same message that must be done first.</summary>
    public IReadOnlyList<int> After { get; init; } = [];

    /// <summary>What an agent said about it, checked; none when it was not asked, or knew nothing.</summary>
    public Suggestion? Suggested { get; init; }

    /// <summary>Its place among the wishes of its message; none when it was asked for alone.</summary>
    public Taking? Place { get; init; }
}

/// <summary>Which wish of a message is taken: "2 of 3".</summary>
public sealed record Taking(string Group, int Number, int Of)
{
    /// <summary>Numbers of those that must be done first.</summary>
    public IReadOnlyList<int> After { get; init; } = [];
}

/// <summary>What was stored as its text alone, by an earlier version, is read as well.</summary>
public sealed class WishJson : JsonConverter<Wish>
{
    private sealed record Parts(string Text, IReadOnlyList<int>? After, Suggestion? Suggested, Taking? Place);

    public override Wish? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
            return new(reader.GetString()!);
        return JsonSerializer.Deserialize<Parts>(ref reader, options) is { } parts ? new(parts.Text) { After = parts.After ?? [], Suggested = parts.Suggested, Place = parts.Place } : null;
    }

    public override void Write(Utf8JsonWriter writer, Wish value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, new Parts(value.Text, value.After, value.Suggested, value.Place), options);
}
