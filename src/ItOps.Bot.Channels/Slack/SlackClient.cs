using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ItOps.Bot.Channels.Slack.Access;
using ItOps.Bot.Channels.Slack.Blocks;
using ItOps.Bot.Channels.Slack.Calls;
using ItOps.Bot.Replies;
using ItOps.Bot.Secrets;

namespace ItOps.Bot.Channels.Slack;

/// <summary>Slack's Web API: the methods that are used, each typed, at the speed that Slack allows. What it refuses is a <see cref="DeliveryException"/> that names what to mend.</summary>
internal sealed class SlackClient(HttpClient http, SlackOptions options, SlackAccess access, TimeProvider time)
{
    private readonly Pace _pace = new(time, SlackLimits.MessagesInChannel);

    /// <returns>The message's timestamp, which is its id in the channel.</returns>
    public async Task<string> PostAsync(PostMessage message, CancellationToken cancellationToken)
    {
        await _pace.WaitAsync(message.Channel, cancellationToken);
        var answer = await CallAsync(Call("chat.postMessage", message, SlackJson.Default.PostMessage) with { Repeatable = false }, cancellationToken);
        return answer.Ts ?? throw new DeliveryException(DeliveryFailure.Unknown, "chat.postMessage answered without a timestamp.");
    }

    public Task UpdateAsync(UpdateMessage message, CancellationToken cancellationToken) =>
        CallAsync(Call("chat.update", message, SlackJson.Default.UpdateMessage), cancellationToken);

    /// <summary>The channel of the direct conversation with a person.</summary>
    public async Task<string> OpenConversationAsync(string user, CancellationToken cancellationToken)
    {
        var answer = await CallAsync(Call("conversations.open", new(user), SlackJson.Default.OpenConversation), cancellationToken);
        return answer.Channel is { ValueKind: JsonValueKind.Object } channel && channel.TryGetProperty("id", out var id) && id.GetString() is { } found
            ? found
            : throw new DeliveryException(DeliveryFailure.Refused, "conversations.open answered without a channel.");
    }

    /// <summary>Must be called within three seconds of the press that <paramref name="trigger"/> came with, so nothing is waited for.</summary>
    public Task OpenViewAsync(string trigger, View view, CancellationToken cancellationToken) =>
        CallAsync(Call("views.open", new(trigger, view), SlackJson.Default.OpenView) with { Waits = false }, cancellationToken);

    public Task PublishHomeAsync(string user, HomeView view, CancellationToken cancellationToken) =>
        CallAsync(Call("views.publish", new(user, view), SlackJson.Default.PublishView), cancellationToken);

    /// <summary>What Slack knows of a person; none when it knows nobody by this id.</summary>
    public async Task<SlackPerson?> FindUserAsync(string user, CancellationToken cancellationToken)
    {
        try
        {
            return SlackPerson.From((await CallAsync(Form("users.info", ("user", user)), cancellationToken)).User);
        }
        catch (SlackRefusedException e) when (e.Error is "user_not_found" or "user_not_visible" or "users_not_found")
        {
            return null;
        }
    }

    /// <summary>Who the bot is, what it may do, and what time it is at Slack.</summary>
    public async Task<SlackSelf> TestAsync(CancellationToken cancellationToken)
    {
        SlackSelf? self = null;
        await CallAsync(Form("auth.test") with { Seen = (answer, headers) => self = SlackSelf.From(answer, headers) }, cancellationToken);
        return self!;
    }

    /// <summary>Whether the bot is in a channel; needs a scope that nothing else does.</summary>
    public async Task<bool> IsMemberAsync(string channel, CancellationToken cancellationToken)
    {
        var answer = await CallAsync(Form("conversations.info", ("channel", channel)), cancellationToken);
        return answer.Channel is { ValueKind: JsonValueKind.Object } found && found.TryGetProperty("is_member", out var member) && member.ValueKind == JsonValueKind.True;
    }

    /// <summary>An address for one connection of Socket Mode. It is a ticket: it holds a secret of its own.</summary>
    public async Task<Secret<string>> OpenSocketAsync(CancellationToken cancellationToken)
    {
        var app = options.AppToken ?? throw new InvalidOperationException("There is no app token.");
        var answer = await CallAsync(Form("apps.connections.open") with { Token = app, Key = "AppToken", Waits = false }, cancellationToken);
        return answer.Url is { } url ? new(url) : throw new DeliveryException(DeliveryFailure.Refused, "apps.connections.open answered without an address.");
    }

    /// <summary>Answers a command or a press for up to half an hour, five times. Only at Slack's own address: nothing is sent to where a payload points otherwise.</summary>
    public async Task RespondAsync(string responseUrl, SlackResponse response, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(responseUrl, UriKind.Absolute, out var address) || !IsSlacks(address))
            throw new DeliveryException(DeliveryFailure.Refused, "A response_url that is not Slack's was not used.");
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = Json(response, SlackJson.Default.SlackResponse) };
        using var answer = await SendAsync(request, "response_url", cancellationToken);
        if (!answer.IsSuccessStatusCode)
            throw new DeliveryException(DeliveryFailure.Refused, $"response_url answered {(int)answer.StatusCode}.");
    }

    private bool IsSlacks(Uri address) => address.Scheme == options.ApiBaseUrl.Scheme
        && (address.Authority == options.ApiBaseUrl.Authority || (options.ApiBaseUrl.Host == "slack.com" && address.Host == "hooks.slack.com"));

    private SlackCall Call<T>(string method, T body, JsonTypeInfo<T> type) => new(method, () => Json(body, type), options.BotToken);

    private SlackCall Form(string method, params (string Name, string Value)[] fields) =>
        new(method, () => new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))), options.BotToken);

    private static ByteArrayContent Json<T>(T body, JsonTypeInfo<T> type) =>
        new(JsonSerializer.SerializeToUtf8Bytes(body, type)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json", "utf-8") } };

    private async Task<SlackApiAnswer> CallAsync(SlackCall call, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await TryAsync(call, cancellationToken);
            }
            catch (DeliveryException e) when (e.Failure == DeliveryFailure.Busy && call.Waits && attempt < SlackLimits.AttemptsInPlace)
            {
                // Without a Retry-After: longer each time.
                var wait = e.RetryAfter ?? TimeSpan.FromSeconds(Math.Pow(2, attempt - 1));
                if (wait > SlackLimits.WaitInPlace)
                    throw;
                await Task.Delay(wait, time, cancellationToken);
            }
        }
    }

    private async Task<SlackApiAnswer> TryAsync(SlackCall call, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(options.ApiBaseUrl, call.Method)) { Content = call.Body() };
        request.Headers.Authorization = new("Bearer", call.Token.Reveal());
        try
        {
            using var response = await SendAsync(request, call.Method, cancellationToken);
            var answer = await ReadAsync(response, call.Method, cancellationToken);
            if (!answer.Ok)
                throw SlackErrors.Of(call, answer, RetryAfter(response));
            if (call.IsByBot)
                access.TokenIs(null);
            call.Seen?.Invoke(answer, response.Headers);
            return answer;
        }
        catch (SlackRefusedException e) when (e.IsAboutToken && call.IsByBot)
        {
            access.TokenIs(e.Message);
            throw;
        }
        catch (DeliveryException e) when (e.Failure == DeliveryFailure.Unknown && call.Repeatable)
        {
            throw new DeliveryException(DeliveryFailure.NotSent, e.Message, e.RetryAfter, e);
        }
    }

    /// <summary>An answer with its status; what went wrong on the way says whether the request can have arrived.</summary>
    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, string method, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(SlackLimits.AnswerWithin, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        HttpResponseMessage response;
        try
        {
            response = await http.SendAsync(request, HttpCompletionOption.ResponseContentRead, either.Token);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new DeliveryException(DeliveryFailure.Unknown, $"{method} was not answered in time.", inner: e);
        }
        catch (HttpRequestException e)
        {
            var left = e.HttpRequestError is not (HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError);
            throw new DeliveryException(left ? DeliveryFailure.Unknown : DeliveryFailure.NotSent, $"{method} could not be reached ({e.HttpRequestError}).", inner: e);
        }

        if (response.StatusCode is HttpStatusCode.TooManyRequests)
        {
            using (response)
                throw new DeliveryException(DeliveryFailure.Busy, $"{method} was called too often.", RetryAfter(response));
        }

        return response;
    }

    private static async Task<SlackApiAnswer> ReadAsync(HttpResponseMessage response, string method, CancellationToken cancellationToken)
    {
        if ((int)response.StatusCode >= 500)
            throw new DeliveryException(DeliveryFailure.Unknown, $"{method} answered {(int)response.StatusCode}.");
        if (!response.IsSuccessStatusCode)
            throw new DeliveryException(DeliveryFailure.Refused, $"{method} answered {(int)response.StatusCode}; see whether Channels:Slack:ApiBaseUrl is right.");
        try
        {
            return JsonSerializer.Deserialize(await response.Content.ReadAsByteArrayAsync(cancellationToken), SlackJson.Default.SlackApiAnswer)
                ?? throw new JsonException("null");
        }
        catch (JsonException e)
        {
            throw new DeliveryException(DeliveryFailure.Unknown, $"{method} answered with something that is not Slack's.", inner: e);
        }
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - time.GetUtcNow(),
        _ => null,
    };
}
