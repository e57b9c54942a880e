using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using ItOps.Bot.Channels.Teams.Connector;
using ItOps.Bot.Channels.Teams.Routes;
using ItOps.Bot.Channels.Teams.Tokens;
using ItOps.Bot.Replies;

namespace ItOps.Bot.Channels.Teams;

/// <summary>
/// Speaks to the connector. Posting is not idempotent: what may have arrived is reported as unknown and never sent again here. Updates may be repeated.
/// </summary>
internal sealed class TeamsClient(HttpClient http, BotToken token, TeamsOptions options, TimeProvider time)
{
    private readonly Pace _pace = new(time, TeamsLimits.Rates);

    /// <summary>Returns the id under which the message can be updated.</summary>
    /// <exception cref="DeliveryException">It was not sent, or nobody can tell.</exception>
    /// <exception cref="BotBlockedException">The bot may not write there any more.</exception>
    public async Task<string> PostAsync(Uri serviceUrl, string conversation, OutgoingActivity activity, CancellationToken cancellationToken)
    {
        await _pace.WaitAsync(conversation, cancellationToken);
        var answer = await SendAsync(new(HttpMethod.Post, At(serviceUrl, $"v3/conversations/{Escape(conversation)}/activities"), activity), cancellationToken);
        return IdIn(answer) ?? throw new DeliveryException(DeliveryFailure.Unknown, "The connector took the message and named no id for it.");
    }

    /// <exception cref="DeliveryException">As for posting.</exception>
    public async Task UpdateAsync(Uri serviceUrl, string conversation, string id, OutgoingActivity activity, CancellationToken cancellationToken)
    {
        await _pace.WaitAsync(conversation, cancellationToken);
        await SendAsync(new(HttpMethod.Put, At(serviceUrl, $"v3/conversations/{Escape(conversation)}/activities/{Escape(id)}"), activity), cancellationToken);
    }

    /// <summary>Opens the chat with one person; the same chat when there is one.</summary>
    /// <exception cref="DeliveryException">It could not be opened; trying again is harmless, since nothing is shown to anybody.</exception>
    public async Task<string> OpenAsync(TeamsRoute route, string user, CancellationToken cancellationToken)
    {
        var conversation = new NewConversation(new() { Id = route.BotId }, [new() { Id = user }], route.Tenant, new() { Tenant = new(route.Tenant) });
        var answer = await SendAsync(new(HttpMethod.Post, At(new(route.ServiceUrl), "v3/conversations"), conversation) { IsHarmless = true }, cancellationToken);
        return IdIn(answer) ?? throw new DeliveryException(DeliveryFailure.NotSent, "The connector opened a conversation and named no id for it.");
    }

    /// <summary>Somebody as a conversation's roster has them; none when they are not in it.</summary>
    /// <exception cref="DeliveryException">It could not be asked, or did not say.</exception>
    public async Task<TeamsMember?> FindMemberAsync(Uri serviceUrl, string conversation, string user, CancellationToken cancellationToken)
    {
        var address = At(serviceUrl, $"v3/conversations/{Escape(conversation)}/members/{Escape(user)}");
        var answer = await SendAsync(new(HttpMethod.Get, address) { IsHarmless = true, MayFindNothing = true }, cancellationToken);
        return answer.Length == 0 ? null : TeamsPayloads.Read<TeamsMember>(answer);
    }

    private async Task<string> SendAsync(ConnectorCall call, CancellationToken cancellationToken)
    {
        string? refused = null;
        for (var attempt = 1; ; attempt++)
        {
            var bearer = await TokenForAsync(call.Address, cancellationToken);
            using var response = await TryAsync(call, bearer, cancellationToken);
            if (response.IsSuccessStatusCode)
                return await response.Content.ReadAsStringAsync(cancellationToken);
            if (response.StatusCode == HttpStatusCode.NotFound && call.MayFindNothing)
                return "";
            if (response.StatusCode == HttpStatusCode.Unauthorized && bearer is not null && refused is null)
            {
                refused = bearer;
                await token.ForgetAsync(refused, cancellationToken);
                continue;
            }

            if (response.StatusCode == HttpStatusCode.TooManyRequests && attempt < TeamsLimits.BusyAttempts && WaitFor(response, attempt) is { } wait && wait <= TeamsLimits.LongestWait)
            {
                await Task.Delay(wait, time, cancellationToken);
                continue;
            }

            throw ConnectorAnswers.Failure(call, response.StatusCode, Asked(response), await response.Content.ReadAsStringAsync(cancellationToken));
        }
    }

    private async Task<HttpResponseMessage> TryAsync(ConnectorCall call, string? bearer, CancellationToken cancellationToken)
    {
        using var content = call.Json is { } json ? new WatchedContent(json) : null;
        using var request = new HttpRequestMessage(call.Method, call.Address) { Content = content };
        if (bearer is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        try
        {
            return await http.SendAsync(request, cancellationToken);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            throw content is { HasLeft: true } && !call.IsHarmless
                ? new DeliveryException(DeliveryFailure.Unknown, $"{call.Address.Host} did not answer: {e.Message}", inner: e)
                : new DeliveryException(DeliveryFailure.NotSent, $"{call.Address.Host} was not reached: {e.Message}", inner: e);
        }
    }

    /// <summary>Only for an address that an authenticated activity named; without a proof, nothing of worth is sent.</summary>
    private async Task<string?> TokenForAsync(Uri address, CancellationToken cancellationToken)
    {
        if (!options.MaySpeakTo(address))
            throw new DeliveryException(DeliveryFailure.Refused, $"{address.Host} is not reached over https; nothing is sent to it.");
        if (options.AllowUnauthenticatedLoopback && address.IsLoopback)
            return null;
        try
        {
            return await token.GetAsync(cancellationToken);
        }
        catch (TokenUnavailableException e)
        {
            throw new DeliveryException(DeliveryFailure.NotSent, e.Message, inner: e);
        }
    }

    /// <summary>What the platform asks for, or a growing pause; never all at the same moment.</summary>
    private TimeSpan WaitFor(HttpResponseMessage response, int attempt)
    {
        var wait = Asked(response) ?? TimeSpan.FromSeconds(Math.Pow(2, attempt - 1));
        return wait + TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32(0, 250));
    }

    private TimeSpan? Asked(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - time.GetUtcNow() is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero,
        _ => null,
    };

    private static string? IdIn(string answer)
    {
        try
        {
            return answer.Length == 0 ? null : TeamsPayloads.Read<ResourceAnswer>(answer)?.Id is { Length: > 0 } id ? id : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static Uri At(Uri serviceUrl, string path) => new(serviceUrl.AbsoluteUri.TrimEnd('/') + "/" + path);

    private static string Escape(string id) => Uri.EscapeDataString(id);
}
