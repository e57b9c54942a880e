using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace ItOps.Bot.Channels;

/// <summary>The settings of one channel, <c>Channels:Name:*</c>; every mistake names its key.</summary>
internal sealed class ChannelSettings(IConfigurationSection section, ChannelsOptions all)
{
    public bool IsDevelopment => all.IsDevelopment;

    public Uri PublicUrl => all.PublicUrl;

    public bool Enabled => Flag("Enabled", otherwise: false);

    public bool Flag(string key, bool otherwise) => section[key] switch
    {
        null or "" => otherwise,
        var text when bool.TryParse(text, out var value) => value,
        _ => throw Wrong(key, "must be true or false"),
    };

    public string? Text(string key) => section[key] is { Length: > 0 } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;

    /// <exception cref="SettingException">It is missing; <paramref name="why"/> says what for it is needed.</exception>
    public string Required(string key, string why) => Text(key) ?? throw new SettingException($"{section.Path}:{key} is missing: {why}");

    /// <summary>Values as a list (Key:0, Key:1) or in one text with commas between them.</summary>
    public IReadOnlyList<string> List(string key) => section.GetSection(key).GetChildren().Select(c => c.Value ?? "").ToList() is { Count: > 0 } list
        ? list
        : Text(key)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    /// <summary>An address that secrets may travel to: https, or http on this computer.</summary>
    public Uri Address(string key, string otherwise)
    {
        var text = Text(key) ?? otherwise;
        return Uri.TryCreate(text.EndsWith('/') ? text : text + "/", UriKind.Absolute, out var address)
            && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
            ? address
            : throw Wrong(key, string.Create(CultureInfo.InvariantCulture, $"is '{text}'; it must be an absolute https address"));
    }

    public SettingException Wrong(string key, string why) => new($"{section.Path}:{key} {why}.");
}
