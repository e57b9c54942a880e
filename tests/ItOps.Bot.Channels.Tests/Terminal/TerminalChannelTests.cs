using ItOps.Bot.Channels.Terminal;
using ItOps.Bot.Conversations;
using ItOps.Bot.Replies;

namespace ItOps.Bot.Channels.Tests.Terminal;

public sealed class TerminalChannelTests : IDisposable
{
    private readonly StringWriter _output = new();
    private readonly TerminalScreen _screen;
    private readonly TerminalChannel _channel;

    public TerminalChannelTests()
    {
        _screen = new(_output);
        _channel = new("alice", _screen);
    }

    public void Dispose() => _output.Dispose();

    [Fact]
    public async Task It_prints_what_is_said_to_its_person_and_nothing_that_is_said_to_others()
    {
        await SendAsync("alice", new("For Alice"));
        await SendAsync("omar", new("For Omar"));
        await _channel.UpdateAsync(new(TerminalChannel.ConversationOf("omar"), "m"), new("Still for Omar"), CancellationToken.None);

        Assert.Contains("bot> For Alice", _output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Omar", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_from_others_cannot_move_the_cursor_hide_a_line_or_turn_it_around()
    {
        var hostile = "safe\u001b[2J\u001b[1;1H\u0007\u202Eevil\u0000\u009b31m";
        await SendAsync("alice", new(hostile)
        {
            Card = new(hostile, CardState.Waiting) { StateText = hostile, Facts = [new(hostile, hostile)], Changes = [new(hostile, hostile, hostile)], Steps = [hostile] },
            Choices = [new("c", hostile, hostile)],
        });

        Assert.DoesNotContain(_output.ToString(), c => c != '\n' && c != '\r' && (char.IsControl(c) || c == '\u202E'));
    }

    [Fact]
    public async Task A_number_taps_the_choice_that_stands_there_and_no_other_number_does()
    {
        await SendAsync("alice", new("Which?") { Choices = [new("first-id", "First"), new("second-id", "Second", "locked")] });

        Assert.Contains("[2] Second (locked)", _output.ToString(), StringComparison.Ordinal);
        Assert.Equal("second-id", _screen.ChoiceFor("2")!.Id);
        Assert.Null(_screen.ChoiceFor("0"));
        Assert.Null(_screen.ChoiceFor("3"));
        Assert.Null(_screen.ChoiceFor("-1"));
        Assert.Null(_screen.ChoiceFor("second"));
    }

    [Fact]
    public async Task A_verb_presses_the_button_of_the_newest_open_card_with_the_rest_as_its_note()
    {
        Assert.Null(_screen.PressFor("approve"));
        await SendAsync("alice", new("") { Card = new("Unlock bob", CardState.Waiting) { StateText = "Waiting", ApprovalId = "a1", Buttons = [new(CardAction.Approve, "Approve"), new(CardAction.Deny, "Deny")] } });

        Assert.Equal(("a1", CardAction.Deny, "not today", null), _screen.PressFor("deny not today"));
        Assert.Equal(("a1", CardAction.Approve, null, null), _screen.PressFor("Approve"));
        Assert.Null(_screen.PressFor("runagain"));
    }

    [Fact]
    public async Task Of_a_card_of_several_the_number_or_all_says_which_is_pressed()
    {
        CardButton[] buttons = [new(CardAction.Approve, "Approve"), new(CardAction.Deny, "Deny")];
        Card Part(string title, string? id) => new(title, id is null ? CardState.Denied : CardState.Waiting) { StateText = "Waiting", ApprovalId = id, Buttons = id is null ? [] : buttons };
        await SendAsync("alice", new("") { Card = new("3 requests of Bob", CardState.Waiting) { StateText = "2 of 3 to decide", ApprovalId = "all-1", Parts = [Part("A", "a1"), Part("B", null), Part("C", "a3")], Buttons = buttons } });

        Assert.Contains("1. A [Waiting]", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("Write one of: approve 3, deny 3", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("For all: approve all, deny all", _output.ToString(), StringComparison.Ordinal);
        Assert.Equal(("a1", CardAction.Approve, null, null), _screen.PressFor("approve 1"));
        Assert.Equal(("a3", CardAction.Deny, "not today", null), _screen.PressFor("deny 3 not today"));
        Assert.Equal(("all-1", CardAction.Deny, "not today", null), _screen.PressFor("deny all not today"));
        Assert.Null(_screen.PressFor("approve"));
        Assert.Null(_screen.PressFor("approve 2"));
        Assert.Null(_screen.PressFor("approve 4"));
        Assert.Null(_screen.PressFor("hello 1"));
    }

    [Fact]
    public async Task Behind_an_approval_that_asks_for_a_name_the_rest_is_the_name_and_no_note()
    {
        var card = new Card("Reset bob", CardState.Waiting) { StateText = "Waiting", ApprovalId = "a1", Buttons = [new(CardAction.Approve, "Approve"), new(CardAction.Deny, "Deny")], TypeToConfirm = "bob" };
        await SendAsync("alice", new("") { Card = card });

        Assert.Contains("Write one of: approve bob, deny", _output.ToString(), StringComparison.Ordinal);
        Assert.Equal(("a1", CardAction.Approve, null, "bob"), _screen.PressFor("approve bob"));
        Assert.Equal(("a1", CardAction.Deny, "bob", null), _screen.PressFor("deny bob"));
    }

    [Fact]
    public async Task Nobody_is_reached_at_a_terminal_without_having_come_there() =>
        Assert.Null(await _channel.DirectConversationAsync(new("P1001"), CancellationToken.None));

    private Task SendAsync(string person, Reply reply) =>
        _channel.SendAsync(new("delivery", new ConversationId("terminal", person), reply), CancellationToken.None);
}
