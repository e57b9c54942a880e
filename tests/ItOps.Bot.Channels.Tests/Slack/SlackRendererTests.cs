using System.Text.Json;
using ItOps.Bot.Channels.Slack;
using ItOps.Bot.Channels.Slack.Blocks;
using ItOps.Bot.Channels.Slack.Modals;
using ItOps.Bot.Replies;
using ItOps.Bot.Testing.Slack;

namespace ItOps.Bot.Channels.Tests.Slack;

public sealed class SlackRendererTests
{
    private static readonly string[] s_hostile =
    [
        "<!channel> <!here> <@U0OMAR> <#C0HELP> <https://evil.example.com|Approve here>",
        "*bold* _italic_ ~struck~ `code` ```block``` :rotating_light: > quote",
        "&lt;!channel&gt; &amp;amp; \\u003c!channel\\u003e",
        "\u202Etxt.exe\u202C \u200B\u200D\uFEFF zero \0 \u0007",
        "\n\n\n\r\n\t",
        "",
        " ",
        new('x', 20_000),
        string.Concat(Enumerable.Repeat("😀", 9_000)),
        string.Concat(Enumerable.Repeat("line after line\n", 2_000)),
        "\uD83D unpaired \uDE00",
        string.Concat(Enumerable.Repeat("<!channel>", 3_000)),
        "Ünïcödé 日本語 العربية",
    ];

    private readonly SlackRenderer _renderer = new(SlackProofTests.Options("secret"));

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 200)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Whatever_a_reply_holds_Slack_takes_it_and_nothing_in_it_is_markup(int seed)
    {
        var reply = Any(new Dice(seed));

        // With a card of several comes no question.
        var message = _renderer.Render(reply.Card is { Parts.Count: > 0 } ? reply with { Choices = [] } : reply, "m1");
        var blocks = Json(message.Blocks);

        Assert.Empty(BlockRules.OfMessage(blocks));
        Assert.False(string.IsNullOrWhiteSpace(message.Text));
        Assert.InRange(message.Text.Length, 1, 40_000);
        Assert.DoesNotContain('<', message.Text);
        Assert.DoesNotContain('>', message.Text);
        Assert.DoesNotContain("mrkdwn", blocks.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Whatever_a_card_holds_its_details_are_a_modal_that_Slack_takes(int seed)
    {
        var card = AnyCard(new Dice(seed));

        Assert.Empty(BlockRules.OfView(Json(SlackModals.ForDetails(card, new("https://itops.example.com/")))));
        Assert.Empty(BlockRules.OfView(Json(SlackModals.ForMessage(card.Title))));
        Assert.Empty(BlockRules.OfView(Json(SlackModals.ForWords(card.Title))));
        Assert.Empty(BlockRules.OfView(Json(SlackModals.ForNote(Turns.Verdict.Deny, new string('a', 150)))));
    }

    [Fact]
    public void The_rules_would_notice()
    {
        Assert.NotEmpty(BlockRules.OfMessage(Json([new HeaderBlock(new(new string('x', 151)))])));
        Assert.NotEmpty(BlockRules.OfMessage(Json([.. Enumerable.Repeat(new DividerBlock(), 51)])));
        Assert.NotEmpty(BlockRules.OfMessage(Json([new DividerBlock { BlockId = "a" }, new DividerBlock { BlockId = "a" }])));
        Assert.NotEmpty(BlockRules.OfMessage(Json([new ActionsBlock([new Button("a", new("x")), new Button("a", new("y"))])])));
        Assert.NotEmpty(BlockRules.OfMessage(Json([new ActionsBlock([new Button("a", new(new string('x', 76)))])])));
        Assert.NotEmpty(BlockRules.OfMessage(Json([new SectionBlock(new(new string('x', 3_001)))])));
        Assert.NotEmpty(BlockRules.OfMessage(Json([new RichTextBlock([new RichSection([new RichRun("")])])])));
        Assert.NotEmpty(BlockRules.OfMessage(Json([.. Enumerable.Repeat(new SectionBlock(new(new string('x', 2_999))), 4)])));
        Assert.Empty(BlockRules.OfMessage(Json([new HeaderBlock(new(new string('x', 150))), new DividerBlock()])));
    }

    [Fact]
    public void An_approval_reads_like_one()
    {
        var shown = SlackScreen.Read(Json(_renderer.Render(new("Alice asks for your approval.") { Card = Approval }, "m1").Blocks));

        Assert.Equal(
            """
            Alice asks for your approval.
            Unlock alice in Directory
            ⏳ Waiting for approval · IT-7K2QD
            Asked by Alice, signed in to Slack

            - State: locked since 10:32 → unlocked

            - Unlock alice in Directory
            Risk: Low, can be locked again
            Until: 22 November, 14:00 UTC
            [Approve] [Deny] [Ask] [Show details]
            """.ReplaceLineEndings("\n"),
            shown);
    }

    [Fact]
    public void Approve_stands_out_deny_warns_and_every_value_is_the_approvals_id()
    {
        var buttons = SlackScreen.Buttons(Json(_renderer.Render(new("") { Card = Approval }, "m1").Blocks));

        Assert.Equal([("approve", "primary"), ("deny", "danger"), ("ask", null), ("details", null)], buttons.Select(b => (b.ActionId, b.Style)));
        Assert.All(buttons, b => Assert.Equal("a1", b.Value));
    }

    [Fact]
    public void A_receipt_has_nothing_to_decide_and_says_what_changed()
    {
        var receipt = Approval with
        {
            State = CardState.Succeeded,
            StateText = "Done and verified",
            ApprovalId = null,
            Buttons = [],
            Risk = null,
            ExpiresAt = null,
            Facts = [new("Asked by", "Alice"), new("Approved by", "Omar") { At = new(2026, 11, 22, 10, 5, 0, TimeSpan.Zero) }],
        };

        Assert.Equal(
            """
            Unlock alice in Directory
            ✅ Done and verified · IT-7K2QD
            Asked by Alice
            Approved by Omar, 22 November, 10:05 UTC

            - State: locked since 10:32 → unlocked

            [Show details]
            """.ReplaceLineEndings("\n"),
            SlackScreen.Read(Json(_renderer.Render(new("") { Card = receipt }, "m1").Blocks)));
    }

    [Theory]
    [InlineData(CardState.Denied)]
    [InlineData(CardState.Expired)]
    [InlineData(CardState.Cancelled)]
    public void A_card_that_came_to_nothing_says_so(CardState state)
    {
        var card = Approval with { State = state, StateText = state.ToString(), ApprovalId = null, Buttons = [] };

        var shown = SlackScreen.Read(Json(_renderer.Render(new("") { Card = card }, "m1").Blocks));

        Assert.Contains("Nothing was changed.", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("→", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void A_card_of_several_has_buttons_for_each_that_is_open_a_line_for_each_that_is_not_and_buttons_for_all()
    {
        Card Part(string title, string? approval) => new(title, approval is null ? CardState.Denied : CardState.Waiting)
        {
            StateText = approval is null ? "Denied" : "Waiting for approval",
            RequestNumber = "IT-" + title,
            RequestId = "r-" + title,
            ApprovalId = approval,
            Changes = [new("Group", "not a member", "member")],
            Facts = approval is null ? [new("Denied by", "Omar: no")] : [new("Only after", "IT-A")],
            Buttons = approval is null ? [] : [new(CardAction.Approve, "Approve"), new(CardAction.Deny, "Deny"), new(CardAction.Ask, "Ask")],
        };
        var card = new Card("3 requests of Bob", CardState.Waiting)
        {
            StateText = "2 of 3 to decide",
            ApprovalId = "all-1",
            Parts = [Part("A", "a1"), Part("B", null), Part("C", "a3")],
            Buttons = [new(CardAction.Approve, "Approve all 2"), new(CardAction.Deny, "Deny all 2")],
        };

        var blocks = Json(_renderer.Render(new("Bob asks for your approval.") { Card = card }, "m1").Blocks);

        Assert.Empty(BlockRules.OfMessage(blocks));
        var shown = SlackScreen.Read(blocks);
        Assert.Contains("1. A", shown, StringComparison.Ordinal);
        Assert.Contains("2. B · ⛔ Denied · IT-B · Denied by Omar: no", shown, StringComparison.Ordinal);
        Assert.Contains("Only after: IT-A", shown, StringComparison.Ordinal);
        Assert.Equal(
            [("approve", "a1"), ("deny", "a1"), ("ask", "a1"), ("details", "a1"), ("approve", "a3"), ("deny", "a3"), ("ask", "a3"), ("details", "a3"), ("approve", "all-1"), ("deny", "all-1")],
            SlackScreen.Buttons(blocks).Select(b => (b.ActionId, b.Value!)));
    }

    [Theory]
    [InlineData(2, 2)]
    [InlineData(5, 3)]
    public void What_a_card_of_several_has_no_room_for_is_counted_on_it(int parts, int shortened)
    {
        var full = Approval with
        {
            Facts = [.. Enumerable.Range(0, 9).Select(i => new CardFact($"Fact {i}", "value"))],
            Changes = [.. Enumerable.Range(0, 9).Select(i => new CardChange($"Change {i}", "a", "b"))],
            Steps = [.. Enumerable.Range(0, parts == 2 ? 1 : 9).Select(i => $"Step {i}")],
        };
        var card = new Card("Requests of Bob", CardState.Waiting) { StateText = "To decide", ApprovalId = "all-1", Parts = [.. Enumerable.Repeat(full, parts)] };

        var blocks = Json(_renderer.Render(new("") { Card = card }, "m1").Blocks);

        Assert.Empty(BlockRules.OfMessage(blocks));
        var shown = SlackScreen.Read(blocks);
        Assert.Equal(parts * shortened, shown.Split(" more", StringSplitOptions.None).Length - 1);
        Assert.Equal(parts == 2 ? 2 : 0, shown.Split("Step 0").Length - 1);
    }

    [Fact]
    public void Whoever_asked_sees_the_plan_of_what_waits_or_goes_on_and_where_it_stands()
    {
        Card Part(CardState state) => new("Add bob", state) { StateText = state.ToString(), RequestNumber = "IT-1", RequestId = "r", Changes = [new("Group", "not a member", $"member, {state}")], Steps = [$"Do it, {state}"] };
        var card = new Card("Your 3 requests", CardState.Running) { StateText = "Running", Parts = [Part(CardState.Waiting), Part(CardState.Running), Part(CardState.Succeeded)] };

        var blocks = Json(_renderer.Render(new("") { Card = card }, "m1").Blocks);

        var shown = SlackScreen.Read(blocks);
        Assert.Contains("member, Waiting", shown, StringComparison.Ordinal);
        Assert.Contains("Do it, Running", shown, StringComparison.Ordinal);
        Assert.Contains("2. Add bob · ▶ Running · IT-1", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("member, Succeeded", shown, StringComparison.Ordinal);
        Assert.Empty(SlackScreen.Buttons(blocks));
    }

    [Fact]
    public void A_card_stays_under_twelve_lines_and_says_how_much_more_there_is()
    {
        var full = Approval with
        {
            Facts = [.. Enumerable.Range(0, 9).Select(i => new CardFact($"Fact {i}", "value"))],
            Changes = [.. Enumerable.Range(0, 9).Select(i => new CardChange($"Change {i}", "a", "b"))],
            Steps = [.. Enumerable.Range(0, 9).Select(i => $"Step {i}")],
        };

        var shown = SlackScreen.Read(Json(_renderer.Render(new("") { Card = full }, "m1").Blocks));

        Assert.True(shown.Split('\n').Count(l => l.Trim().Length > 0 && l[0] != '[') < 12, shown);
        Assert.Equal(3, shown.Split("more", StringSplitOptions.None).Length - 1);
        Assert.Contains("[Show details]", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_rendering_has_its_own_block_ids()
    {
        var reply = new Reply("Hello") { Card = Approval };

        Assert.Empty(BlockRules.Ids(Json(_renderer.Render(reply, "m1").Blocks)).Intersect(BlockRules.Ids(Json(_renderer.Render(reply, "m2").Blocks))));
    }

    [Fact]
    public void Every_state_has_a_symbol_of_its_own() =>
        Assert.Equal(Enum.GetValues<CardState>().Length, Enum.GetValues<CardState>().Select(CardBlocks.Symbol).Distinct().Count());

    [Fact]
    public void What_a_notification_shows_cannot_mention_or_link()
    {
        var message = _renderer.Render(new("<!channel> & <@U0OMAR>"), "m1");

        Assert.Equal("&lt;!channel&gt; &amp; &lt;@U0OMAR&gt;", message.Text);
        Assert.Contains("<!channel> & <@U0OMAR>", SlackScreen.Read(Json(message.Blocks)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a &lt;b&gt; &amp;lt; c", "a <b> &lt; c")]
    [InlineData("<@U0BOT> hi <@U0BOB>", "hi @U0BOB")]
    [InlineData("<@U0BOB|bob> in <#C0HELP|help> and <#C1>", "@bob in #help and #C1")]
    [InlineData("<!here> <!channel|@channel> <!subteam^S1|@it> <!date^1^{date}|Monday>", "@here @channel @it Monday")]
    [InlineData("<https://a.example|a> <https://b.example> <mailto:x@y.example|x@y.example>", "a https://b.example x@y.example")]
    [InlineData("1 < 2 and <unclosed", "1 < 2 and <unclosed")]
    public void What_people_write_is_read_as_they_saw_it(string sent, string seen) => Assert.Equal(seen, SlackText.Plain(sent, "U0BOT"));

    private static Card Approval => new("Unlock alice in Directory", CardState.Waiting)
    {
        StateText = "Waiting for approval",
        RequestNumber = "IT-7K2QD",
        RequestId = "r1",
        ApprovalId = "a1",
        Facts = [new("Asked by", "Alice, signed in to Slack")],
        Changes = [new("State", "locked since 10:32", "unlocked")],
        Steps = ["Unlock alice in Directory"],
        Risk = new(RiskLevel.Low, "can be locked again"),
        ExpiresAt = new(2026, 11, 22, 14, 0, 0, TimeSpan.Zero),
        Buttons = [new(CardAction.Approve, "Approve"), new(CardAction.Deny, "Deny"), new(CardAction.Ask, "Ask")],
        Details = [new("Plan", "0123abcd")],
    };

    private static Reply Any(Dice dice) => new(dice.Text())
    {
        Card = dice.Below(4) switch { 0 => null, 1 => AnyGroup(dice), _ => AnyCard(dice) },
        Choices = [.. Enumerable.Range(0, dice.Pick(0, 0, 1, 5, 6, 99, 300)).Select(i => new Choice($"c{i}", dice.Text(), dice.Below(2) == 0 ? dice.Text() : null))],
        WantsWords = dice.Below(2) == 0,
        Link = dice.Below(2) == 0 ? new(dice.Text(), new("/secrets/abc"), DateTimeOffset.UnixEpoch) : null,
    };

    private static Card AnyCard(Dice dice)
    {
        var open = dice.Below(2) == 0;
        return new(dice.Text(), (CardState)dice.Below(Enum.GetValues<CardState>().Length))
        {
            StateText = dice.Text(),
            RequestNumber = dice.Below(2) == 0 ? dice.Text() : null,
            RequestId = dice.Below(2) == 0 ? "r1" : null,
            ApprovalId = open ? "a1" : null,
            Facts = [.. Enumerable.Range(0, dice.Pick(0, 1, 4, 90)).Select(_ => new CardFact(dice.Text(), dice.Text()) { At = dice.Below(2) == 0 ? DateTimeOffset.UnixEpoch : null })],
            Changes = [.. Enumerable.Range(0, dice.Pick(0, 1, 40)).Select(_ => new CardChange(dice.Text(), dice.Text(), dice.Text()))],
            Steps = [.. Enumerable.Range(0, dice.Pick(0, 1, 40)).Select(_ => dice.Text())],
            Risk = dice.Below(2) == 0 ? new((RiskLevel)dice.Below(4), dice.Text()) : null,
            ExpiresAt = dice.Below(2) == 0 ? DateTimeOffset.UnixEpoch : null,
            Buttons = open ? [.. Enum.GetValues<CardAction>().Take(dice.Below(6)).Select(a => new CardButton(a, dice.Text()))] : [],
            Details = [.. Enumerable.Range(0, dice.Pick(0, 2, 200)).Select(_ => new CardFact(dice.Text(), dice.Text()))],
        };
    }

    /// <summary>As many parts as approvals share a card.</summary>
    private static Card AnyGroup(Dice dice) => AnyCard(dice) with { Parts = [.. Enumerable.Range(0, 2 + dice.Below(Approvals.ApprovalBundles.Most - 1)).Select(_ => AnyCard(dice))] };

    private static JsonElement Json(IReadOnlyList<Block> blocks)
    {
        var message = JsonSerializer.SerializeToElement(new PostMessage("C1", "x", blocks), SlackJson.Default.PostMessage);
        return message.GetProperty("blocks");
    }

    private static JsonElement Json(View view) => JsonSerializer.SerializeToElement(new OpenView("t", view), SlackJson.Default.OpenView).GetProperty("view");

    /// <summary>Draws the same for the same seed (a linear congruential generator).</summary>
    private sealed class Dice(int seed)
    {
        private ulong _state = ((ulong)seed * 2_654_435_761) + 12_345;

        public int Below(int limit)
        {
            _state = (_state * 6_364_136_223_846_793_005) + 1_442_695_040_888_963_407;
            return (int)((_state >> 33) % (ulong)limit);
        }

        public int Pick(params int[] from) => from[Below(from.Length)];

        public string Text() => s_hostile[Below(s_hostile.Length)];
    }
}
