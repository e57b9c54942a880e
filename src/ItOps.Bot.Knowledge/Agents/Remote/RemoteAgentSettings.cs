using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace ItOps.Bot.Knowledge.Agents.Remote;

/// <summary>The settings of one agent, <c>Agent:Name:*</c>; every mistake names its key.</summary>
internal sealed class RemoteAgentSettings(IConfigurationSection section, string framework)
{
    public string Framework => framework;

    public string Path => section.Path;

    public string? Optional(string key) => section[key] is { Length: > 0 } text ? text.Trim() : null;

    /// <summary>An absolute address that ends in a slash. What people write goes there, so it is https, or this computer, or somebody says that the way there is safe.</summary>
    public Uri Address()
    {
        var text = Optional("Url") ?? throw Wrong("Url", "is missing");
        var allowHttp = Flag("AllowHttp", otherwise: false);
        if (!Uri.TryCreate(text.EndsWith('/') ? text : text + "/", UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https")
            || address.UserInfo.Length > 0 || address.Query.Length > 0 || address.Fragment.Length > 0)
            throw Wrong("Url", $"is '{text}'; it must be an absolute https address without a name, a password or a query");
        return address.Scheme == Uri.UriSchemeHttps || address.IsLoopback || allowHttp
            ? address
            : throw Wrong("Url", $"is '{text}', where messages would travel in the clear; use https, or set {Path}:AllowHttp=true when the network between is yours alone");
    }

    public bool Flag(string key, bool otherwise) => Optional(key) switch
    {
        null => otherwise,
        var text when bool.TryParse(text, out var value) => value,
        _ => throw Wrong(key, "must be true or false"),
    };

    public int Whole(string key, int otherwise, int atLeast, int atMost) => Optional(key) switch
    {
        null => otherwise,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= atLeast && value <= atMost => value,
        _ => throw Wrong(key, string.Create(CultureInfo.InvariantCulture, $"must be a whole number from {atLeast} to {atMost}")),
    };

    public SettingException Wrong(string key, string why) => new($"{Path}:{key} {why}.");
}
