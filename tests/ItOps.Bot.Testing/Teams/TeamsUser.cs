using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;

namespace ItOps.Bot.Testing.Teams;

/// <summary>A person with a Teams client: installs the bot, writes, reads, presses. Each move waits until the bot is done with it.</summary>
public sealed class TeamsUser(FakeBotConnector teams, string name, string aadObjectId)
{
    private readonly List<TeamsConversation> _places = [];
    private readonly ConcurrentDictionary<string, (JsonObject Posted, TeamsCard Own)> _own = new(StringComparer.Ordinal);
    private HashSet<JsonObject> _seen = new(ReferenceEqualityComparer.Instance);
    private PostedActivity? _lookedAt;
    private TeamsCard? _view;

    public string Name => name;

    public string AadObjectId => aadObjectId;

    /// <summary>What the platform calls the person towards bots; other than the object id.</summary>
    public string Id => $"29:1{name}";

    /// <summary>The tenant that the person's activities name.</summary>
    public string Tenant { get; init; } = FakeBotConnector.Tenant;

    /// <summary>What bots are told who ask about the person.</summary>
    public TeamsProfile Profile { get; set; } = new(aadObjectId) { UserPrincipalName = $"{name}@example.com" };

    /// <summary>The chat with the bot alone.</summary>
    public TeamsConversation Chat => teams.Conversations.Personal(Id);

    /// <summary>What the last press was answered with.</summary>
    public InvokeResult? LastAnswer { get; private set; }

    /// <summary>Adds the bot; Teams tells it twice.</summary>
    public async Task Installs()
    {
        teams.Conversations.Install(Id, installed: true);
        var added = Activity("conversationUpdate", Chat);
        added["membersAdded"] = new JsonArray(Bot());
        await SendAsync(added);
        var installation = Activity("installationUpdate", Chat);
        installation["action"] = "add";
        await SendAsync(installation);
    }

    public async Task Uninstalls()
    {
        teams.Conversations.Install(Id, installed: false);
        var removed = Activity("installationUpdate", Chat);
        removed["action"] = "remove";
        await SendAsync(removed);
    }

    /// <summary>Becomes a member of a place, so that cards there are seen.</summary>
    public TeamsUser Joins(TeamsConversation place)
    {
        _places.Add(place);
        return this;
    }

    /// <summary>Writes to the bot in the chat with it alone.</summary>
    public Task Says(string text)
    {
        teams.Conversations.Install(Id, installed: true);
        var message = Activity("message", Chat);
        message["text"] = text;
        Remember();
        return SendAsync(message);
    }

    /// <summary>Mentions the bot where others read along; in a channel in a thread of its own.</summary>
    public Task Mentions(TeamsConversation place, string text)
    {
        var message = Activity("message", place);
        if (place.Type == "channel")
            message["conversation"]!["id"] = $"{place.Id};messageid=1700000000001";
        message["text"] = $"<at>ItOps</at> {text}";
        message["entities"] = new JsonArray(new JsonObject { ["type"] = "mention", ["text"] = "<at>ItOps</at>", ["mentioned"] = Bot() });
        Remember();
        return SendAsync(message);
    }

    /// <summary>Since the person's last move, the bot wrote or changed something that contains the text.</summary>
    public Task Sees(string text)
    {
        var said = Chat.Posted.Where(p => !_seen.Contains(p.Json)).Select(Read).ToList();
        return said.Exists(t => t.Contains(text, StringComparison.OrdinalIgnoreCase))
            ? Task.CompletedTask
            : throw new NotSeenException($"{name} does not see '{text}' in:\n{string.Join("\n--\n", said)}");
    }

    /// <summary>How often the text stands in the whole chat.</summary>
    /// <summary>The newest message that holds the text, as it is shown.</summary>
    public string Newest(string text) => Chat.Posted.Select(Read).Last(p => p.Contains(text, StringComparison.OrdinalIgnoreCase));

    public int TimesSeen(string text) => Chat.Posted.Count(p => Read(p).Contains(text, StringComparison.OrdinalIgnoreCase));

    /// <summary>There is a card with this in its title that can be decided; the client has refreshed it, as Teams does.</summary>
    public async Task<TeamsCard> SeesApproval(string title)
    {
        var card = await SeesCard(title);
        return card.Buttons.Any(b => b.Verb == "approve") ? card : throw new NotSeenException($"{name} sees '{card.Title}' and may not decide:\n{card.Text}");
    }

    /// <summary>The newest card with this in its title, wherever the person is.</summary>
    public async Task<TeamsCard> SeesCard(string title)
    {
        var found = _places.Prepend(Chat).SelectMany(p => p.Posted)
            .LastOrDefault(p => p.Card?.Title.Contains(title, StringComparison.OrdinalIgnoreCase) == true)
            ?? throw new NotSeenException($"{name} sees no card '{title}', only: {string.Join(" | ", Chat.Posted.Select(Read))}");
        _lookedAt = found;
        if (found.Card!.Refresh is { } refresh && (found.Conversation == Chat.Id || found.Card.RefreshFor?.Contains(Id) == true))
            await InvokeAsync(found, refresh["action"]!.AsObject(), [], trigger: "automatic");
        return _view = View(Now(found));
    }

    /// <summary>Presses Approve; where a name must be typed, types what the card says.</summary>
    public Task<InvokeResult> Approves() => ApprovesTyping(_view?.NameToType);

    public Task<InvokeResult> ApprovesTyping(string? typed) => Presses("approve", typed: typed);

    public Task<InvokeResult> Denies(string reason) => Presses("deny", reason);

    public Task<InvokeResult> Asks(string question) => Presses("ask", question);

    /// <summary>Presses the button with this verb on the card as it was when it was looked at; it may have changed since.</summary>
    public async Task<InvokeResult> Presses(string verb, string? note = null, string? typed = null)
    {
        var (card, view) = _lookedAt is { } message && _view is { } seen ? (message, seen) : throw new InvalidOperationException($"{name} has not looked at a card: SeesApproval first.");
        var button = view.Buttons.FirstOrDefault(b => b.Verb == verb) ?? throw new NotSeenException($"{name} sees no button for '{verb}' on:\n{view.Text}");
        var inputs = new JsonObject();
        if (note is not null)
            inputs["note"] = note;
        if (typed is not null)
            inputs["typed"] = typed;
        var answer = await PressAsync(card, button, inputs);
        if (verb == "refresh" && answer.Card is { } refreshed)
            _view = refreshed;
        return answer;
    }

    /// <summary>Presses a button of the card that was looked at, which may have changed since.</summary>
    public Task<InvokeResult> Presses(TeamsButton button, string? note = null) =>
        PressAsync(_lookedAt ?? throw new InvalidOperationException($"{name} has not looked at a card: SeesApproval first."), button, note is null ? [] : new JsonObject { ["note"] = note });

    /// <summary>Taps the newest button, or chooses from the newest list, whose words begin with the text.</summary>
    public Task<InvokeResult> Taps(string label)
    {
        foreach (var message in Chat.Posted.Reverse().Where(p => p.Card is not null))
        {
            if (View(message).Options.FirstOrDefault(o => o.Title.StartsWith(label, StringComparison.OrdinalIgnoreCase)) is { Value: { } value })
                return PressAsync(message, View(message).Buttons.First(b => b.Verb == "choice"), new() { ["id"] = value });
            if (View(message).Buttons.FirstOrDefault(b => b.Title.StartsWith(label, StringComparison.OrdinalIgnoreCase)) is { Verb: not null } button)
                return PressAsync(message, button, []);
        }

        throw new NotSeenException($"{name} sees no button '{label}', only: {string.Join(" | ", Chat.Posted.Where(p => p.Card is not null).SelectMany(p => View(p).Buttons).Select(b => b.Title))}");
    }

    /// <summary>The same tap from a client that does not know Action.Execute: a message with a value.</summary>
    public Task TapsInAnOldClient(PostedActivity message, TeamsButton button)
    {
        var activity = Activity("message", Chat);
        activity["value"] = button.Action["fallback"]!["data"]!.DeepClone();
        activity["replyToId"] = message.Id;
        return SendAsync(activity);
    }

    /// <summary>An activity of this person, for whatever a test wants to change in it.</summary>
    public JsonObject Activity(string type, TeamsConversation place)
    {
        var now = teams.Time.GetUtcNow();
        return new()
        {
            ["type"] = type,
            ["id"] = NewId(),
            ["timestamp"] = now.ToString("O"),
            ["localTimestamp"] = now.ToString("O"),
            ["channelId"] = "msteams",
            ["serviceUrl"] = teams.ServiceUrl.AbsoluteUri,
            ["from"] = new JsonObject { ["id"] = Id, ["name"] = name, ["aadObjectId"] = aadObjectId },
            ["recipient"] = Bot(),
            ["conversation"] = new JsonObject { ["id"] = place.Id, ["conversationType"] = place.Type, ["tenantId"] = Tenant },
            ["channelData"] = new JsonObject { ["tenant"] = new JsonObject { ["id"] = Tenant } },
        };
    }

    /// <summary>Delivers an activity as often as <see cref="FakeBotConnector.Redelivery"/> says; returns the first answer.</summary>
    public async Task<(HttpStatusCode Status, string Body)> SendAsync(JsonObject activity)
    {
        (HttpStatusCode, string)? first = null;
        for (var copy = 0; copy < teams.Redelivery.Times; copy++)
        {
            if (copy > 0 && teams.Redelivery.NewIds)
                activity["id"] = NewId();
            using var response = await teams.DeliverAsync(activity.ToJsonString(), teams.Issuer.Mint(teams.ServiceUrl));
            first ??= (response.StatusCode, await response.Content.ReadAsStringAsync());
        }

        await teams.Bot.SettleAsync();
        return first!.Value;
    }

    private Task<InvokeResult> PressAsync(PostedActivity message, TeamsButton button, JsonObject inputs)
    {
        if (Chat.Id == message.Conversation)
            Remember();
        return InvokeAsync(message, button.Action, inputs, trigger: "manual");
    }

    private async Task<InvokeResult> InvokeAsync(PostedActivity message, JsonObject action, JsonObject inputs, string trigger)
    {
        var data = (JsonObject)(action["data"]?.DeepClone() ?? new JsonObject());
        foreach (var input in inputs)
            data[input.Key] = input.Value!.DeepClone();
        var invoke = Activity("invoke", teams.Conversations.Find(message.Conversation)!);
        invoke["name"] = "adaptiveCard/action";
        invoke["replyToId"] = message.Id;
        invoke["value"] = new JsonObject
        {
            ["action"] = new JsonObject { ["type"] = "Action.Execute", ["verb"] = (string?)action["verb"], ["data"] = data },
            ["trigger"] = trigger,
        };
        var (status, body) = await SendAsync(invoke);
        LastAnswer = InvokeResult.Of(status, body);
        // The posted message may have been updated meanwhile: then the newer one is what everybody sees.
        if (LastAnswer.Card is { } card && ReferenceEquals(Now(message).Json, message.Json))
            _own[message.Id] = (message.Json, card);
        return LastAnswer;
    }

    /// <summary>What stands in the chat now is no news any more.</summary>
    private void Remember() => _seen = new(Chat.Posted.Select(p => p.Json), ReferenceEqualityComparer.Instance);

    private PostedActivity Now(PostedActivity message) => teams.Conversations.Find(message.Conversation)?.Find(message.Id) ?? message;

    /// <summary>The person's own version of a card, until the message is updated for everybody.</summary>
    private TeamsCard View(PostedActivity message) =>
        _own.TryGetValue(message.Id, out var own) && ReferenceEquals(own.Posted, message.Json) ? own.Own : message.Card!;

    private string Read(PostedActivity message) => message.Card is null ? message.Text : $"{message.Text}\n{View(message).Text}\n{string.Join(" | ", View(message).Buttons.Select(b => b.Title))}".Trim();

    private static JsonObject Bot() => new() { ["id"] = "28:" + FakeBotConnector.AppId, ["name"] = "ItOps" };

    private static string NewId() => $"f:{Guid.NewGuid():N}";
}

/// <summary>How the bot answered a press.</summary>
/// <param name="Card">What the client shows instead of the card.</param>
/// <param name="Message">What went wrong, in the bot's words.</param>
public sealed record InvokeResult(int StatusCode, string Type, TeamsCard? Card, string? Message)
{
    /// <exception cref="NotSeenException">It is no answer that a client understands.</exception>
    internal static InvokeResult Of(HttpStatusCode status, string body)
    {
        if (status != HttpStatusCode.OK || JsonNode.Parse(body) is not JsonObject answer)
            throw new NotSeenException($"An invoke was answered with {(int)status} {body}");
        var value = answer["value"];
        switch ((string?)answer["type"])
        {
            case "application/vnd.microsoft.card.adaptive":
                if (CardRules.Problem(value) is { } problem)
                    throw new NotSeenException($"An invoke was answered with a wrong card: {problem}");
                return new((int)answer["statusCode"]!, (string)answer["type"]!, new((JsonObject)value!), null);
            case "application/vnd.microsoft.error" when value is JsonObject error && !string.IsNullOrEmpty((string?)error["code"]) && (string?)error["message"] is { Length: > 0 } message:
                return new((int)answer["statusCode"]!, (string)answer["type"]!, null, message);
            default:
                throw new NotSeenException($"An invoke was answered with what no client shows: {body}");
        }
    }
}

/// <summary>Somebody in Teams does not see what the test expects.</summary>
public sealed class NotSeenException(string message) : Exception(message);
