using System.Text.RegularExpressions;
using ItOps.Bot.Approvals;
using ItOps.Bot.Assurance;
using ItOps.Bot.Requests;
using ItOps.Bot.Testing.Mail;
using ItOps.Bot.Tests.Stories.Stage;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Tests.Stories;

/// <summary>Who asks for a new password has to be known by more than one chat session, in two different ways.</summary>
public sealed partial class AssuranceStories
{
    [Fact]
    public async Task A_code_that_went_to_her_other_account_lets_her_request_through_and_stands_on_the_card()
    {
        await using var bot = await ConnectedBot.StartAsync();
        var alice = bot.InSlack("alice");
        var aliceInTeams = await bot.InTeamsAsync("alice");
        var omar = await bot.InTeamsAsync("omar");

        await alice.Says("reset my password");
        await alice.Taps("alice in Directory");
        await alice.Sees("I need to be sure that it's really you");
        Assert.Empty(await bot.Bot.PendingApprovalsAsync());
        await alice.Taps("Send me a code by Teams");
        await alice.Sees("I've sent you a code by Teams");
        var said = aliceInTeams.Newest("Your code:");
        Assert.Contains("Never give it to a person", said, StringComparison.Ordinal);

        await alice.Says(Code().Match(said).Value);

        await alice.Sees("I've asked IT");
        var card = await omar.SeesApproval("Reset the password of alice");
        Assert.Contains("sent by Teams and read back", card.Text, StringComparison.Ordinal);
        var request = await bot.Bot.LastRequestAsync();
        Assert.Equal([AssuranceMethod.ChatPlatform, AssuranceMethod.Code], request.Evidence.Select(e => e.Method));
        await omar.Approves();
        Assert.Equal(1, await bot.Sandbox.TimesAsync("reset-password", "alice"));
    }

    [Fact]
    public async Task Who_has_one_chat_account_gets_the_code_by_mail_at_the_address_in_the_directory()
    {
        await using var mail = FakeSmtp.Plain();
        await using var bot = await ConnectedBot.StartAsync(more: MailedReportStories.Settings(mail));
        var alice = bot.InSlack("alice");

        await alice.Says("reset my password, and send the code to alice.private@mail.example");
        await alice.Taps("alice in Directory");
        await alice.Taps("Send me a code by Mail");
        var sent = Assert.Single(mail.Mails);
        Assert.Equal("alice@example.com", Assert.Single(sent.To));
        await alice.Says(Code().Match(sent.Text[sent.Text.IndexOf("Your code:", StringComparison.Ordinal)..]).Value);

        await alice.Sees("I've asked IT");
        Assert.Equal("mail", (await bot.Bot.LastRequestAsync()).Evidence[^1].Through);
    }

    [Fact]
    public async Task A_code_serves_one_request_only()
    {
        await using var bot = await ConnectedBot.StartAsync();
        var alice = bot.InSlack("alice");
        var aliceInTeams = await bot.InTeamsAsync("alice");
        await alice.Says("reset my password");
        await alice.Taps("alice in Directory");
        await alice.Taps("Send me a code by Teams");
        var code = Code().Match(aliceInTeams.Newest("Your code:")).Value;
        await alice.Says(code);
        await alice.Says("cancel");

        await alice.Says("reset my password");
        await alice.Taps("alice in Cloud");
        await alice.Sees("I need to be sure that it's really you");
        await alice.Says(code);

        Assert.Empty(await bot.Bot.PendingApprovalsAsync());
    }

    [Fact]
    public async Task Three_wrong_codes_end_it_without_a_word_about_what_was_wrong()
    {
        await using var bot = await ConnectedBot.StartAsync();
        var alice = bot.InSlack("alice");
        var aliceInTeams = await bot.InTeamsAsync("alice");
        await alice.Says("reset my password");
        await alice.Taps("alice in Directory");
        await alice.Taps("Send me a code by Teams");
        var right = Code().Match(aliceInTeams.Newest("Your code:")).Value;
        var wrong = right[..^1] + (right[^1] == '0' ? '1' : '0');

        await alice.Says(wrong);
        await alice.Sees("That doesn't fit");
        await alice.Says(wrong);
        await alice.Says(wrong);
        await alice.Sees("I can't do this from here. A person in IT can help you.");
        await alice.Says(right);

        Assert.Empty(await bot.Bot.PendingApprovalsAsync());
        Assert.Equal(3, (await bot.Bot.AuditAsync("assurance.failed")).Count);
    }

    [Fact]
    public async Task A_code_is_worth_nothing_after_ten_minutes()
    {
        await using var bot = await ConnectedBot.StartAsync();
        var alice = bot.InSlack("alice");
        var aliceInTeams = await bot.InTeamsAsync("alice");
        await alice.Says("reset my password");
        await alice.Taps("alice in Directory");
        await alice.Taps("Send me a code by Teams");
        var code = Code().Match(aliceInTeams.Newest("Your code:")).Value;

        await bot.Bot.TimePassesAsync(TimeSpan.FromMinutes(10));
        await alice.Says(code);

        await alice.Sees("I can't do this from here");
        Assert.Empty(await bot.Bot.PendingApprovalsAsync());
    }

    [Fact]
    public async Task No_more_than_three_codes_go_out_in_an_hour()
    {
        await using var bot = await ConnectedBot.StartAsync();
        var alice = bot.InSlack("alice");
        var aliceInTeams = await bot.InTeamsAsync("alice");
        for (var i = 0; i < 4; i++)
        {
            await alice.Says("reset my password");
            await alice.Taps("alice in Directory");
            await alice.Taps("Send me a code by Teams");
        }

        await alice.Sees("I can't do this from here");
        Assert.Equal(3, aliceInTeams.TimesSeen("Your code:"));
    }

    [Fact]
    public async Task Her_manager_vouches_and_does_not_decide_as_well()
    {
        await using var bot = await BotHost.StartAsync();
        var alice = bot.Person("alice");
        await alice.Says("reset my password");
        await alice.Taps("alice in Directory");
        Assert.Equal(["Ask Mona Petrov to vouch for me", "Show myself to IT", "Talk to a person"], await alice.ButtonsAsync());
        await alice.Taps("Ask Mona");
        await alice.Sees("I've asked Mona Petrov to vouch for you. Then IT decides.");
        await bot.Person("omar").SeesNoApproval();

        var asked = await bot.Person("mona").SeesApproval("Reset the password of alice");
        Assert.Contains(asked.Facts, f => f.Label == "Your yes" && f.Value.Contains("IT decides about the change", StringComparison.Ordinal));
        await bot.Person("mona").Approves();

        var card = await bot.Person("omar").SeesApproval("Reset the password of alice");
        var fact = Assert.Single(card.Facts, f => f.Label == "Vouched for by");
        Assert.Equal(("Mona Petrov, the manager", bot.Time.GetUtcNow()), (fact.Value, fact.At));
        Assert.Equal(ProblemCode.ApproverVouched, (await bot.Person("mona").Presses(card.ApprovalId!, Verdict.Approve)).Problem!.Code);
        await bot.Person("omar").Approves();
        Assert.Equal(1, await bot.Sandbox.TimesAsync("reset-password", "alice"));
    }

    [Fact]
    public async Task Whoever_saw_her_in_person_leaves_the_decision_to_somebody_else()
    {
        await using var bot = await BotHost.StartAsync();
        var (alice, omar, sam) = (bot.Person("alice"), bot.Person("omar"), bot.Person("sam"));
        await alice.Says("reset my password");
        await alice.Taps("alice in Directory");
        await alice.Taps("Show myself to IT");
        await alice.Sees("Please go to IT");

        await omar.SeesApproval("Reset the password of alice");
        await omar.Approves();

        var open = Assert.Single(await bot.PendingApprovalsAsync());
        Assert.Equal(ApprovalPurpose.Change, open.Purpose);
        Assert.Equal(ProblemCode.ApproverVouched, (await omar.Presses(open.Id, Verdict.Approve)).Problem!.Code);
        await sam.SeesApproval("Reset the password of alice");
        await sam.Approves();
        Assert.Equal(1, await bot.Sandbox.TimesAsync("reset-password", "alice"));
    }

    [Fact]
    public async Task When_her_manager_does_not_know_of_it_nothing_happens()
    {
        await using var bot = await BotHost.StartAsync();
        var alice = bot.Person("alice");
        await alice.Says("reset my password");
        await alice.Taps("alice in Directory");
        await alice.Taps("Ask Mona");

        await bot.Person("mona").Denies("I didn't hear from her");

        Assert.Equal(RequestStatus.Denied, (await bot.LastRequestAsync()).Status);
        Assert.Empty(await bot.PendingApprovalsAsync());
    }

    [Fact]
    public async Task Whoever_could_only_be_vouched_for_by_the_last_approver_is_given_to_a_person()
    {
        await using var bot = await BotHost.StartAsync();
        var omar = bot.Person("omar");

        await omar.Says("reset my password");

        await omar.Sees("I can't do this from here. A person in IT can help you.");
        Assert.Empty(await bot.PendingApprovalsAsync());
    }

    [Fact]
    public async Task She_may_change_her_mind_while_she_is_asked_who_she_is()
    {
        await using var bot = await BotHost.StartAsync();
        var alice = bot.Person("alice");
        await alice.Says("reset my password");
        await alice.Taps("alice in Directory");

        await alice.Says("no wait, only unlock it");

        await alice.Taps("alice in Directory");
        await alice.Sees("I've asked IT");
        Assert.Equal("account_locked", (await bot.LastRequestAsync()).RunbookId);
    }

    [Fact]
    public async Task The_third_reset_of_one_person_within_a_day_is_refused_and_security_hears_of_it()
    {
        await using var bot = await BotHost.StartAsync();
        var alice = bot.Person("alice");
        for (var i = 0; i < 2; i++)
        {
            await alice.Says("reset my password");
            await alice.Taps("alice in Cloud");
            await alice.IsVouchedFor();
            await bot.Person("omar").Denies();
        }

        await alice.Says("reset my password");
        await alice.Taps("alice in Directory");

        await alice.Sees("I can't do this right now. A person in IT can help you.");
        Assert.Contains(await bot.Person("sam").CardsAsync(), c => c.StateText == "Nobody has it yet");
        await bot.TimePassesAsync(TimeSpan.FromHours(24));
        await alice.Says("reset my password");
        await alice.Taps("alice in Directory");
        await alice.Sees("I need to be sure");
    }

    [Fact]
    public async Task A_person_at_IT_who_takes_over_after_a_reset_is_warned_about_the_second_factor()
    {
        await using var bot = await BotHost.StartAsync();
        var alice = bot.Person("alice");
        await alice.Says("reset my password");
        await alice.Taps("alice in Directory");
        await alice.IsVouchedFor();
        await bot.Person("omar").Approves();
        await alice.Taps("Yes");
        await bot.TimePassesAsync(TimeSpan.FromHours(2));

        await alice.Says("let me talk to a person");

        Assert.Contains("change neither password nor second factor again", (await bot.LastRequestAsync()).HandOffReason!, StringComparison.Ordinal);
    }

    [GeneratedRegex("[0-9]{8}")]
    private static partial Regex Code();
}
