using System.Text.Json;
using System.Text.Json.Serialization;
using ItOps.Bot.Secrets;

namespace ItOps.Bot.Storage.Json;

internal sealed class StoredSecretConverter(ISecretProtector protector) : JsonConverter<Secret<string>>
{
    public const string Purpose = "stored";

    public override Secret<string> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(protector.Unprotect(Purpose, reader.GetString()!));

    public override void Write(Utf8JsonWriter writer, Secret<string> value, JsonSerializerOptions options) =>
        writer.WriteStringValue(protector.Protect(Purpose, value.Reveal()));
}
