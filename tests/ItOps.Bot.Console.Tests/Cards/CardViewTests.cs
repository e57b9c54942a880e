using ItOps.Bot.Console.Cards;
using ItOps.Bot.Console.Frame;
using ItOps.Bot.Console.Tests.Hosting;
using ItOps.Bot.Replies;

namespace ItOps.Bot.Console.Tests.Cards;

public sealed class CardViewTests
{
    private const string Hostile = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>";

    private static readonly Card Open = new("Unlock alice in Directory", CardState.Waiting)
    {
        StateText = "Waiting for approval",
        ApprovalId = "a-1",
        RequestId = "r-1",
        RequestNumber = "IT-7K2QD",
        Facts = [new("Asked by", "Alice Arden")],
        Changes = [new("State", "locked", "unlocked"), new("Password", "unchanged", "unchanged")],
        Steps = ["Unlock alice"],
        Risk = new(RiskLevel.Low, "Gives no new rights."),
        ExpiresAt = Rendered.Now.AddMinutes(25),
        Buttons = [new(CardAction.Approve, "Approve"), new(CardAction.Deny, "Deny"), new(CardAction.Ask, "Ask")],
    };

    private static Task<string> RenderAsync(Card card, PageFrame? frame = null) =>
        Rendered.AsHtmlAsync<CardView>(frame ?? Rendered.Frame, ("Card", card), ("Key", "k1"));

    [Fact]
    public async Task An_open_card_is_named_by_its_title_and_has_a_button_for_each_action()
    {
        var html = await RenderAsync(Open);

        Assert.Contains("aria-labelledby=\"card-k1\"", html);
        Assert.Contains("id=\"card-k1\">Unlock alice in Directory", html);
        foreach (var action in new[] { "Approve", "Deny", "Ask" })
            Assert.Contains($"value=\"{action}\" aria-describedby=\"card-k1\">{action}</button>", html);
    }

    [Fact]
    public async Task Of_several_what_waits_shows_its_plan_to_whoever_asked_and_what_is_over_is_a_line()
    {
        var waits = Open with { ApprovalId = null, Buttons = [], Steps = ["Tell the owner"], StateText = "Approved; waits for IT-1" };
        var over = waits with { State = CardState.Denied, StateText = "Denied", Changes = [new("Group", "no", "member of Sales")] };

        var html = await RenderAsync(new("Your 2 requests", CardState.Waiting) { StateText = "Waiting", Parts = [waits, over] });

        var text = Rendered.Text(html);
        Assert.Contains("Now: State: locked", text);
        Assert.Contains("Tell the owner", text);
        Assert.DoesNotContain("member of Sales", text);
        Assert.DoesNotContain("<button", html);
    }

    [Fact]
    public async Task A_form_carries_nothing_but_the_opaque_approval_and_the_press()
    {
        var html = await RenderAsync(Open);

        Assert.Contains("name=\"approval\" value=\"a-1\"", html);
        Assert.DoesNotContain("r-1\" name", html);
        Assert.Equal(2, html.Split("type=\"hidden\"").Length - 1);
    }

    [Fact]
    public async Task What_changes_reads_before_and_after_and_what_stays_is_said_once()
    {
        var text = Rendered.Text(await RenderAsync(Open));

        Assert.Contains("Now: State: locked", text);
        Assert.Contains("After: State: unlocked", text);
        Assert.Contains("Stays: Password: unchanged", text);
        Assert.Contains("in 25 min", text);
    }

    [Theory]
    [InlineData(CardState.Succeeded)]
    [InlineData(CardState.Failed)]
    [InlineData(CardState.Denied)]
    [InlineData(CardState.Expired)]
    [InlineData(CardState.Cancelled)]
    [InlineData(CardState.Unknown)]
    [InlineData(CardState.HandedOff)]
    public async Task A_receipt_has_nothing_to_press_but_its_number(CardState state)
    {
        var html = await RenderAsync(Open with { State = state, ApprovalId = null, Buttons = [] });

        Assert.Contains("class=\"receipt\"", html);
        Assert.DoesNotContain("<button", html);
        Assert.DoesNotContain("<form", html);
        Assert.Contains("href=\"/requests/r-1\">IT-7K2QD", html);
    }

    [Fact]
    public async Task An_unknown_outcome_that_is_still_asked_about_keeps_its_buttons()
    {
        var html = await RenderAsync(Open with { State = CardState.Unknown, Buttons = [new(CardAction.ItHappened, "It happened"), new(CardAction.RunAgain, "Again")] });

        Assert.Contains("value=\"ItHappened\"", html);
        Assert.Contains("value=\"RunAgain\"", html);
    }

    [Fact]
    public async Task A_card_without_an_approval_cannot_be_pressed_whatever_buttons_it_has()
    {
        Assert.DoesNotContain("<button", await RenderAsync(Open with { ApprovalId = null }));
    }

    [Fact]
    public async Task A_denied_receipt_does_not_show_a_change_that_never_was()
    {
        var text = Rendered.Text(await RenderAsync(Open with { State = CardState.Denied, ApprovalId = null, Buttons = [] }));

        Assert.Contains("Nothing was changed.", text);
        Assert.DoesNotContain("unlocked", text);
    }

    [Fact]
    public async Task Hostile_text_stays_text_wherever_it_stands()
    {
        var card = Open with
        {
            StateText = Hostile,
            ApprovalId = Hostile,
            RequestId = Hostile,
            RequestNumber = Hostile,
            Facts = [new(Hostile, Hostile) { At = Rendered.Now }],
            Changes = [new(Hostile, Hostile, "other")],
            Steps = [Hostile],
            Risk = new(RiskLevel.High, Hostile),
            Buttons = [new(CardAction.Approve, Hostile)],
            Details = [new(Hostile, Hostile)],
        };

        foreach (var shown in new[] { card with { Title = Hostile }, card with { Title = Hostile, State = CardState.Succeeded, Buttons = [] } })
        {
            var html = await RenderAsync(shown);
            Assert.DoesNotContain("<script", html);
            Assert.DoesNotContain("<img", html);
            Assert.Contains(Hostile, System.Net.WebUtility.HtmlDecode(html));
        }
    }

    [Fact]
    public async Task While_a_reason_is_written_the_buttons_give_way_to_its_form()
    {
        var html = await RenderAsync(Open, Rendered.Frame with { Note = new("a-1", CardAction.Deny, "half a word") });

        Assert.Contains(">half a word</textarea>", html);
        Assert.Contains("Deny with this reason", html);
        Assert.DoesNotContain("value=\"Approve\"", html);
    }

    [Fact]
    public async Task A_note_for_another_approval_or_an_action_that_is_not_offered_changes_nothing()
    {
        Assert.Contains("value=\"Approve\"", await RenderAsync(Open, Rendered.Frame with { Note = new("a-2", CardAction.Deny, "") }));
        var outcome = Open with { Buttons = [new(CardAction.ItHappened, "It happened")] };
        Assert.DoesNotContain("<textarea", await RenderAsync(outcome, Rendered.Frame with { Note = new("a-1", CardAction.Deny, "") }));
    }
}
