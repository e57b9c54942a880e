using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace ItOps.Bot.Testing.Slack;

// The methods of the Web API, each with the checks and the errors that Slack documents for it.
public sealed partial class FakeSlack
{
    private async Task AnswerAsync(HttpContext http, string method)
    {
        var stop = http.RequestAborted;
        var arguments = await ArgumentsAsync(http.Request, stop);
        SlackTrouble? trouble;
        lock (_gate)
        {
            _calls.Add(new(method, arguments, http.Request.Headers.Authorization.ToString()));
            trouble = _troubles.TryGetValue(method, out var queue) && queue.TryDequeue(out var next) ? next : null;
        }

        http.Response.Headers.Date = (Clock ?? _time.GetUtcNow()).ToString("R", CultureInfo.InvariantCulture);
        if (trouble is { IsSilent: true })
        {
            await Task.Delay(Timeout.Infinite, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return;
        }

        if (trouble is null or { AfterTheDeed: true })
        {
            object answer;
            lock (_gate)
                answer = Do(http, method, arguments);
            if (trouble is null)
            {
                await WriteAsync(http, answer, stop);
                return;
            }
        }

        if (trouble.Error is { } error)
        {
            await WriteAsync(http, trouble.Needed is { } needed ? new { ok = false, error, needed } : new { ok = false, error }, stop);
            return;
        }

        http.Response.StatusCode = trouble.Status!.Value;
        if (trouble.RetryAfter is { } wait)
            http.Response.Headers.RetryAfter = wait.TotalSeconds.ToString(CultureInfo.InvariantCulture);
    }

    private object Do(HttpContext http, string method, JsonElement arguments)
    {
        var token = http.Request.Headers.Authorization.ToString();
        if (token.Length == 0)
            return Error("not_authed");
        if (token != "Bearer " + (method == "apps.connections.open" ? AppToken : BotToken))
            return Error("invalid_auth");
        switch (method)
        {
            case "auth.test":
                http.Response.Headers["x-oauth-scopes"] = Scopes;
                return new { ok = true, team_id = Team, team = "Lab", user_id = BotUser, url = "https://lab.slack.com/" };
            case "chat.postMessage":
                return Post(http, arguments);
            case "chat.update":
                return Update(arguments);
            case "conversations.open":
                return Argument(arguments, "users") is { } user && _profiles.TryGetValue(user, out var known)
                    ? known.Deleted ? Error("user_disabled") : new { ok = true, channel = new { id = DirectChannel(user) } }
                    : Error("user_not_found");
            case "conversations.info":
                return Argument(arguments, "channel") is { } id && _channels.TryGetValue(id, out var channel)
                    ? new { ok = true, channel = new { id, is_member = channel.BotIsMember, is_archived = channel.Archived } }
                    : Error("channel_not_found");
            case "views.open":
                return OpenModal(arguments);
            case "views.publish":
                return PublishHome(arguments);
            case "users.info":
                return Argument(arguments, "user") is { } who && _profiles.TryGetValue(who, out var profile) ? new { ok = true, user = profile.ToJson() } : Error("user_not_found");
            case "apps.connections.open":
                return new { ok = true, url = Socket.NewAddress() };
            default:
                return Error("unknown_method");
        }
    }

    private object Post(HttpContext http, JsonElement arguments)
    {
        var channel = Argument(arguments, "channel") ?? "";
        if (Obstacle(channel) is { } obstacle)
            return Error(obstacle);
        if (IsTooMuch(channel))
        {
            http.Response.StatusCode = 429;
            http.Response.Headers.RetryAfter = "1";
            return Error("ratelimited");
        }

        if (Wrong(arguments, BlockRules.OfMessage) is { } wrong)
            return wrong;
        var thread = Argument(arguments, "thread_ts");
        if (arguments.TryGetProperty("unfurl_links", out var unfurl) && unfurl.ValueKind == JsonValueKind.True)
            return Error("this_fake_wants_no_previews");
        var message = new FakeSlackMessage(channel, NextTs(), thread);
        message.Becomes(Argument(arguments, "text")!, arguments.GetProperty("blocks").Clone(), ++_revision);
        _messages.Add(message);
        return new { ok = true, channel, ts = message.Ts };
    }

    private object Update(JsonElement arguments)
    {
        var message = _messages.Find(m => m.Channel == Argument(arguments, "channel") && m.Ts == Argument(arguments, "ts") && !m.Deleted);
        if (message is null)
            return Error("message_not_found");
        if (Wrong(arguments, BlockRules.OfMessage) is { } wrong)
            return wrong;
        var blocks = arguments.GetProperty("blocks").Clone();
        if (BlockRules.Ids(blocks).FirstOrDefault(message.Had) is { } old)
            return Error("invalid_blocks", $"block_id '{old}' was there before this update");
        message.Becomes(Argument(arguments, "text")!, blocks, ++_revision);
        return new { ok = true, channel = message.Channel, ts = message.Ts };
    }

    private object OpenModal(JsonElement arguments)
    {
        if (Argument(arguments, "trigger_id") is not { } id || !_triggers.TryGetValue(id, out var trigger))
            return Error("invalid_trigger_id");
        if (_time.GetUtcNow() - trigger.At > TimeSpan.FromSeconds(3))
            return Error("expired_trigger_id");
        if (trigger.Used)
            return Error("exchanged_trigger_id");
        var view = arguments.GetProperty("view");
        if (BlockRules.OfView(view) is { Count: > 0 } wrong)
            return Error("invalid_arguments", [.. wrong]);
        trigger.Used = true;
        if (!_modals.TryGetValue(trigger.User, out var open))
            _modals[trigger.User] = open = [];
        open.Add(new(NextId("V"), view.Clone()));
        _revision++;
        return new { ok = true, view = new { id = open[^1].Id } };
    }

    private object PublishHome(JsonElement arguments)
    {
        var view = arguments.GetProperty("view");
        if (Argument(arguments, "user_id") is not { } user || !_profiles.ContainsKey(user))
            return Error("user_not_found");
        if (BlockRules.OfView(view) is { Count: > 0 } wrong)
            return Error("invalid_arguments", [.. wrong]);
        _homes[user] = view.Clone();
        _revision++;
        return new { ok = true };
    }

    private async Task RespondAsync(HttpContext http, string id)
    {
        var response = await ArgumentsAsync(http.Request, http.RequestAborted);
        lock (_gate)
        {
            _calls.Add(new("response_url", response, ""));
            if (!_responses.TryGetValue(id, out var url) || url.Used >= 5 || _time.GetUtcNow() - url.At > TimeSpan.FromMinutes(30))
            {
                http.Response.StatusCode = 404;
                return;
            }

            url.Used++;
            if (response.TryGetProperty("delete_original", out var delete) && delete.ValueKind == JsonValueKind.True)
            {
                if (url.Original is { } original)
                    original.Deleted = true;
                return;
            }

            if (response.TryGetProperty("blocks", out var blocks) && BlockRules.OfMessage(blocks) is { Count: > 0 })
            {
                http.Response.StatusCode = 400;
                return;
            }

            if (response.TryGetProperty("replace_original", out var replace) && replace.ValueKind == JsonValueKind.True && url.Original is { } replaced)
                replaced.Becomes(Argument(response, "text") ?? "", blocks.Clone(), ++_revision);
            else
                ShowEphemeral(url.User, response);
        }
    }

    private string? Obstacle(string channel)
    {
        if (channel.StartsWith('D'))
            return _profiles.Keys.Any(u => DirectChannel(u) == channel) ? null : "channel_not_found";
        if (!_channels.TryGetValue(channel, out var found))
            return "channel_not_found";
        return found.Archived ? "is_archived" : found.BotIsMember ? null : "not_in_channel";
    }

    private bool IsTooMuch(string channel)
    {
        var now = _time.GetUtcNow();
        var sent = _posted.GetOrAdd(channel, _ => []);
        sent.RemoveAll(at => at <= now - PostLimit.Per);
        if (sent.Count >= PostLimit.Count)
            return true;
        sent.Add(now);
        return false;
    }

    private static object? Wrong(JsonElement arguments, Func<JsonElement, IReadOnlyList<string>> rules)
    {
        var text = Argument(arguments, "text");
        if (string.IsNullOrWhiteSpace(text))
            return Error("no_text");
        if (text.Length > 40_000)
            return Error("msg_too_long");
        if (!arguments.TryGetProperty("blocks", out var blocks))
            return Error("invalid_blocks", "this fake wants blocks: what has none is read as markup");
        var wrong = rules(blocks);
        return wrong.Count == 0 ? null : Error(wrong.Contains("msg_blocks_too_long") ? "msg_blocks_too_long" : "invalid_blocks", [.. wrong]);
    }

    private static object Error(string error, params string[] messages) => new { ok = false, error, response_metadata = new { messages } };

    private static string? Argument(JsonElement arguments, string name) =>
        arguments.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static async Task<JsonElement> ArgumentsAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.HasJsonContentType())
        {
            using var json = await JsonDocument.ParseAsync(request.Body, cancellationToken: cancellationToken);
            return json.RootElement.Clone();
        }

        var form = request.HasFormContentType ? await request.ReadFormAsync(cancellationToken) : FormCollection.Empty;
        return JsonSerializer.SerializeToElement(form.ToDictionary(f => f.Key, f => f.Value.ToString()));
    }

    private static Task WriteAsync(HttpContext http, object answer, CancellationToken cancellationToken)
    {
        http.Response.ContentType = "application/json; charset=utf-8";
        return http.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(answer), cancellationToken).AsTask();
    }
}
