using ItOps.Bot.Channels.Teams.Routes;
using ItOps.Bot.Channels.Teams.Tokens;

namespace ItOps.Bot.Channels.Teams;

/// <summary>Whether requests can be proved and messages sent; for <c>doctor</c>, each setting and each connection.</summary>
internal sealed class TeamsSelfCheck(TeamsOptions options, ConnectorKeys keys, BotToken token, TeamsRoutes routes, HttpClient http, TimeProvider time) : ISelfCheck
{
    public string Name => TeamsChannel.ChannelName;

    public string? Problem => options.IsOnlyLocal ? null : keys.Problem ?? token.Problem;

    public async Task<IReadOnlyList<CheckResult>> ExamineAsync(CancellationToken cancellationToken) =>
    [
        new("app", null, $"{options.AppId}, tenants {string.Join(", ", options.Tenants)}"),
        Endpoint(),
        Proof(),
        await KeysAsync(cancellationToken),
        await TokenAsync(cancellationToken),
        await ClockAsync(cancellationToken),
        await ApproversAsync(cancellationToken),
    ];

    private CheckResult Endpoint()
    {
        var address = new Uri(options.PublicUrl, TeamsEndpoints.Path.TrimStart('/'));
        return address.Scheme == Uri.UriSchemeHttps || options.AllowUnauthenticatedLoopback
            ? new("endpoint", null, $"{address}; register it as the messaging endpoint of the bot")
            : new("endpoint", $"{address} cannot be reached by Teams; set PublicUrl to the https address under which this computer is known, and register {address.AbsolutePath} there as the messaging endpoint");
    }

    private CheckResult Proof() => new("proof", null, options.AllowUnauthenticatedLoopback
        ? "required, but not of this computer (AllowUnauthenticatedLoopback, Development only)"
        : "required of every request");

    private async Task<CheckResult> KeysAsync(CancellationToken cancellationToken)
    {
        if (options.IsOnlyLocal)
            return new("keys", null, "not looked for; only this computer is listened to");
        try
        {
            return new("keys", null, $"{await keys.ReadAsync(cancellationToken)} at {options.OpenIdMetadata}");
        }
        catch (KeysUnavailableException e)
        {
            return new("keys", e.Message + " Allow the way out to it, or correct Channels:Teams:OpenIdMetadata.");
        }
    }

    private async Task<CheckResult> TokenAsync(CancellationToken cancellationToken)
    {
        if (options.Credential is null)
            return new("credential", null, "none; only this computer is written to");
        try
        {
            await token.GetAsync(cancellationToken);
            return new("credential", null, $"{options.Credential.GetType().Name} yields a token of {options.TokenAuthority}");
        }
        catch (TokenUnavailableException e)
        {
            return new("credential", e.Message);
        }
    }

    private async Task<CheckResult> ClockAsync(CancellationToken cancellationToken)
    {
        if (options.IsOnlyLocal)
            return new("clock", null, "not compared; only this computer is listened to");
        try
        {
            using var answer = await http.GetAsync(options.OpenIdMetadata, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (answer.Headers.Date is not { } there)
                return new("clock", null, "cannot be compared, the platform names no time");
            var skew = (time.GetUtcNow() - there).Duration();
            return skew < TeamsLimits.Skew
                ? new("clock", null, $"{skew.TotalSeconds:F0} s from the platform's")
                : new("clock", $"{skew.TotalMinutes:F0} min from the platform's, at 5 min every token is refused; let this computer set its clock by NTP");
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return new("clock", null, "cannot be compared, the platform does not answer");
        }
    }

    private async Task<CheckResult> ApproversAsync(CancellationToken cancellationToken)
    {
        if (options.ApproversPlace is not { } place)
            return new("approvers", null, "no place of their own; each gets the cards in their chat");
        if (await routes.FindAsync(TeamsPlace.Of(place)!.RouteId, cancellationToken) is not null)
            return new("approvers", null, place.Value);
        return await routes.FindAsync(TeamsPlace.TenantRouteId(options.Tenants[0]), cancellationToken) is not null
            ? new("approvers", null, $"{place.Value}, not heard from yet")
            : new("approvers", $"nothing was heard from {place.Value} yet, nor from anybody of its tenant; add the app to that team and mention the bot there once, or correct Channels:Teams:ApproverConversation");
    }
}
