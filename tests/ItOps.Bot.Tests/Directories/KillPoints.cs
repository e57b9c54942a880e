using ItOps.Bot.Approvals;
using ItOps.Bot.Commits;
using ItOps.Bot.Execution;
using ItOps.Bot.Requests;
using ItOps.Bot.Tests.Invariants.Setup;
using ItOps.Bot.Tests.Stories.Stage;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Tests.Directories;

/// <summary>Where a process dies in a run, in order; the same five as in the crash matrix of the sandbox.</summary>
public enum KillPoint
{
    BeforeStarted,
    AfterStarted,
    AfterEffect,
    BeforeSending,
    AfterSendingBeforeMarking,
}

/// <summary>Plays a request of Alice's to its end, with a process that dies at one point and another one that takes over.</summary>
internal static class KillPoints
{
    public static void DieAt(this WatchedCommits commits, KillPoint point)
    {
        var done = false;
        switch (point)
        {
            case KillPoint.BeforeStarted:
                commits.DieAt((commit, _) => Journals(commit, StepStatus.Started), Death.BeforeStoring);
                break;
            case KillPoint.AfterStarted:
                commits.DieAt((commit, _) => Journals(commit, StepStatus.Started), Death.AfterStoring);
                break;
            case KillPoint.AfterEffect:
                commits.DieAt((commit, _) => Journals(commit, StepStatus.Succeeded), Death.BeforeStoring);
                break;
            case KillPoint.BeforeSending:
                commits.DieAt((commit, _) => Ends(commit), Death.AfterStoring);
                break;
            default:
                commits.DieAt((commit, _) => (done |= Ends(commit)) && commit.Changes.OfType<MessageSent>().Any(), Death.BeforeStoring);
                break;
        }
    }

    /// <param name="bot">With Alice, whose manager is Mona, and Omar, who approves.</param>
    /// <param name="commits">What the process dies of.</param>
    /// <param name="wish">What Alice writes.</param>
    /// <param name="account">The button that she taps; none when there is no choice.</param>
    public static async Task<ServiceRequest> PlayToTheEndAsync(this BotHost bot, WatchedCommits commits, string wish, string? account)
    {
        var (alice, omar, mona) = (bot.Person("alice"), bot.Person("omar"), bot.Person("mona"));
        await bot.DeliverAsync(commits, new MessageTurn("t1", alice.Identity, alice.Conversation, bot.Time.GetUtcNow(), wish));
        if (account is not null)
            await bot.DeliverAsync(commits, new ChoiceTurn("t2", alice.Identity, alice.Conversation, bot.Time.GetUtcNow(), (await alice.ChoiceAsync(account)).Id));
        if ((await bot.PendingApprovalsAsync()).Count == 0)
        {
            await bot.DeliverAsync(commits, new ChoiceTurn("t3", alice.Identity, alice.Conversation, bot.Time.GetUtcNow(), (await alice.ChoiceAsync("Ask ")).Id));
            var attestation = Assert.Single(await bot.PendingApprovalsAsync());
            await bot.DeliverAsync(commits, new DecisionTurn("t4", mona.Identity, mona.Conversation, bot.Time.GetUtcNow(), attestation.Id, Verdict.Approve, null));
        }

        var approval = Assert.Single(await bot.PendingApprovalsAsync());
        await bot.DeliverAsync(commits, new DecisionTurn("t5", omar.Identity, omar.Conversation, bot.Time.GetUtcNow(), approval.Id, Verdict.Approve, null) { Typed = approval.TypeToConfirm });
        await bot.TimePassesAsync(TimeSpan.FromSeconds(5));
        return Assert.Single(await bot.RequestsAsync());
    }

    private static async Task DeliverAsync(this BotHost bot, WatchedCommits commits, Turn turn)
    {
        try
        {
            await bot.Person("alice").AcceptAsync(turn);
        }
        catch (StoreUnavailableException)
        {
            await bot.SettleAsync();
        }

        if (!commits.IsDead)
            return;
        await bot.RestartAndTakeOverAsync();
        await bot.Person("alice").AcceptAsync(turn);
        await bot.TimePassesAsync(TimeSpan.FromSeconds(1));
    }

    private static bool Journals(Commit commit, StepStatus status) => commit.Changes.OfType<StepJournaled>().Any(j => j.Step.Status == status);

    private static bool Ends(Commit commit) => commit.Changes.OfType<RequestSaved>().Any(r => r.Request.Status == RequestStatus.Succeeded);
}
