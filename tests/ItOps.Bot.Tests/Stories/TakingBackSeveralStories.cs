using ItOps.Bot.Knowledge;
using ItOps.Bot.Replies;
using ItOps.Bot.Requests;
using ItOps.Bot.Tests.Stories.Stage;
using ItOps.Bot.Turns;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Tests.Stories;

/// <summary>What a person takes back, leaves or goes on without, when a message asked for several things.</summary>
public sealed class TakingBackSeveralStories
{
    private const string Ordered = "First give me write access to the finance share, then give me developer access to the jira project FIN";

    [Fact]
    public async Task Cancelling_all_of_a_message_leaves_what_another_one_asked_for()
    {
        await using var bot = await BotHost.StartAsync();
        var mona = bot.Person("mona");
        await mona.Says("I need read access to the marketing share");
        var before = Assert.Single(await mona.RequestsAsync());
        Assert.Equal(RequestStatus.AwaitingApproval, before.Status);
        await mona.Says("A new hire starts Monday and needs access to the jira project OPS, the finance share and Zoom");
        await mona.Sees("new hire");

        await mona.Says("cancel all of it");

        await mona.Sees("I've dropped that");
        await mona.DoesNotSee("cancelled");
        await mona.DoesNotSee("nothing open");
        Assert.Equal(RequestStatus.AwaitingApproval, (await bot.RequestAsync(before.Id)).Status);
        Assert.Single(await mona.RequestsAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task All_of_it_behind_a_list_is_that_list_whatever_was_asked_for_since(bool tapped)
    {
        await using var bot = await BotHost.StartAsync();
        var (bob, mona) = (bot.Person("bob"), bot.Person("mona"));
        await bob.Says(Ordered + ", and also put me on the sales mailing list");
        await bob.Taps("Sales (member)");
        var group = await bob.RequestsAsync();
        var first = group.Single(r => r.Group!.Number == 1);
        await bob.Says("I need a licence for Visio");
        await bob.Taps("Microsoft Visio");
        var alone = (await bob.RequestsAsync()).Single(r => r.Group is null);
        var asked = (await bot.PendingApprovalsAsync()).Single(a => a.RequestId == first.Id);
        await mona.Presses(asked.Id, Verdict.Deny, "not yet");
        await bob.Sees("Shall I go on with it all the same?");

        await bob.Says("cancel");
        await (tapped ? bob.Taps("All of it") : bob.Says("cancel all of it"));

        Assert.Equal(RequestStatus.AwaitingApproval, (await bot.RequestAsync(alone.Id)).Status);
        foreach (var member in group.Where(r => r.Id != first.Id))
            Assert.Equal(RequestStatus.Cancelled, (await bot.RequestAsync(member.Id)).Status);
    }

    [Fact]
    public async Task What_comes_after_a_guide_that_the_person_left_is_asked_about()
    {
        await using var bot = await BotHost.StartAsync(s => s.AddSingleton<IDecomposer>(new Scripted("my laptop is running slow", "give me write access to the finance share")));
        var (bob, mona) = (bot.Person("bob"), bot.Person("mona"));
        await bob.Says("both of it");
        Assert.Equal(RequestStatus.Draft, Assert.Single(await bob.RequestsAsync()).Status);

        await bob.Says("I need developer access to the jira project FIN");

        var held = (await bob.RequestsAsync()).Single(r => r.Group?.Number == 2);
        await bob.Sees($"{held.Number} (Add bob to Finance (write) in Directory) was to come after");
        await bob.Says("yes");
        await mona.Presses((await bot.PendingApprovalsAsync()).Single(a => a.RequestId == held.Id).Id, Verdict.Approve);
        Assert.True(await bot.Sandbox.IsMemberAsync("bob", "finance-write"));
    }

    [Fact]
    public async Task Going_on_without_one_of_two_says_that_the_other_is_still_waited_for()
    {
        await using var bot = await BotHost.StartAsync(s => s.AddSingleton<IDecomposer>(new Scripted(
            "give me write access to the finance share", "give me developer access to the jira project FIN", "I need a licence for Microsoft Visio")));
        var (bob, mona) = (bot.Person("bob"), bot.Person("mona"));
        await bob.Says("all of it");
        await bob.Taps("Microsoft Visio");
        var all = (await bob.RequestsAsync()).OrderBy(r => r.Group!.Number).ToList();
        Assert.Equal(2, all[2].Group!.After.Count);
        var approvals = (await bot.PendingApprovalsAsync()).ToDictionary(a => a.RequestId, a => a.Id);
        await mona.Presses(approvals[all[2].Id], Verdict.Approve);
        await mona.Presses(approvals[all[0].Id], Verdict.Deny, "not yet");
        await bob.Sees("Shall I go on with it all the same?");

        await bob.Taps("Yes");

        await bob.Sees($"as soon as {all[1].Number} is done");
    }

    [Fact]
    public async Task What_nobody_said_a_word_about_ends_with_its_own_reason_and_on_every_copy()
    {
        await using var bot = await BotHost.StartAsync();
        var (bob, mona) = (bot.Person("bob"), bot.Person("mona"));
        await bob.Says(Ordered);
        var parts = Assert.Single(await mona.CardsAsync()).Parts;
        await mona.Presses(parts[1].ApprovalId!, Verdict.Approve);
        await mona.Presses(parts[0].ApprovalId!, Verdict.Deny, "not yet");

        await bot.TimePassesAsync(TimeSpan.FromHours(5));

        await bob.Sees($"You didn't say whether to go on with {parts[1].RequestNumber}, so it has closed. Nothing was changed.");
        await bob.DoesNotSee("in time");
        Assert.Equal(CardState.Expired, Assert.Single(await mona.CardsAsync()).Parts[1].State);
    }

    [Fact]
    public async Task Undo_after_several_asks_which_and_of_one_that_was_done_takes_that()
    {
        await using var bot = await BotHost.StartAsync();
        var (bob, mona) = (bot.Person("bob"), bot.Person("mona"));
        await bob.Says("I need write access to the finance share and developer access to the jira project FIN");
        var parts = Assert.Single(await mona.CardsAsync()).Parts;
        await mona.Presses(parts[0].ApprovalId!, Verdict.Approve);
        await mona.Presses(parts[1].ApprovalId!, Verdict.Approve);

        await bob.Says("undo that");
        await bob.Sees("Which one shall I take back?");
        Assert.Equal(parts.Select(p => $"{p.RequestNumber}: {p.Title}"), await bob.ButtonsAsync());
        await bob.Taps($"{parts[0].RequestNumber}: {parts[0].Title}");

        Assert.Equal("Remove bob from Finance (write) in Directory", (await mona.SeesApproval("Remove bob")).Title);
    }

    [Fact]
    public async Task Undo_after_several_of_which_one_was_done_takes_that_back_whichever_came_last()
    {
        await using var bot = await BotHost.StartAsync();
        var (bob, mona) = (bot.Person("bob"), bot.Person("mona"));
        await bob.Says("I need write access to the finance share and developer access to the jira project FIN");
        var parts = Assert.Single(await mona.CardsAsync()).Parts;
        await mona.Presses(parts[0].ApprovalId!, Verdict.Approve);
        await mona.Presses(parts[1].ApprovalId!, Verdict.Deny, "not yet");

        await bob.Says("undo that");

        await mona.SeesApproval("Remove bob from Finance (write) in Directory");
    }

    /// <summary>Whatever is said is these wishes, the last of them after all others; one that is among them stands alone.</summary>
    private sealed class Scripted(params string[] wishes) : IDecomposer
    {
        public Task<IReadOnlyList<Wish>> DecomposeAsync(string text, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<Wish>>(
            text.EndsWith("of it", StringComparison.Ordinal)
                ? [.. wishes.Select((w, i) => new Wish(w) { After = i == wishes.Length - 1 ? [.. Enumerable.Range(0, i)] : [] })]
                : [new(text)]);
    }
}
