using System.Text.Json.Nodes;
using ItOps.Bot.Channels.Teams;
using ItOps.Bot.Channels.Tests.Teams.Setup;
using ItOps.Bot.Replies;
using ItOps.Bot.Testing.Teams;

namespace ItOps.Bot.Channels.Tests.Teams;

public sealed class TeamsRendererTests
{
    private const string Hostile = "**bold** [click](https://evil.example) <at>Omar</at> {{DATE(2020-01-01T00:00:00Z,SHORT)}} <script>x</script> \u202Egnp.exe\u200B _under_ # head\n- item";

    private static readonly DateTimeOffset Now = new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);

    private static readonly TeamsRenderer Renderer = new(new()
    {
        AppId = FakeBotConnector.AppId,
        Tenants = [FakeBotConnector.Tenant],
        OpenIdMetadata = new(TeamsOptions.DefaultMetadata),
        TokenAuthority = new(TeamsOptions.DefaultAuthority),
        PublicUrl = new("https://itops.example.com/bot/"),
    });

    [Fact]
    public void A_card_says_what_an_approver_needs_in_this_order()
    {
        var card = Shown(new("Alice asks for your approval.") { Card = Approval() }, new(IsShared: false));

        Assert.Equal(
            [
                "Alice asks for your approval.",
                "Unlock alice in Active Directory",
                "◷ Waiting for approval   IT-7K2QD",
                "Asked by  Alice Arden, signed in to Teams",
                "State  Now: locked since 10:32  →  After: unlocked",
                "Must change password  no",
                "Steps  1. Unlock alice",
                "2. Read it again",
                "Risk  ● Low  Undone by locking it again",
                "Until {{DATE(2026-11-22T14:00:00Z,SHORT)}} {{TIME(2026-11-22T14:00:00Z)}}",
                "Plan  abc123",
            ],
            card.Text.Split('\n'));
        Assert.Equal(
            [("Approve", null), ("Deny with this reason", "Deny"), ("Ask this question", "Ask"), ("Details", null), ("See the request", null)],
            card.Buttons.Select(b => (b.Title, b.Under)));
        Assert.Equal("https://itops.example.com/bot/requests/r%201", card.Buttons[^1].Url!.AbsoluteUri);
        Assert.All(card.Buttons.Where(b => b.Verb is not null), b => Assert.Equal("""{"id":"a-1"}""", b.Action["data"]!.ToJsonString()));
    }

    [Theory]
    [InlineData(CardState.Succeeded, "✓", true, false)]
    [InlineData(CardState.Denied, "⊘", false, true)]
    [InlineData(CardState.Expired, "◌", false, true)]
    [InlineData(CardState.Cancelled, "–", false, true)]
    [InlineData(CardState.Failed, "✕", false, false)]
    [InlineData(CardState.Unknown, "?", false, false)]
    [InlineData(CardState.HandedOff, "☺", false, false)]
    public void A_receipt_has_nothing_to_decide(CardState state, string sign, bool showsChange, bool nothingChanged)
    {
        var receipt = Approval() with { State = state, StateText = "As it is", ApprovalId = null, Buttons = [], Risk = null, ExpiresAt = null, Facts = [new("Approved by", "Omar") { At = Now }] };

        var card = Shown(new("") { Card = receipt }, new(IsShared: true));

        Assert.Contains($"{sign} As it is", card.Text);
        Assert.Contains("Approved by  Omar", card.Text);
        Assert.Contains("{{TIME(2026-11-22T10:00:00Z)}}", card.Text);
        Assert.DoesNotContain(card.Buttons, b => b.Verb is not null);
        Assert.Null(card.Refresh);
        Assert.Equal(showsChange, card.Text.Contains("locked since 10:32  →  unlocked", StringComparison.Ordinal));
        Assert.DoesNotContain("Must change", card.Text);
        Assert.Equal(nothingChanged, card.Text.Contains("Nothing was changed.", StringComparison.Ordinal));
    }

    [Fact]
    public void Among_others_a_card_has_no_decision_of_its_own_and_refreshes_for_those_who_are_known()
    {
        var people = Enumerable.Range(0, 100).Select(i => $"29:{i}").ToList();

        var shared = Shown(new("") { Card = Approval() }, new(IsShared: true) { RefreshFor = people });
        var own = Shown(new("") { Card = Approval() }, new(IsShared: true, IsOwn: true) { RefreshFor = people });
        var personal = Shown(new("") { Card = Approval() }, new(IsShared: false));
        var unknown = Shown(new("") { Card = Approval() }, new(IsShared: true));

        Assert.Equal(["refresh"], shared.Buttons.Where(b => b.Verb is not null).Select(b => b.Verb));
        Assert.Equal(60, shared.RefreshFor!.Count);
        Assert.Equal(["approve", "deny", "ask"], own.Buttons.Where(b => b.Verb is not null).Select(b => b.Verb));
        Assert.Equal(["approve", "deny", "ask"], personal.Buttons.Where(b => b.Verb is not null).Select(b => b.Verb));
        Assert.NotNull(personal.Refresh);
        Assert.Null(personal.RefreshFor);
        Assert.Null(unknown.RefreshFor);
    }

    [Fact]
    public void Text_from_anywhere_is_never_where_Markdown_or_dates_are_read()
    {
        var card = Approval() with
        {
            Title = Hostile,
            StateText = Hostile,
            Facts = [new(Hostile, Hostile) { At = Now }],
            Changes = [new(Hostile, Hostile, Hostile + "!"), new(Hostile, Hostile, Hostile)],
            Steps = [Hostile],
            Risk = new(RiskLevel.High, Hostile),
            Details = [new(Hostile, Hostile)],
            Buttons = [new(CardAction.Approve, Hostile)],
            RequestNumber = Hostile,
        };

        var activity = Rendered(new(Hostile) { Card = card, Choices = [.. Enumerable.Range(0, 3).Select(i => new Choice($"c{i}", Hostile, Hostile))] }, new(IsShared: false));
        var shown = new TeamsCard((JsonObject)activity["attachments"]![0]!["content"]!);

        Assert.All(shown.MarkdownTexts, text => Assert.DoesNotContain("bold", text));
        Assert.DoesNotContain("{{DATE(2020", activity.ToJsonString());
        Assert.DoesNotContain("\u202E", activity.ToJsonString());
        Assert.DoesNotContain("\\u202E", activity.ToJsonString(), StringComparison.OrdinalIgnoreCase);
        Assert.Equal("plain", (string?)activity["textFormat"]);
        Assert.Contains("**bold** [click](https://evil.example)", shown.Text);
        Assert.Null(activity["entities"]);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("\"\\")]
    [InlineData("漢")]
    [InlineData("😀")]
    [InlineData("\n")]
    [InlineData("<&>'")]
    public void The_largest_card_and_the_longest_words_stay_under_the_limit_and_lead_to_all_of_it(string character)
    {
        var long_ = string.Concat(Enumerable.Repeat("a" + character, 6_000));
        var card = Approval() with
        {
            Title = long_,
            StateText = long_,
            RequestNumber = long_,
            Facts = [.. Enumerable.Range(0, 60).Select(_ => new CardFact(long_, long_) { At = Now })],
            Changes = [.. Enumerable.Range(0, 60).Select(_ => new CardChange(long_, long_, long_ + "!"))],
            Steps = [.. Enumerable.Range(0, 60).Select(_ => long_)],
            Risk = new(RiskLevel.High, long_),
            Details = [.. Enumerable.Range(0, 60).Select(_ => new CardFact(long_, long_))],
            Buttons = [new(CardAction.Approve, long_), new(CardAction.Deny, long_), new(CardAction.Ask, long_)],
        };
        CardButton[] ours = [new(CardAction.Approve, "Approve"), new(CardAction.Deny, "Deny"), new(CardAction.Ask, "Ask")];
        var choices = Enumerable.Range(0, 100).Select(i => new Choice($"choice-{i}", long_, long_)).ToList();

        foreach (var reply in new[] { new Reply(long_) { Card = card }, new Reply(long_) { Choices = choices }, new Reply(long_), new Reply(long_) { Card = card with { Buttons = [] }, Choices = choices[..6] }, new Reply(long_) { Card = card with { Parts = [.. Enumerable.Repeat(card with { Buttons = ours }, Approvals.ApprovalBundles.Most)], Buttons = ours } } })
        {
            var activity = Rendered(reply, new(IsShared: true, IsOwn: reply.Card?.Parts.Count > 0) { RefreshFor = [.. Enumerable.Range(0, 60).Select(i => $"29:1{new string('x', 90)}{i}")] });

            Assert.True(System.Text.Encoding.UTF8.GetByteCount(activity.ToJsonString(PlainJson)) < 28 * 1024);
            if (reply.Card is { Parts.Count: 0 })
                Assert.Contains(new TeamsCard((JsonObject)activity["attachments"]![0]!["content"]!).Buttons, b => b.Title.Contains("See all of it", StringComparison.Ordinal) && b.Url is not null);
        }
    }

    [Fact]
    public void A_card_of_several_has_buttons_for_each_that_is_open_and_among_others_none_but_one_to_decide()
    {
        var open = Approval() with { Buttons = [new(CardAction.Approve, "Approve"), new(CardAction.Deny, "Deny"), new(CardAction.Ask, "Ask")] };
        var over = new Card("Add bob to FIN", CardState.Denied) { StateText = "Denied", RequestId = "r2", RequestNumber = "IT-2", Facts = [new("Denied by", "Omar: no")] };
        var card = new Card("3 requests of Bob", CardState.Waiting)
        {
            StateText = "2 of 3 to decide",
            ApprovalId = "all-1",
            Parts = [open with { ApprovalId = "a1" }, over, open with { ApprovalId = "a3" }],
            Buttons = [new(CardAction.Approve, "Approve all 2"), new(CardAction.Deny, "Deny all 2")],
        };

        TeamsCard Shown(CardAudience audience) => new((JsonObject)Rendered(new("") { Card = card }, audience)["attachments"]![0]!["content"]!);
        var own = Shown(new(IsShared: false));
        Assert.Equal(["a1", "a1", "a1", "a3", "a3", "a3", "all-1", "all-1"], own.Buttons.Where(b => b.Verb is not null).Select(b => b.Id!).Order(StringComparer.Ordinal));
        Assert.Contains("Denied by Omar: no", own.Text, StringComparison.Ordinal);
        Assert.Equal("all-1", (string?)own.Refresh!["action"]!["data"]!["id"]);

        Assert.Equal([("refresh", "all-1")], Shown(new(IsShared: true)).Buttons.Where(b => b.Verb is not null).Select(b => (b.Verb!, b.Id!)));

        // How many "all" are is not known again before the press is decided.
        Assert.Equal(["a3", "a3", "a3"], Shown(new(IsShared: false) { InsteadOfButtons = "Working on it…", Pressed = "a1" }).Buttons.Where(b => b.Verb is not null).Select(b => b.Id!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_part_that_is_shortened_leads_to_all_of_it_and_whoever_asked_sees_the_plan_of_what_waits()
    {
        var waits = new Card("Add bob to FIN", CardState.Waiting) { StateText = "Approved; waits for IT-1", RequestId = "r1", RequestNumber = "IT-2", Changes = [new("Group", "not a member", "member")], Steps = ["Tell the owner"] };
        var cut = waits with { Changes = [.. Enumerable.Range(0, 50).Select(i => new CardChange($"Group {i}", "no", "yes"))] };
        var card = new Card("Your 2 requests", CardState.Waiting) { StateText = "Waiting", Parts = [cut, waits] };

        var shown = new TeamsCard((JsonObject)Rendered(new("") { Card = card }, new(IsShared: false))["attachments"]![0]!["content"]!);

        Assert.Equal(["This is shortened. See all of it", "See the request"], shown.Buttons.Select(b => b.Title));
        Assert.Contains("Approved; waits for IT-1", shown.Text, StringComparison.Ordinal);
        Assert.Contains("not a member", shown.Text, StringComparison.Ordinal);
        Assert.Contains("1. Tell the owner", shown.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Up_to_six_choices_are_buttons_and_more_are_a_list()
    {
        var few = Shown(new("Which?") { Choices = [.. Enumerable.Range(1, 6).Select(i => new Choice($"c-{i}", $"Account {i}", i == 1 ? "locked" : null))] }, new(IsShared: false));
        var many = Shown(new("Which?") { Choices = [.. Enumerable.Range(1, 7).Select(i => new Choice($"c-{i}", $"Account {i}", i == 1 ? "locked" : null))] }, new(IsShared: false));

        Assert.Equal([1, 2, 3, 4, 5, 6], few.Buttons.Select(b => int.Parse(b.Id![2..])));
        Assert.Equal("Which?\nAccount 1  locked", few.Text);
        Assert.Equal("Choose", Assert.Single(many.Buttons).Title);
        Assert.Equal(7, many.Options.Count);
        Assert.Equal(("Account 1 (locked)", "c-1"), many.Options[0]);
        Assert.Equal("{}", many.Buttons[0].Action["data"]!.ToJsonString());
    }

    [Fact]
    public void A_link_is_a_button_for_one_pair_of_eyes()
    {
        var reply = new Reply("Here is your link.") { Link = new("Open one-time link", new("/secrets/abc"), Now) };

        var own = Shown(reply, new(IsShared: false));
        var shared = Rendered(reply, new(IsShared: true)).ToJsonString();

        Assert.Equal("https://itops.example.com/bot/secrets/abc", Assert.Single(own.Buttons).Url!.AbsoluteUri);
        Assert.DoesNotContain("secrets", shared);
    }

    [Fact]
    public void A_card_of_which_little_is_known_is_still_a_card()
    {
        var bare = new Card("", CardState.Unknown) { StateText = "", Facts = [new("", "")], Changes = [new("", "", ""), new("", "", "x")], Steps = [""], Buttons = [new(CardAction.Approve, "")] };

        Assert.NotEmpty(Shown(new("") { Card = bare }, new(IsShared: false)).Text);
    }

    [Fact]
    public void Words_alone_are_plain_text_without_a_card()
    {
        var activity = Rendered(new("What is it about?") { WantsWords = true }, new(IsShared: false));

        Assert.Equal("What is it about?", (string?)activity["text"]);
        Assert.Null(activity["attachments"]);
    }

    private static readonly System.Text.Json.JsonSerializerOptions PlainJson = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static Card Approval() => new("Unlock alice in Active Directory", CardState.Waiting)
    {
        StateText = "Waiting for approval",
        RequestNumber = "IT-7K2QD",
        RequestId = "r 1",
        ApprovalId = "a-1",
        Facts = [new("Asked by", "Alice Arden, signed in to Teams")],
        Changes = [new("State", "locked since 10:32", "unlocked"), new("Must change password", "no", "no")],
        Steps = ["Unlock alice", "Read it again"],
        Risk = new(RiskLevel.Low, "Undone by locking it again"),
        ExpiresAt = Now.AddHours(4),
        Buttons = [new(CardAction.Approve, "Approve"), new(CardAction.Deny, "Deny"), new(CardAction.Ask, "Ask")],
        Details = [new("Plan", "abc123")],
    };

    private static JsonObject Rendered(Reply reply, CardAudience audience)
    {
        var activity = (JsonObject)JsonNode.Parse(TeamsPayloads.Bytes(Renderer.Render(reply, audience)))!;
        foreach (var attachment in activity["attachments"] as JsonArray ?? [])
            Assert.Null(CardRules.Problem(attachment!["content"]));
        return activity;
    }

    private static TeamsCard Shown(Reply reply, CardAudience audience) => new((JsonObject)Rendered(reply, audience)["attachments"]![0]!["content"]!);
}
