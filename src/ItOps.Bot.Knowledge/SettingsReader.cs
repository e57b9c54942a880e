using System.Globalization;
using ItOps.Bot.Secrets;
using Microsoft.Extensions.Configuration;

namespace ItOps.Bot.Knowledge;

/// <summary>One section of the settings. What is blank is as if it were not there, and every mistake names its key.</summary>
internal class SettingsReader(IConfigurationSection section)
{
    public string Path => section.Path;

    public string? Optional(string key) => section[key] is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;

    public bool Flag(string key) => Optional(key) switch
    {
        null => false,
        var text when bool.TryParse(text, out var value) => value,
        _ => throw Wrong(key, "must be true or false"),
    };

    public int Whole(string key, int otherwise, int atLeast, int atMost) => Optional(key) switch
    {
        null => otherwise,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= atLeast && value <= atMost => value,
        _ => throw Wrong(key, string.Create(CultureInfo.InvariantCulture, $"must be a whole number from {atLeast} to {atMost}")),
    };

    public double Number(string key, double otherwise, double atMost, double atLeast = 0) => Optional(key) switch
    {
        null => otherwise,
        var text when double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value >= atLeast && value <= atMost => value,
        _ => throw Wrong(key, string.Create(CultureInfo.InvariantCulture, $"must be a number from {atLeast} to {atMost}")),
    };

    public T OneOf<T>(string key, T otherwise)
        where T : struct, Enum => Optional(key) switch
        {
            null => otherwise,
            var text when Enum.GetNames<T>().FirstOrDefault(name => name.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } name => Enum.Parse<T>(name),
            _ => throw Wrong(key, $"must be one of {string.Join(", ", Enum.GetNames<T>().Select(name => name.ToLowerInvariant()))}"),
        };

    /// <summary>A key or token that goes into a header; none where there is none.</summary>
    public Secret<string>? Key(string key) => Optional(key) switch
    {
        null => null,
        var text when text.All(c => c is > ' ' and < '\u007f') => new(text),
        _ => throw Wrong(key, "has characters that no key has, which is printable ASCII without spaces; was something else pasted?"),
    };

    /// <summary>An absolute address that ends in a slash: https, or this computer, or <c>AllowHttp</c> says that the way there is safe.</summary>
    /// <param name="travels">What would travel there in the clear; none where that is nothing to hide.</param>
    public Uri Address(string key, string example, string? travels)
    {
        var text = Optional(key) ?? throw Wrong(key, $"is missing; it is an address such as {example}");
        if (!Uri.TryCreate(text.EndsWith('/') ? text : text + "/", UriKind.Absolute, out var address) || (address.Scheme != Uri.UriSchemeHttps && address.Scheme != Uri.UriSchemeHttp)
            || address.UserInfo.Length > 0 || address.Query.Length > 0 || address.Fragment.Length > 0)
        {
            throw Wrong(key, $"must be an absolute https address without a user, a password, a query and a fragment, such as {example}");
        }

        return Flag("AllowHttp") || address.Scheme == Uri.UriSchemeHttps || address.IsLoopback || travels is null
            ? address
            : throw Wrong(key, $"is '{address}', where {travels} would travel in the clear; use https, or set {Path}:AllowHttp=true when the network between is yours alone");
    }

    public SettingException Wrong(string key, string why) => new($"{Path}:{key} {why}.");
}
