using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using ItOps.Bot.Secrets;
using Microsoft.Extensions.Logging;

namespace ItOps.Bot.Storage.Json;

/// <summary>How records become the text of a `body` column. Secrets in them are encrypted on the way (I6).</summary>
internal sealed class StoredJson(ISecretProtector protector, ILogger<StoredJson> log)
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

    /// <summary>What can be read: one damaged row must not hide the others from whoever looks for work or for open questions.</summary>
    public List<T> ReadAll<T>(IEnumerable<string> bodies)
        where T : class => [.. bodies.Select(TryRead<T>).OfType<T>()];

    /// <summary>None, with the damage in the log, when the body cannot be read.</summary>
    public T? TryRead<T>(string body)
        where T : class
    {
        try
        {
            return Read<T>(body);
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or CryptographicException)
        {
            // The body itself may hold what must not be logged.
            log.LogError("A stored {Record} of {Length} characters cannot be read and is left out: {Fault}", typeof(T).Name, body.Length, e.GetType().Name);
            return null;
        }
    }
}
