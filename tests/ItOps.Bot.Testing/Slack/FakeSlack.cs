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
public sealed partial class FakeSlack : IAsyncDisposable
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
