namespace ItOps.Bot.Executors.Http;

/// <summary>Where secrets may travel to.</summary>
internal static class Addresses
{
    /// <summary>An absolute address that ends in a slash: https, or http on this computer in Development.</summary>
    public static Uri Address(this ExecutorSettings settings, string key, string? otherwise)
    {
        var text = settings.Optional(key) ?? otherwise ?? throw settings.Wrong(key, "is missing");
        return Uri.TryCreate(text.EndsWith('/') ? text : text + "/", UriKind.Absolute, out var address)
            && (address.Scheme == Uri.UriSchemeHttps || IsPlain(settings, address)) && address.UserInfo.Length == 0 && address.Query.Length == 0
            ? address
            : throw settings.Wrong(key, $"is '{text}'; it must be an absolute https address");
    }

    private static bool IsPlain(ExecutorSettings settings, Uri address) => settings.IsDevelopment && address.Scheme == Uri.UriSchemeHttp && address.IsLoopback;
}
