using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using ItOps.Bot.Secrets;

namespace ItOps.Bot.Storage.Json;

/// <summary>How records become the text of a `body` column. Secrets in them are encrypted on the way (I6).</summary>
internal sealed class StoredJson(ISecretProtector protector)
{
    private readonly JsonSerializerOptions _options = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        // A null where the record has none is damage, found here rather than where it is used.
        RespectNullableAnnotations = true,
        // Names, not numbers: the members of an enumeration may be put in another order.
        Converters = { new StoredSecretConverter(protector), new OtherSecrets(), new JsonStringEnumConverter() },
    };

    public string Write<T>(T record) => JsonSerializer.Serialize(record, _options);

    /// <exception cref="JsonException">The text is not such a record.</exception>
    public T Read<T>(string body) =>
        JsonSerializer.Deserialize<T>(body, _options) ?? throw new JsonException($"A stored {typeof(T).Name} is null.");

    public List<T> ReadAll<T>(IEnumerable<string> bodies) => [.. bodies.Select(Read<T>)];
}
