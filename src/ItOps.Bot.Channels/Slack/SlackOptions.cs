using System.Text.RegularExpressions;
using ItOps.Bot.Secrets;

namespace ItOps.Bot.Channels.Slack;

/// <summary>The settings under <c>Channels:Slack</c>; each mistake names its key and where in Slack the value is found.</summary>
internal sealed partial record SlackOptions
{
    public required Secret<string> BotToken { get; init; }

    /// <summary>None in Socket Mode, where Slack's proof is the connection that we opened with the app token.</summary>
    public Secret<string>? SigningSecret { get; init; }

    /// <summary>Set for Socket Mode.</summary>
    public Secret<string>? AppToken { get; init; }

    /// <summary>The workspaces whose people are served.</summary>
    public required IReadOnlyList<string> Teams { get; init; }

    public required Uri ApiBaseUrl { get; init; }

    public string? ApproverChannel { get; init; }

    public required Uri PublicUrl { get; init; }

    public bool UsesSocket => AppToken is not null;

    public bool Serves(string? team) => team is not null && Teams.Contains(team, StringComparer.Ordinal);

    /// <exception cref="SettingException">A setting is missing or wrong.</exception>
    public static SlackOptions From(ChannelSettings settings)
    {
        var app = Token(settings, "AppToken", "xapp-", settings.Text("AppToken"));
        var signing = settings.Text("SigningSecret");
        if (app is null && signing is null)
            settings.Required("SigningSecret", "without it anybody could speak as anybody. Copy it from the app's page at api.slack.com/apps, Basic Information, Signing Secret; or set AppToken for Socket Mode.");
        var teams = settings.List("TeamId");
        if (teams.Count == 0)
            throw settings.Wrong("TeamId", "is missing: only people of your own workspace are served. It is the part beginning with T in the address of Slack in a browser, app.slack.com/client/T…");
        if (teams.FirstOrDefault(t => !TeamPattern().IsMatch(t)) is { } wrong)
            throw settings.Wrong("TeamId", $"is '{wrong}'; the id of a workspace begins with T and has capital letters and digits");
        var approvers = settings.Text("ApproverChannel");
        if (approvers is not null && !ChannelPattern().IsMatch(approvers))
            throw settings.Wrong("ApproverChannel", $"is '{approvers}'; it must be a channel's id (C… or G…), found at the end of 'View channel details', not its name");
        return new()
        {
            AppToken = app,
            SigningSecret = signing is null ? null : new(signing),
            BotToken = Token(settings, "BotToken", "xoxb-", settings.Required("BotToken", "it is what the bot writes with. Copy the Bot User OAuth Token from the app's page, OAuth & Permissions, after installing the app."))!,
            Teams = teams,
            ApiBaseUrl = settings.Address("ApiBaseUrl", "https://slack.com/api/"),
            ApproverChannel = approvers,
            PublicUrl = settings.PublicUrl,
        };
    }

    // The value stays out of the message: a token that was put under the wrong key is still a token.
    private static Secret<string>? Token(ChannelSettings settings, string key, string prefix, string? value) => value switch
    {
        null => null,
        _ when value.StartsWith(prefix, StringComparison.Ordinal) => new(value),
        _ => throw settings.Wrong(key, $"does not begin with {prefix}; the app's page has several tokens, and this one is another"),
    };

    [GeneratedRegex("^[TE][A-Z0-9]+$")]
    private static partial Regex TeamPattern();

    [GeneratedRegex("^[CG][A-Z0-9]+$")]
    private static partial Regex ChannelPattern();
}
