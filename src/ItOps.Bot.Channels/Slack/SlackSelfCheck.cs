using System.Globalization;
using ItOps.Bot.Channels.Slack.Access;
using ItOps.Bot.Channels.Slack.Calls;
using ItOps.Bot.People;
using ItOps.Bot.Replies;

namespace ItOps.Bot.Channels.Slack;

/// <summary>How Slack is: from what is known for readiness, and by asking Slack for <c>doctor</c>.</summary>
internal sealed class SlackSelfCheck(SlackOptions options, SlackClient client, SlackAccess access, IdentityOptions identity, TimeProvider time) : ISelfCheck
{
    private readonly string[] _needed =
        ["commands", "chat:write", "app_mentions:read", "im:history", "im:write", "users:read", .. identity.MatchByEmail ? ["users:read.email"] : Array.Empty<string>()];

    public string Name => "slack";

    public string? Problem => access.Problem;

    public async Task<IReadOnlyList<CheckResult>> ExamineAsync(CancellationToken cancellationToken)
    {
        var results = new List<CheckResult>();
        try
        {
            var self = await client.TestAsync(cancellationToken);
            results.AddRange([Token(self), Scopes(self), Clock(self)]);
        }
        catch (DeliveryException e)
        {
            results.Add(new("token", e.Message));
        }

        if (options.ApproverChannel is { } channel)
            results.Add(await ApproversAsync(channel, cancellationToken));
        results.Add(await InboundAsync(cancellationToken));
        return results;
    }

    private CheckResult Token(SlackSelf self) => options.Serves(self.TeamId)
        ? new("token", null, $"is good in workspace {self.Team} ({self.TeamId})")
        : new("token", $"belongs to workspace {self.TeamId}, and Channels:Slack:TeamId is {string.Join(", ", options.Teams)}; correct the one or the other");

    private CheckResult Scopes(SlackSelf self)
    {
        var missing = self.Scopes is null ? [] : _needed.Except(self.Scopes, StringComparer.Ordinal).ToList();
        return missing.Count == 0
            ? new("scopes", null, self.Scopes is null ? "not told by Slack" : string.Join(", ", _needed))
            : new("scopes", $"{string.Join(", ", missing)} missing; add them on the app's page, OAuth & Permissions, and install the app again");
    }

    private CheckResult Clock(SlackSelf self)
    {
        if (self.At is not { } at)
            return new("clock", null, "not told by Slack");
        var skew = time.GetUtcNow() - at;
        var seconds = Math.Abs(skew.TotalSeconds).ToString("0", CultureInfo.InvariantCulture);
        return skew.Duration() <= SlackLimits.ClockSkew
            ? new("clock", null, $"{seconds} s from Slack's")
            : new("clock", $"is {seconds} s {(skew > TimeSpan.Zero ? "ahead of" : "behind")} Slack's, and signatures older than five minutes are refused; set this machine's clock");
    }

    private async Task<CheckResult> ApproversAsync(string channel, CancellationToken cancellationToken)
    {
        const string What = "approver channel";
        try
        {
            return await client.IsMemberAsync(channel, cancellationToken)
                ? new(What, null, $"{channel}, and the bot is in it")
                : new(What, $"{channel}: the bot is not in it; write '/invite @' and its name there");
        }
        catch (SlackRefusedException e) when (e.Error == "missing_scope")
        {
            // The bot does its work without the scope for looking; whether it may write there shows when it does.
            return new(What, null, $"{channel}; whether the bot is in it cannot be seen without the scope channels:read");
        }
        catch (DeliveryException e)
        {
            return new(What, e.Message);
        }
    }

    private async Task<CheckResult> InboundAsync(CancellationToken cancellationToken)
    {
        if (!options.UsesSocket)
        {
            return options.PublicUrl.Scheme == Uri.UriSchemeHttps
                ? new("address", null, $"Slack must be told {new Uri(options.PublicUrl, "slack/events")}, …/slack/interactivity and …/slack/commands")
                : new("address", $"PublicUrl is {options.PublicUrl}, which Slack cannot reach; set it to the bot's https address, or set Channels:Slack:AppToken for Socket Mode");
        }

        try
        {
            _ = await client.OpenSocketAsync(cancellationToken);
            return new("app token", null, "opens Socket Mode");
        }
        catch (DeliveryException e)
        {
            return new("app token", e.Message);
        }
    }
}
