using System.Text.RegularExpressions;

namespace ItOps.Bot.Executors.AwsCli;

/// <summary>Reads <c>Executors:AwsCli:*</c>; docs/connecting-aws.md lists the same keys.</summary>
internal static partial class AwsCliSettings
{
    /// <exception cref="SettingException">A setting is missing or wrong.</exception>
    public static AwsCliOptions Read(ExecutorSettings settings)
    {
        var region = settings.Needed("Region");
        if (!Region().IsMatch(region))
            throw settings.Wrong("Region", "must be a region such as eu-central-1");
        var (role, token) = (settings.Optional("RoleArn"), Full(settings, "WebIdentityTokenFile"));
        if ((role is null) != (token is null))
            throw settings.Wrong(role is null ? "RoleArn" : "WebIdentityTokenFile", "is missing; a role is assumed with a token file, or named in ConfigFile under a profile");

        // A step is stopped after two minutes, and a change is read again within them.
        return new(Full(settings, "Program") ?? "/usr/bin/aws", region, TimeSpan.FromSeconds(settings.Whole("TimeOutSeconds", otherwise: 30, atLeast: 1, atMost: 50)))
        {
            Profile = settings.Optional("Profile"),
            ConfigFile = Full(settings, "ConfigFile"),
            CredentialsFile = Full(settings, "CredentialsFile"),
            RoleArn = role,
            WebIdentityTokenFile = token,
            EndpointUrl = Url(settings, "EndpointUrl"),
        };
    }

    private static string? Full(ExecutorSettings settings, string key) => settings.Optional(key) is not { } path ? null
        : Path.IsPathFullyQualified(path) ? path : throw settings.Wrong(key, "must be the whole path of a file");

    private static Uri? Url(ExecutorSettings settings, string key) => settings.Optional(key) is not { } text ? null
        : Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback))
            ? url
            : throw settings.Wrong(key, "must be an https address (http only on this machine)");

    [GeneratedRegex(@"\A[a-z]{2}(-[a-z]+)+-[0-9]\z")]
    private static partial Regex Region();
}
