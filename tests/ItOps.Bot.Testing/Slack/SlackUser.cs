using System.Text.Json;

namespace ItOps.Bot.Testing.Slack;

/// <summary>Somebody in Slack: what they write, press and fill in, and what they see in their direct conversation with the bot.</summary>
public sealed class SlackUser(FakeSlack slack, string id, string team)
{
    private long _mark;

    public string Id => id;

    public string DirectChannel => FakeSlack.DirectChannel(id);

    /// <summary>The workspace that Slack names around what they do; their own unless set.</summary>
    public string Around { get => field ?? team; init; }

    /// <summary>The direct conversation, oldest first.</summary>
    public IReadOnlyList<FakeSlackMessage> Messages => slack.MessagesIn(DirectChannel);

    /// <summary>What only this person was shown, and only until they reload.</summary>
    public IReadOnlyList<FakeSlackMessage> Ephemerals => slack.MessagesIn("ephemeral:" + id);

    public OpenedModal? Modal => slack.ModalOf(id);

    public JsonElement? Home => slack.HomeOf(id);

    /// <summary>Writes to the bot.</summary>
    public Task<SlackReceipt> Says(string text) => DoAsync(() => slack.EventAsync(Event(MessageEvent(text, slack.NextTs()))));

    /// <summary>The payload of a message, to deliver it as often as wanted.</summary>
    public object MessageEvent(string text, string ts) =>
        new { type = "message", channel_type = "im", user = id, team, text, channel = DirectChannel, ts, event_ts = ts };

    /// <summary>Mentions the bot in a channel; answers with the timestamp of what was written.</summary>
    public async Task<string> Mentions(string channel, string text)
    {
        var ts = slack.NextTs();
        await DoAsync(() => slack.EventAsync(Event(new { type = "app_mention", user = id, team, text = $"<@{FakeSlack.BotUser}> {text}", channel, ts, event_ts = ts })));
        return ts;
    }

    /// <summary>Types "/itops …"; an answer that came at once is among the <see cref="Ephemerals"/>.</summary>
    public Task<SlackReceipt> Commands(string text, string? channel = null) => DoAsync(async () =>
    {
        var receipt = await slack.CommandAsync(new()
        {
            ["team_id"] = Around,
            ["channel_id"] = channel ?? DirectChannel,
            ["user_id"] = id,
            ["command"] = "/itops",
            ["text"] = text,
            ["response_url"] = slack.NewResponseUrl(id),
            ["trigger_id"] = slack.NewTrigger(id),
        });
        if (receipt.Body.Length > 0)
        {
            using var json = JsonDocument.Parse(receipt.Body);
            slack.ShowEphemeral(id, json.RootElement);
        }

        return receipt;
    });

    /// <summary>Presses the newest button, or chooses the newest menu's entry, whose label begins with the text.</summary>
    public Task<SlackReceipt> Taps(string label)
    {
        var (message, button) = Find(label, Messages.Concat(Ephemerals).OrderBy(m => m.Revision));
        return Presses(message, button);
    }

    public Task<SlackReceipt> Presses(FakeSlackMessage message, SlackButton button) => DoAsync(() => slack.InteractionAsync(Press(message, button)));

    /// <summary>The payload of a press, to deliver it as often as wanted.</summary>
    public object Press(FakeSlackMessage message, SlackButton button)
    {
        var ephemeral = message.Channel.StartsWith("ephemeral:", StringComparison.Ordinal);
        return new
        {
            type = "block_actions",
            user = new { id, username = "somebody", team_id = team },
            team = new { id = Around, domain = "lab" },
            api_app_id = "A0FAKE",
            container = new { type = "message", message_ts = message.Ts, channel_id = message.Channel, is_ephemeral = ephemeral },
            trigger_id = slack.NewTrigger(id),
            channel = new { id = message.Channel },
            message = new { type = "message", user = FakeSlack.BotUser, ts = message.Ts, text = message.Text },
            response_url = slack.NewResponseUrl(id, message),
            actions = new[] { Action(button) },
        };
    }

    public Task<SlackReceipt> TapsAtHome(string label)
    {
        if (Home is not { } home)
            throw new SlackStoryException($"{id} has no Home tab.");
        var button = SlackScreen.Buttons(home.GetProperty("blocks")).FirstOrDefault(b => Begins(b, label)) ?? throw new SlackStoryException($"{id} sees no '{label}' at home.");
        return DoAsync(() => slack.InteractionAsync(new
        {
            type = "block_actions",
            user = new { id, team_id = team },
            team = new { id = Around },
            container = new { type = "view", view_id = "V0HOME" },
            trigger_id = slack.NewTrigger(id),
            view = new { id = "V0HOME", type = "home" },
            actions = new[] { Action(button) },
        }));
    }

    /// <summary>Presses Approve; where a name must be typed, types what the card says and sends the form.</summary>
    public Task<SlackReceipt> Approves() => ApprovesTyping(null);

    /// <summary>Presses Approve and types this where a name must be typed.</summary>
    public async Task<SlackReceipt> ApprovesTyping(string? typed)
    {
        var (message, button) = Find("Approve", Messages.Concat(Ephemerals).OrderBy(m => m.Revision));
        var receipt = await Presses(message, button);
        return button.ActionId == "approve_typed" ? await Submits(typed ?? NameToType(message)) : receipt;
    }

    /// <summary>Presses Deny and sends the form with a reason.</summary>
    public async Task<SlackReceipt> Denies(string reason)
    {
        await Taps("Deny");
        return await Submits(reason);
    }

    /// <summary>Presses Ask and sends the form with a question.</summary>
    public async Task<SlackReceipt> Asks(string question)
    {
        await Taps("Ask");
        return await Submits(question);
    }

    /// <summary>Presses Answer under a question and sends the form.</summary>
    public async Task<SlackReceipt> Answers(string text)
    {
        await Taps("Answer");
        return await Submits(text);
    }

    /// <summary>Sends the modal that lies open; it closes when the bot says so.</summary>
    public Task<SlackReceipt> Submits(string? text) => DoAsync(async () =>
    {
        var receipt = await slack.InteractionAsync(Submission(Modal ?? throw new SlackStoryException($"{id} has no form open."), text));
        if (receipt.Status == 200 && (receipt.Body.Length == 0 || receipt.Body.Contains("\"clear\"", StringComparison.Ordinal)))
            slack.CloseModals(id);
        return receipt;
    });

    /// <summary>The payload of a sent modal.</summary>
    public object Submission(OpenedModal modal, string? text) => new
    {
        type = "view_submission",
        user = new { id, team_id = team },
        team = new { id = Around },
        trigger_id = slack.NewTrigger(id),
        view = new
        {
            id = modal.Id,
            team_id = Around,
            type = "modal",
            callback_id = modal.View.TryGetProperty("callback_id", out var callback) ? callback.GetString() : null,
            private_metadata = modal.View.TryGetProperty("private_metadata", out var metadata) ? metadata.GetString() : "",
            state = new
            {
                values = new Dictionary<string, object>
                {
                    [modal.InputBlock ?? ""] = new Dictionary<string, object> { [modal.Input?.GetProperty("action_id").GetString() ?? ""] = new { type = "plain_text_input", value = text } },
                },
            },
        },
    };

    /// <summary>Uses the shortcut on somebody's message.</summary>
    public Task<SlackReceipt> AsksItAbout(string message, string channel = "C0GENERAL") => DoAsync(() => slack.InteractionAsync(new
    {
        type = "message_action",
        callback_id = "ask_it",
        user = new { id, team_id = team },
        team = new { id = Around },
        channel = new { id = channel },
        message_ts = slack.NextTs(),
        message = new { type = "message", user = "U0EVE", text = message, ts = slack.NextTs() },
        trigger_id = slack.NewTrigger(id),
        response_url = slack.NewResponseUrl(id),
    }));

    public Task<SlackReceipt> OpensHome() => DoAsync(() => slack.EventAsync(Event(new { type = "app_home_opened", user = id, channel = DirectChannel, tab = "home", event_ts = slack.NextTs() })));

    /// <summary>Since their last move, something appeared or changed that contains the text.</summary>
    public Task Sees(string text)
    {
        var shown = New();
        return shown.Exists(s => s.Contains(text, StringComparison.OrdinalIgnoreCase))
            ? Task.CompletedTask
            : throw new SlackStoryException($"{id} does not see '{text}' in:\n{string.Join("\n---\n", shown)}");
    }

    public Task DoesNotSee(string text) => New().Exists(s => s.Contains(text, StringComparison.OrdinalIgnoreCase))
        ? throw new SlackStoryException($"{id} sees '{text}'.")
        : Task.CompletedTask;

    /// <summary>A card with this title, as it stands now, and with buttons to decide.</summary>
    public Task<FakeSlackMessage> SeesApproval(string title) => Task.FromResult(
        Messages.LastOrDefault(m => m.Shown.Contains(title, StringComparison.OrdinalIgnoreCase) && m.Buttons.Any(b => b.Label == "Approve"))
        ?? throw new SlackStoryException($"{id} has no approval '{title}' in:\n{string.Join("\n---\n", Messages.Select(m => m.Shown))}"));

    /// <summary>An event of the Events API around this.</summary>
    public object Event(object what, string? eventId = null) => new
    {
        token = "fake",
        team_id = Around,
        api_app_id = "A0FAKE",
        type = "event_callback",
        event_id = eventId ?? slack.NextId("Ev"),
        event_time = slack.Time.GetUtcNow().ToUnixTimeSeconds(),
        authorizations = new[] { new { user_id = FakeSlack.BotUser, is_bot = true, team_id = Around } },
        @event = what,
    };

    private static string NameToType(FakeSlackMessage message)
    {
        const string Before = "To approve, type ";
        return message.Shown.Split('\n').First(l => l.Contains(Before, StringComparison.Ordinal)).Split(Before)[1].Trim();
    }

    private object Action(SlackButton button)
    {
        var at = slack.NextTs();
        return button.InMenu
            ? new { type = "static_select", action_id = button.ActionId, block_id = button.BlockId, selected_option = new { text = new { type = "plain_text", text = button.Label }, value = button.Value }, action_ts = at }
            : new { type = "button", action_id = button.ActionId, block_id = button.BlockId, text = new { type = "plain_text", text = button.Label }, value = button.Value, action_ts = at };
    }

    private (FakeSlackMessage Message, SlackButton Button) Find(string label, IEnumerable<FakeSlackMessage> messages)
    {
        foreach (var message in messages.Reverse())
        {
            if (message.Buttons.FirstOrDefault(b => Begins(b, label)) is { } button)
                return (message, button);
        }

        throw new SlackStoryException($"{id} sees no button '{label}', only: {string.Join(" | ", Messages.SelectMany(m => m.Buttons).Select(b => b.Label))}");
    }

    private static bool Begins(SlackButton button, string label) => button.Label.StartsWith(label, StringComparison.OrdinalIgnoreCase);

    private List<string> New() => [.. Messages.Concat(Ephemerals).Where(m => m.Revision > _mark).Select(m => m.Shown)];

    private async Task<SlackReceipt> DoAsync(Func<Task<SlackReceipt>> move)
    {
        _mark = slack.Revision;
        var receipt = await move();
        await slack.Settled();
        return receipt;
    }
}
