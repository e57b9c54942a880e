using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ItOps.Bot.Testing.Slack;

/// <summary>
/// A Slack on loopback: its Web API with its limits, its delivery to the bot with its signatures or over Socket Mode, and what people see. It remembers the newest
/// state of every message, every modal and every Home tab.
/// </summary>
public sealed class FakeSlack : IAsyncDisposable
{
    public const string Team = "T0LAB";
    public const string BotUser = "U0BOT";

    private readonly WebApplication _app;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly List<FakeSlackMessage> _messages = [];
    private readonly List<SlackApiCall> _calls = [];
    private readonly Dictionary<string, Queue<SlackTrouble>> _troubles = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FakeSlackChannel> _channels = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SlackProfile> _profiles = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonElement> _homes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<OpenedModal>> _modals = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Trigger> _triggers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ResponseUrl> _responses = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, List<DateTimeOffset>> _posted = new(StringComparer.Ordinal);
    private long _revision;
    private long _number;

    private FakeSlack(TimeProvider time)
    {
        _time = time;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.UseWebSockets();
        _app.MapPost("/api/{method}", AnswerAsync);
        _app.MapPost("/commands/{id}", RespondAsync);
        Socket = new(this);
        _app.Map("/link", Socket.AcceptAsync);
    }

    public string SigningSecret { get; } = "8f742231b10e8888abcd99yyyzzz85a5";

    public string BotToken { get; set; } = "xoxb-2400-fake";

    public string AppToken { get; } = "xapp-1-A0FAKE-fake";

    /// <summary>What the bot token may do, as its answers say.</summary>
    public string Scopes { get; set; } = "commands,chat:write,app_mentions:read,im:history,im:write,users:read,channels:read";

    /// <summary>Posts into one channel: beyond this Slack answers 429. It tolerates short bursts over one a second.</summary>
    public (int Count, TimeSpan Per) PostLimit { get; set; } = (4, TimeSpan.FromSeconds(3));

    /// <summary>The Date of its answers; none for the time that the fake was given.</summary>
    public DateTimeOffset? Clock { get; set; }

    public SlackSocketServer Socket { get; }

    public Uri Address { get; private set; } = null!;

    /// <summary>Where the bot is reached; set once it listens.</summary>
    public Uri? Bot { get; set; }

    /// <summary>Waits until the bot has done all that follows from what it was sent.</summary>
    public Func<Task> Settled { get; set; } = () => Task.CompletedTask;

    public TimeProvider Time => _time;

    /// <summary>Every call of the Web API, in order.</summary>
    public IReadOnlyList<SlackApiCall> Calls
    {
        get
        {
            lock (_gate)
                return [.. _calls];
        }
    }

    public static async Task<FakeSlack> StartAsync(TimeProvider? time = null)
    {
        var slack = new FakeSlack(time ?? TimeProvider.System);
        await slack._app.StartAsync();
        slack.Address = new(slack._app.Urls.Single() + "/");
        foreach (var name in new[] { "ALICE", "BOB", "OMAR", "SAM", "RUTH", "EVE" })
            slack.Add(new SlackProfile($"U0{name}", Team) { Email = $"{name.ToLowerInvariant()}@example.com" });
        return slack;
    }

    /// <summary>The settings of a bot that is installed here.</summary>
    public Dictionary<string, string> Settings(bool socket = false) => new()
    {
        ["Channels:Slack:Enabled"] = "true",
        ["Channels:Slack:SigningSecret"] = SigningSecret,
        ["Channels:Slack:BotToken"] = BotToken,
        ["Channels:Slack:AppToken"] = socket ? AppToken : "",
        ["Channels:Slack:TeamId"] = Team,
        ["Channels:Slack:ApiBaseUrl"] = new Uri(Address, "api/").AbsoluteUri,
    };

    /// <summary>Somebody who uses Slack; a new one is added to the workspace.</summary>
    public SlackUser User(string id, string team = Team)
    {
        lock (_gate)
            _profiles.TryAdd(id, new(id, team));
        return new(this, id, team);
    }

    public void Add(SlackProfile profile)
    {
        lock (_gate)
            _profiles[profile.Id] = profile;
    }

    public FakeSlackChannel AddChannel(string id, bool botIsMember = true, bool archived = false)
    {
        lock (_gate)
            return _channels[id] = new(id, botIsMember, archived);
    }

    /// <summary>What goes wrong with the next calls of a method.</summary>
    public void Fails(string method, SlackTrouble trouble, int times = 1)
    {
        lock (_gate)
        {
            if (!_troubles.TryGetValue(method, out var queue))
                _troubles[method] = queue = new();
            for (var i = 0; i < times; i++)
                queue.Enqueue(trouble);
        }
    }

    public IReadOnlyList<FakeSlackMessage> MessagesIn(string channel)
    {
        lock (_gate)
            return [.. _messages.Where(m => m.Channel == channel && !m.Deleted)];
    }

    public JsonElement? HomeOf(string user)
    {
        lock (_gate)
            return _homes.TryGetValue(user, out var view) ? view : null;
    }

    /// <summary>The modal that lies on top for a person; none when none is open.</summary>
    public OpenedModal? ModalOf(string user)
    {
        lock (_gate)
            return _modals.TryGetValue(user, out var open) ? open.LastOrDefault() : null;
    }

    /// <summary>The channel of the direct conversation between a person and the bot.</summary>
    public static string DirectChannel(string user) => "D" + user[1..];

    public async ValueTask DisposeAsync()
    {
        await Socket.DropAsync();
        await _app.DisposeAsync();
    }

    internal long Revision => Interlocked.Read(ref _revision);

    internal string NextTs() => string.Create(CultureInfo.InvariantCulture, $"{_time.GetUtcNow().ToUnixTimeSeconds()}.{Interlocked.Increment(ref _number):D6}");

    internal string NextId(string prefix) => string.Create(CultureInfo.InvariantCulture, $"{prefix}{Interlocked.Increment(ref _number):D8}");

    internal string NewTrigger(string user)
    {
        var id = NextId("1337.");
        lock (_gate)
            _triggers[id] = new(user, _time.GetUtcNow());
        return id;
    }

    internal string NewResponseUrl(string user, FakeSlackMessage? original = null)
    {
        var id = NextId("r");
        lock (_gate)
            _responses[id] = new(user, original, _time.GetUtcNow());
        return new Uri(Address, "commands/" + id).AbsoluteUri;
    }

    /// <summary>An answer that only one person sees.</summary>
    internal FakeSlackMessage ShowEphemeral(string user, JsonElement response)
    {
        lock (_gate)
        {
            var message = new FakeSlackMessage("ephemeral:" + user, NextTs(), null);
            var blocks = response.TryGetProperty("blocks", out var given) ? given.Clone() : JsonSerializer.SerializeToElement(Array.Empty<object>());
            message.Becomes(response.TryGetProperty("text", out var text) ? text.GetString() ?? "" : "", blocks, ++_revision);
            _messages.Add(message);
            return message;
        }
    }

    internal void CloseModals(string user)
    {
        lock (_gate)
            _modals.Remove(user);
    }

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
        if (Argument(arguments, "channel") is not { } channel || Obstacle(channel) is { } obstacle)
            return Error(Argument(arguments, "channel") is { } wanted ? Obstacle(wanted)! : "channel_not_found");
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
        if (channel[0] == 'D')
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

    private sealed class Trigger(string user, DateTimeOffset at)
    {
        public string User => user;

        public DateTimeOffset At => at;

        public bool Used { get; set; }
    }

    private sealed class ResponseUrl(string user, FakeSlackMessage? original, DateTimeOffset at)
    {
        public string User => user;

        public FakeSlackMessage? Original => original;

        public DateTimeOffset At => at;

        public int Used { get; set; }
    }
}
