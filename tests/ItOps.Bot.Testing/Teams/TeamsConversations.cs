using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ItOps.Bot.Testing.Teams;

/// <summary>A conversation: who is in it and what the bot wrote there.</summary>
public sealed class TeamsConversation(string id, string type)
{
    private readonly Lock _gate = new();
    private readonly List<PostedActivity> _posted = [];
    private readonly List<DateTimeOffset> _writes = [];

    public string Id => id;

    /// <summary>"personal", "groupChat" or "channel".</summary>
    public string Type => type;

    /// <summary>The bot may write here.</summary>
    public bool HasBot { get; set; } = true;

    public IReadOnlyList<PostedActivity> Posted
    {
        get
        {
            lock (_gate)
                return [.. _posted];
        }
    }

    internal void Add(PostedActivity activity)
    {
        lock (_gate)
            _posted.Add(activity);
    }

    internal PostedActivity? Find(string activity) => Posted.FirstOrDefault(p => p.Id == activity);

    internal void Replace(PostedActivity activity)
    {
        lock (_gate)
            _posted[_posted.FindIndex(p => p.Id == activity.Id)] = activity;
    }

    /// <summary><c>false</c> when one more write now breaks a limit.</summary>
    internal bool TryCount(DateTimeOffset now, IEnumerable<(int Count, TimeSpan Per)> limits)
    {
        lock (_gate)
        {
            if (limits.Any(l => _writes.Count(w => w > now - l.Per) >= l.Count))
                return false;
            _writes.Add(now);
            return true;
        }
    }
}

internal sealed record ConnectorAnswer(int Status, string? Id, string Code = "", string Message = "")
{
    /// <summary>None when the id is all there is to answer.</summary>
    public JsonObject? Body { get; init; }
}

/// <summary>The conversations and the rules for writing into them.</summary>
public sealed class TeamsConversations(TimeProvider time)
{
    private const int MessageBytes = 28 * 1024;

    private static readonly (int Count, TimeSpan Per)[] s_limits =
        [(7, TimeSpan.FromSeconds(1)), (8, TimeSpan.FromSeconds(2)), (60, TimeSpan.FromSeconds(30)), (1_800, TimeSpan.FromHours(1))];

    private readonly Lock _gate = new();
    private readonly Dictionary<string, TeamsConversation> _all = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _personalOf = new(StringComparer.Ordinal);
    private readonly HashSet<string> _installedFor = new(StringComparer.Ordinal);
    private readonly List<string> _violations = [];
    private int _ids;

    /// <summary>Off for a test of something else that says more in a moment than a person could read.</summary>
    public bool KeepsRates { get; set; } = true;

    public IReadOnlyList<string> Violations
    {
        get
        {
            lock (_gate)
                return [.. _violations];
        }
    }

    public TeamsConversation? Find(string id)
    {
        lock (_gate)
            return _all.GetValueOrDefault(id.Split(';', 2)[0]);
    }

    internal TeamsConversation Shared(string id, bool isChannel)
    {
        lock (_gate)
            return _all.TryGetValue(id, out var known) ? known : _all[id] = new(id, isChannel ? "channel" : "groupChat");
    }

    /// <summary>The one chat between the bot and a person; there once either of them opened it.</summary>
    internal TeamsConversation Personal(string user)
    {
        lock (_gate)
        {
            if (!_personalOf.TryGetValue(user, out var id))
            {
                _personalOf[user] = id = $"a:1{Convert.ToHexStringLower(Encoding.UTF8.GetBytes(user))}";
                _all[id] = new(id, "personal");
            }

            return _all[id];
        }
    }

    /// <summary>The app is there for a person, or not, without anybody being told.</summary>
    public void Install(string user, bool installed)
    {
        Personal(user).HasBot = installed;
        lock (_gate)
        {
            if (installed)
                _installedFor.Add(user);
            else
                _installedFor.Remove(user);
        }
    }

    internal ConnectorAnswer Open(string body)
    {
        if (Read(body) is not { } json || json["members"] is not JsonArray { Count: 1 } members || (string?)members[0]?["id"] is not { Length: > 0 } user)
            return Violated("BadSyntax", "one member is needed");
        if ((bool?)json["isGroup"] != false || string.IsNullOrEmpty((string?)json["bot"]?["id"]) || (string?)json["tenantId"] != FakeBotConnector.Tenant || (string?)json["channelData"]?["tenant"]?["id"] != FakeBotConnector.Tenant)
            return Violated("BadArgument", "bot, tenant and isGroup are needed");
        bool installed;
        lock (_gate)
            installed = _installedFor.Contains(user);
        return installed ? new(201, Personal(user).Id) : new(403, null, "BotNotInConversationRoster", "The bot is not installed for this person.");
    }

    internal ConnectorAnswer Post(string conversation, string body)
    {
        if (Refusal(conversation, body) is { } refusal)
            return refusal;
        var json = Read(body)!;
        var isSplit = !string.IsNullOrEmpty((string?)json["text"]) && json["attachments"] is JsonArray { Count: > 0 };
        var id = $"{time.GetUtcNow().ToUnixTimeMilliseconds()}-{Interlocked.Increment(ref _ids)}";
        Find(conversation)!.Add(new(id, conversation, json));
        if (!isSplit)
            return new(201, id);
        Violated("Split", "text beside a card: it is split, and nothing of it can be updated");
        return new(202, null);
    }

    internal ConnectorAnswer Update(string conversation, string activity, string body)
    {
        if (Refusal(conversation, body) is { } refusal)
            return refusal;
        var place = Find(conversation)!;
        if (place.Find(activity) is not { } before)
            return new(404, null, "ActivityNotFoundInConversation", "There is no such message.");
        var after = Read(body)!;
        if (before.Card is not null && after["attachments"] is not JsonArray { Count: > 0 })
            return Violated("BadArgument", "a card is replaced by text");
        place.Replace(before with { Json = after, Earlier = [.. before.Earlier, before.Json] });
        return new(200, activity);
    }

    internal ConnectorAnswer Member(string conversation, string user, TeamsProfile? profile)
    {
        if (Find(conversation) is not { } place)
            return new(404, null, "ConversationNotFound", "There is no such conversation.");
        if (!place.HasBot)
            return new(403, null, "BotNotInConversationRoster", "The bot is not part of the conversation roster.");
        return profile is null || (place.Type == "personal" && Personal(user) != place)
            ? new(404, null, "MemberNotFoundInConversation", "The member is not in the conversation.")
            : new(200, user) { Body = profile.ToJson(user) };
    }

    private ConnectorAnswer? Refusal(string conversation, string body)
    {
        if (Find(conversation) is not { } place)
            return new(404, null, "ConversationNotFound", "There is no such conversation.");
        if (!place.HasBot)
            return new(403, null, "BotNotInConversationRoster", "The bot is not part of the conversation roster.");
        if (KeepsRates && !place.TryCount(time.GetUtcNow(), s_limits))
        {
            Violated("RateLimited", $"too much at once in {conversation}");
            return new(429, null, "RateLimited", "Too many requests.");
        }

        if (Encoding.UTF8.GetByteCount(body) > MessageBytes)
            return Violated("MessageSizeTooBig", $"{Encoding.UTF8.GetByteCount(body)} bytes", 413);
        if (Read(body) is not { } json || (string?)json["type"] != "message")
            return Violated("BadSyntax", "no message");
        if (string.IsNullOrEmpty((string?)json["text"]) && json["attachments"] is not JsonArray { Count: > 0 })
            return Violated("BadArgument", "an empty message");
        if (json["text"] is not null && (string?)json["textFormat"] != "plain")
            return Violated("BadArgument", "text that would be read as Markdown");
        foreach (var attachment in json["attachments"] as JsonArray ?? [])
        {
            var problem = (string?)attachment?["contentType"] == "application/vnd.microsoft.card.adaptive" ? CardRules.Problem(attachment!["content"]) : "an attachment that is no card";
            if (problem is not null)
                return Violated("BadArgument", problem);
        }

        return null;
    }

    private ConnectorAnswer Violated(string code, string what, int status = 400)
    {
        lock (_gate)
            _violations.Add(what);
        return new(status, null, code, what);
    }

    private static JsonObject? Read(string body)
    {
        try
        {
            return JsonNode.Parse(body) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
