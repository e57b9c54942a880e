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

/// <summary>A secret that is not text would be stored as an empty object, and so be lost without a word.</summary>
internal sealed class OtherSecrets : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) =>
        typeof(ISecret).IsAssignableFrom(typeToConvert) && typeToConvert != typeof(Secret<string>);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException($"Only secrets that are text can be stored, not {typeToConvert}.");
}
