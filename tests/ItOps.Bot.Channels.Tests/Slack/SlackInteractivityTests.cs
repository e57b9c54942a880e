using ItOps.Bot.Channels.Tests.Slack.Setup;
using ItOps.Bot.Replies;
using ItOps.Bot.Testing.Slack;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Channels.Tests.Slack;

public sealed class SlackInteractivityTests
{
    private static readonly Words W = Words.English;
    private static readonly Reply Question = new("Which account?") { Choices = [new("c1", "alice in Directory", "locked since 10:32"), new("c2", "alice in Cloud")] };

    [Fact]
    public async Task A_choice_travels_as_nothing_but_its_opaque_id()
    {
        await using var stage = await SlackStage.StartAsync();
        var alice = stage.Slack.User("U0ALICE");
        await stage.SaysAsync(Question);
        Assert.Equal(["c1", "c2"], Assert.Single(alice.Messages).Buttons.Select(b => b.Value));

        await alice.Taps("alice in Directory · locked");

        var turn = Assert.IsType<ChoiceTurn>(Assert.Single(stage.Memory.Turns));
        Assert.Equal(("c1", "T0LAB/U0ALICE"), (turn.ChoiceId, turn.Conversation.Value));
    }

    [Fact]
    public async Task A_question_that_was_answered_shows_the_answer_in_place_of_its_buttons()
    {
        await using var stage = await SlackStage.StartAsync();
        var alice = stage.Slack.User("U0ALICE");
        await stage.SaysAsync(Question with { Text = "Which account, <alice> & co?" });

        await alice.Taps("alice in Cloud");

        var message = Assert.Single(alice.Messages);
        Assert.Equal("Which account, <alice> & co?\n✓ alice in Cloud", message.Shown);
        Assert.Empty(message.Buttons);
    }

    [Fact]
    public async Task Many_choices_are_a_menu()
    {
        await using var stage = await SlackStage.StartAsync();
        var alice = stage.Slack.User("U0ALICE");
        await stage.SaysAsync(new("Which drive?") { Choices = [.. Enumerable.Range(0, 120).Select(i => new Choice($"c{i}", $"Drive {i}", "shared"))] });

        Assert.Equal(100, Assert.Single(alice.Messages).Buttons.Count(b => b.InMenu));
        await alice.Taps("Drive 99");

        Assert.Equal("c99", Assert.IsType<ChoiceTurn>(Assert.Single(stage.Memory.Turns)).ChoiceId);
    }

    [Fact]
    public async Task Two_presses_that_shook_are_one_and_a_later_one_is_another()
    {
        await using var stage = await SlackStage.StartAsync(time: new(new DateTimeOffset(2026, 11, 22, 10, 0, 0, TimeSpan.Zero)));
        var omar = stage.Slack.User("U0OMAR");
        var (request, approval) = stage.Waiting();
        await stage.SaysAsync(new("Please decide.") { Card = stage.CardOf(request, approval) }, "U0OMAR");

        await omar.Approves();
        await omar.Approves();
        Assert.Single(stage.Memory.Turns);

        stage.Time.Advance(TimeSpan.FromMinutes(1));
        await omar.Approves();
        Assert.Equal(2, stage.Memory.Turns.Count);
    }

    [Fact]
    public async Task One_press_delivered_three_times_is_one_turn_and_two_people_are_two()
    {
        await using var stage = await SlackStage.StartAsync();
        var (request, approval) = stage.Waiting();
        stage.Slack.AddChannel("C0APPROVERS");
        await stage.SaysIn("T0LAB/C0APPROVERS", new("Please decide.") { Card = stage.CardOf(request, approval) });
        var card = Assert.Single(stage.Slack.MessagesIn("C0APPROVERS"));
        var press = stage.Slack.User("U0OMAR").Press(card, card.Buttons[0]);

        for (var i = 0; i < 3; i++)
        {
            stage.Time.Advance(TimeSpan.FromSeconds(1));
            Assert.Equal(200, (await stage.Slack.InteractionAsync(press)).Status);
        }

        await stage.Slack.User("U0SAM").Presses(card, card.Buttons[0]);
        Assert.Equal(["U0OMAR", "U0SAM"], stage.Memory.Turns.Select(t => t.From.User));
        Assert.All(stage.Memory.Turns, t => Assert.Equal("T0LAB/" + t.From.User, t.Conversation.Value));
    }

    [Theory]
    [InlineData("Deny", Verdict.Deny)]
    [InlineData("Ask", Verdict.Ask)]
    public async Task A_denial_and_a_question_take_words(string label, Verdict verdict)
    {
        await using var stage = await SlackStage.StartAsync();
        var omar = stage.Slack.User("U0OMAR");
        var (request, approval) = stage.Waiting();
        await stage.SaysAsync(new("Please decide.") { Card = stage.CardOf(request, approval) }, "U0OMAR");

        await omar.Taps(label);
        Assert.Empty(stage.Memory.Turns);
        Assert.Equal($"{verdict} {approval.Id}", omar.Modal!.View.GetProperty("private_metadata").GetString());
        await omar.Submits("not on a Friday");

        var turn = Assert.IsType<DecisionTurn>(Assert.Single(stage.Memory.Turns));
        Assert.Equal((approval.Id, verdict, "not on a Friday"), (turn.ApprovalId, turn.Verdict, turn.Note));
        Assert.Null(omar.Modal);
    }

    [Fact]
    public async Task Where_a_name_must_be_typed_approve_opens_a_form_and_what_is_typed_is_no_note()
    {
        await using var stage = await SlackStage.StartAsync();
        var omar = stage.Slack.User("U0OMAR");
        var (request, approval) = stage.Waiting();
        await stage.SaysAsync(new("Please decide.") { Card = stage.CardOf(request, approval with { TypeToConfirm = "al<i>ce & co" }) }, "U0OMAR");
        Assert.Contains("To approve, type al<i>ce & co", Assert.Single(omar.Messages).Shown, StringComparison.Ordinal);

        await omar.Taps("Approve");
        Assert.Empty(stage.Memory.Turns);
        Assert.Equal(approval.Id, omar.Modal!.View.GetProperty("private_metadata").GetString());
        await omar.Submits(" al<i>ce & co ");

        var turn = Assert.IsType<DecisionTurn>(Assert.Single(stage.Memory.Turns));
        Assert.Equal((approval.Id, Verdict.Approve, null, "al<i>ce & co"), (turn.ApprovalId, turn.Verdict, turn.Note, turn.Typed));
    }

    [Fact]
    public async Task A_wrong_name_and_the_right_one_after_it_are_two_presses()
    {
        await using var stage = await SlackStage.StartAsync();
        var omar = stage.Slack.User("U0OMAR");
        var (request, approval) = stage.Waiting();
        await stage.SaysAsync(new("Please decide.") { Card = stage.CardOf(request, approval with { TypeToConfirm = "alice" }) }, "U0OMAR");

        await omar.ApprovesTyping("bob");
        await omar.Approves();

        Assert.Equal(["bob", "alice"], stage.Memory.Turns.Cast<DecisionTurn>().Select(t => t.Typed));
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData(null)]
    public async Task A_form_without_words_stays_open(string? nothing)
    {
        await using var stage = await SlackStage.StartAsync();
        var omar = stage.Slack.User("U0OMAR");
        var (request, approval) = stage.Waiting();
        await stage.SaysAsync(new("Please decide.") { Card = stage.CardOf(request, approval) }, "U0OMAR");
        await omar.Taps("Deny");

        var receipt = await omar.Submits(nothing);

        Assert.Contains(W.PleaseWriteSomething, receipt.Body, StringComparison.Ordinal);
        Assert.NotNull(omar.Modal);
        Assert.Empty(stage.Memory.Turns);
    }

    [Fact]
    public async Task A_form_that_cannot_be_stored_keeps_its_words_and_can_be_sent_again()
    {
        await using var stage = await SlackStage.StartAsync();
        var alice = stage.Slack.User("U0ALICE");
        await alice.AsksItAbout("the printer on floor 2 is on fire");
        stage.Memory.IsDown = true;

        var receipt = await alice.Submits(alice.Modal!.Filled);
        using var answer = System.Text.Json.JsonDocument.Parse(receipt.Body);
        Assert.Equal(W.CannotTakeIn, answer.RootElement.GetProperty("errors").GetProperty("words").GetString());
        Assert.NotNull(alice.Modal);

        stage.Memory.IsDown = false;
        await alice.Submits(alice.Modal!.Filled);
        Assert.Equal("the printer on floor 2 is on fire", Assert.IsType<MessageTurn>(Assert.Single(stage.Memory.Turns)).Text);
        Assert.Null(alice.Modal);
    }

    [Fact]
    public async Task The_shortcut_brings_a_message_cut_to_what_a_form_holds()
    {
        await using var stage = await SlackStage.StartAsync();
        var alice = stage.Slack.User("U0ALICE");

        await alice.AsksItAbout("<!channel> " + new string('x', 9_000));

        Assert.Equal(3_000, alice.Modal!.Filled!.Length);
        Assert.StartsWith("@channel xxx", alice.Modal.Filled, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_question_for_words_can_be_answered_in_a_form()
    {
        await using var stage = await SlackStage.StartAsync();
        var alice = stage.Slack.User("U0ALICE");
        await stage.SaysAsync(new("What do you need it for, <alice>?") { WantsWords = true });

        await alice.Taps(W.Answer);
        Assert.Contains("What do you need it for, <alice>?", alice.Modal!.Shown, StringComparison.Ordinal);
        await alice.Submits("the audit");

        Assert.Equal("the audit", Assert.IsType<MessageTurn>(Assert.Single(stage.Memory.Turns)).Text);
    }

    [Fact]
    public async Task A_sent_form_delivered_again_is_one_turn()
    {
        await using var stage = await SlackStage.StartAsync();
        var alice = stage.Slack.User("U0ALICE");
        await alice.AsksItAbout("vpn");
        var sent = alice.Submission(alice.Modal!, "vpn is down");

        for (var i = 0; i < 3; i++)
        {
            stage.Time.Advance(TimeSpan.FromSeconds(1));
            await stage.Slack.InteractionAsync(sent);
        }

        Assert.Single(stage.Memory.Turns);
    }

    [Fact]
    public async Task Details_show_what_the_card_folds_to_those_who_may_see_it()
    {
        await using var stage = await SlackStage.StartAsync();
        var (request, approval) = stage.Waiting(words: "im locked out since this morning");
        stage.Slack.AddChannel("C0APPROVERS");
        await stage.SaysIn("T0LAB/C0APPROVERS", new("Please decide.") { Card = stage.CardOf(request, approval) });
        var card = Assert.Single(stage.Slack.MessagesIn("C0APPROVERS"));
        var details = card.Buttons.Single(b => b.ActionId == "details");
        var (omar, eve) = (stage.Slack.User("U0OMAR"), stage.Slack.User("U0EVE"));

        await omar.Presses(card, details);
        Assert.Contains("im locked out since this morning", omar.Modal!.Shown, StringComparison.Ordinal);
        Assert.Contains(approval.Digest, omar.Modal.Shown, StringComparison.Ordinal);
        Assert.Equal("https://itops.example.com/requests/r1", SlackScreen.Buttons(omar.Modal.View.GetProperty("blocks")).Single().Url);

        await eve.Presses(card, details);
        Assert.Equal(W.NotForYou, eve.Modal!.Shown);
    }

    [Fact]
    public async Task The_details_of_a_receipt_are_the_requests()
    {
        await using var stage = await SlackStage.StartAsync();
        var (request, _) = stage.Waiting();
        var alice = stage.Slack.User("U0ALICE");
        await stage.SaysAsync(new("") { Card = new("Unlock alice", CardState.Succeeded) { StateText = "Done", RequestId = request.Id } });

        await alice.Taps(W.ShowDetails);

        Assert.Contains("im locked out", alice.Modal!.Shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_users_own_team_decides_even_where_the_place_is_ours()
    {
        await using var stage = await SlackStage.StartAsync();
        await stage.SaysAsync(Question);
        var message = Assert.Single(stage.Slack.User("U0ALICE").Messages);
        var stranger = new SlackUser(stage.Slack, "U0STRANGER", "T0OTHER") { Around = FakeSlack.Team };

        Assert.Equal(200, (await stranger.Presses(message, message.Buttons[0])).Status);

        Assert.Empty(stage.Memory.Turns);
        Assert.Equal("stranger", Assert.Single(stage.Memory.Audit).Facts["why"]);
    }

    [Theory]
    [InlineData("grant_admin", "c1")]
    [InlineData("choice", "")]
    [InlineData("approve", "")]
    [InlineData("link", "https://evil.example.com")]
    public async Task A_button_that_is_none_of_ours_does_nothing(string action, string value)
    {
        await using var stage = await SlackStage.StartAsync();
        await stage.SaysAsync(Question);
        var alice = stage.Slack.User("U0ALICE");

        Assert.Equal(200, (await alice.Presses(Assert.Single(alice.Messages), new("b", action, "x", value, null, null, InMenu: false))).Status);

        Assert.Empty(stage.Memory.Turns);
        Assert.Null(alice.Modal);
    }

    [Fact]
    public async Task A_press_that_cannot_be_stored_is_answered_to_the_one_who_pressed()
    {
        await using var stage = await SlackStage.StartAsync();
        var alice = stage.Slack.User("U0ALICE");
        await stage.SaysAsync(Question);
        stage.Memory.IsDown = true;

        Assert.Equal(200, (await alice.Taps("alice in Cloud")).Status);

        Assert.Equal(W.CannotTakeIn, Assert.Single(alice.Ephemerals).Shown);
    }

    [Fact]
    public async Task Nothing_is_sent_to_a_response_url_that_is_not_Slacks()
    {
        await using var stage = await SlackStage.StartAsync();
        await using var elsewhere = await FakeSlack.StartAsync(stage.Time);
        stage.Memory.IsDown = true;

        await stage.Slack.InteractionAsync(new
        {
            type = "block_actions",
            user = new { id = "U0ALICE", team_id = "T0LAB" },
            team = new { id = "T0LAB" },
            response_url = new Uri(elsewhere.Address, "commands/r1").AbsoluteUri,
            actions = new[] { new { action_id = "choice", value = "c1" } },
        });
        await stage.Slack.Settled();

        Assert.Empty(elsewhere.Calls);
    }

    [Fact]
    public async Task The_home_tab_shows_my_requests_and_for_approvers_their_queue_with_buttons_that_work()
    {
        await using var stage = await SlackStage.StartAsync();
        var (request, approval) = stage.Waiting();
        var (alice, omar) = (stage.Slack.User("U0ALICE"), stage.Slack.User("U0OMAR"));

        await alice.OpensHome();
        await omar.OpensHome();

        var hers = SlackScreen.Read(alice.Home!.Value.GetProperty("blocks"));
        Assert.Contains(request.Number, hers, StringComparison.Ordinal);
        Assert.DoesNotContain("Approve", hers, StringComparison.Ordinal);
        var his = SlackScreen.Read(omar.Home!.Value.GetProperty("blocks"));
        Assert.Contains(W.WaitsForYou, his, StringComparison.Ordinal);
        Assert.Contains(W.NoRequestsYet, his, StringComparison.Ordinal);
        await omar.TapsAtHome("Approve");
        Assert.Equal(approval.Id, Assert.IsType<DecisionTurn>(Assert.Single(stage.Memory.Turns)).ApprovalId);
    }

    [Fact]
    public async Task The_home_tab_is_drawn_anew_once_a_press_in_it_was_worked_on()
    {
        await using var stage = await SlackStage.StartAsync();
        var (_, approval) = stage.Waiting();
        var omar = stage.Slack.User("U0OMAR");
        await omar.OpensHome();
        await omar.TapsAtHome("Approve");

        stage.Memory.Approvals[0] = approval with { Status = Approvals.ApprovalStatus.Granted };
        stage.TurnWasHandled(stage.Memory.Turns[0].Id);
        await stage.Slack.Settled();

        Assert.DoesNotContain("Approve", SlackScreen.Read(omar.Home!.Value.GetProperty("blocks")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whom_the_directory_does_not_know_has_an_honest_home()
    {
        await using var stage = await SlackStage.StartAsync();
        var eve = stage.Slack.User("U0EVE");

        await eve.OpensHome();

        Assert.Equal(W.NotKnownHere, SlackScreen.Read(eve.Home!.Value.GetProperty("blocks")));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20_000)]
    public async Task A_full_queue_is_still_one_that_Slack_takes_and_the_rest_is_in_the_console(int length)
    {
        await using var stage = await SlackStage.StartAsync();
        var omar = stage.Slack.User("U0OMAR");
        for (var i = 0; i < 60; i++)
            stage.Waiting($"r{i}", $"Unlock <!channel> {i} {new string('ü', length)}");

        await omar.OpensHome();
        await omar.Commands("approvals");

        Assert.Contains("and 45 more", SlackScreen.Read(omar.Home!.Value.GetProperty("blocks")), StringComparison.Ordinal);
        var answer = Assert.Single(omar.Ephemerals);
        Assert.Matches("and 5[0-9] more", answer.Shown);
        Assert.Contains(answer.Buttons, b => b.Url == "https://itops.example.com/approvals");
    }
}
