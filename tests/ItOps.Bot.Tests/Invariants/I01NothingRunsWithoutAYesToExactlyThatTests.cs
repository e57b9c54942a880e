using ItOps.Bot.Approvals;
using ItOps.Bot.Requests;
using ItOps.Bot.Tests.Invariants.Setup;
using ItOps.Bot.Tests.Stories.Stage;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Tests.Invariants;

/// <summary>I1: no effect on a target before an unexpired approval of the same digest; enforced in the runner, so the attacks go past everything before it.</summary>
public sealed class I01NothingRunsWithoutAYesToExactlyThatTests
{
    [Fact]
    public async Task A_request_that_is_marked_approved_in_the_database_does_not_run()
    {
        await using var bot = await BotHost.StartAsync();
        var request = await bot.AliceAsksForAnUnlockAsync();

        await bot.SetRequestAsync(request.Id, "$.Status", "Approved");
        await bot.TimePassesAsync(TimeSpan.FromSeconds(30));

        await NothingRanAndSecurityHasItAsync(bot, request.Id);
    }

    [Fact]
    public async Task An_approval_that_is_marked_granted_without_a_vote_lets_nothing_run()
    {
        await using var bot = await BotHost.StartAsync();
        var request = await bot.AliceAsksForAnUnlockAsync();
        var approval = Assert.Single(await bot.ApprovalsAsync(request.Id));

        await bot.SetApprovalAsync(approval.Id, "$.Status", "Granted");
        await bot.SetRequestAsync(request.Id, "$.Status", "Approved");
        await bot.TimePassesAsync(TimeSpan.FromSeconds(30));

        await NothingRanAndSecurityHasItAsync(bot, request.Id);
    }

    [Fact]
    public async Task The_requesters_own_consent_is_no_approval_of_a_change()
    {
        await using var bot = await BotHost.StartAsync();
        var request = await bot.AliceAsksForAnUnlockAsync();
        var approval = Assert.Single(await bot.ApprovalsAsync(request.Id));
        var alice = await bot.Person("alice").PrincipalAsync();

        await bot.TamperAsync(
            """
            UPDATE approvals SET status = 'Granted', body = json_set(body, '$.Status', 'Granted', '$.Purpose', 'Consent', '$.Votes',
                json_array(json_object('Person', json_object('Value', $alice), 'Name', 'Alice', 'Verdict', 'Approve', 'At', '2026-11-23T09:00:00+00:00', 'Channel', 'console')))
            WHERE id = $id
            """,
            ("$alice", alice.Id.Value), ("$id", approval.Id));
        await bot.SetRequestAsync(request.Id, "$.Status", "Approved");
        await bot.TimePassesAsync(TimeSpan.FromSeconds(30));

        await NothingRanAndSecurityHasItAsync(bot, request.Id);
    }

    [Fact]
    public async Task A_plan_that_was_edited_after_its_approval_does_not_run()
    {
        var commits = new WatchedCommits();
        await using var bot = await BotHost.StartAsync(commits.Watch);
        var request = await ApprovedButNotBegunAsync(bot, commits);

        await bot.SetRequestAsync(request.Id, "$.Plan.Steps[0].Arguments.account", "directory/D2007");
        await bot.SetRequestAsync(request.Id, "$.Plan.Steps[0].Target.Id", "directory/D2007");
        await bot.RestartAndTakeOverAsync();

        await NothingRanAndSecurityHasItAsync(bot, request.Id);
    }

    [Fact]
    public async Task Editing_the_digest_along_with_the_plan_does_not_help()
    {
        var commits = new WatchedCommits();
        await using var bot = await BotHost.StartAsync(commits.Watch);
        var request = await ApprovedButNotBegunAsync(bot, commits);
        var edited = request.Plan! with { Steps = [request.Plan.Steps[0] with { Operation = "account.reset-password" }] };

        await bot.SetRequestAsync(request.Id, "$.Plan.Steps[0].Operation", "account.reset-password");
        await bot.SetRequestAsync(request.Id, "$.Digest", Plans.PlanDigest.Of(edited));
        await bot.RestartAndTakeOverAsync();

        await NothingRanAndSecurityHasItAsync(bot, request.Id);
    }

    [Fact]
    public async Task A_plan_that_was_edited_before_the_click_is_refused_at_the_click()
    {
        await using var bot = await BotHost.StartAsync();
        var request = await bot.AliceAsksForAnUnlockAsync();

        await bot.SetRequestAsync(request.Id, "$.Plan.Steps[0].Arguments.account", "directory/D2007");
        var decided = await bot.Person("omar").Approves();

        Assert.Equal((DecidedKind.Refused, ProblemCode.PlanChanged), (decided.Kind, decided.Problem!.Code));
        await NothingRanAndSecurityHasItAsync(bot, request.Id);
        Assert.Contains("approval.plan-changed", await bot.AuditedAsync());
    }

    [Fact]
    public async Task An_approval_that_expired_before_the_run_asks_again()
    {
        var commits = new WatchedCommits();
        await using var bot = await BotHost.StartAsync(commits.Watch);
        var request = await ApprovedButNotBegunAsync(bot, commits);

        bot.Time.Advance(TimeSpan.FromHours(5));
        await bot.RestartAndTakeOverAsync();

        Assert.Equal(0, await bot.Sandbox.EffectsAsync());
        Assert.Equal(RequestStatus.AwaitingApproval, (await bot.RequestAsync(request.Id)).Status);
        await bot.Person("omar").SeesApproval("Unlock alice");

        await bot.Person("omar").Approves();
        Assert.Equal(1, await bot.Sandbox.TimesAsync("unlock", "alice"));
    }

    [Fact]
    public async Task An_older_yes_does_not_answer_a_newer_question_about_the_same_plan()
    {
        var commits = new WatchedCommits();
        await using var bot = await BotHost.StartAsync(commits.Watch);
        var request = await ApprovedButNotBegunAsync(bot, commits);
        bot.Time.Advance(TimeSpan.FromHours(5));
        await bot.RestartAndTakeOverAsync();
        var old = (await bot.ApprovalsAsync(request.Id)).Single(a => a.Status == ApprovalStatus.Granted);

        await bot.SetApprovalAsync(old.Id, "$.ExpiresAt", "2027-11-23T09:00:00+00:00");
        await bot.SetRequestAsync(request.Id, "$.Status", "Approved");
        await bot.TimePassesAsync(TimeSpan.FromSeconds(30));

        await NothingRanAndSecurityHasItAsync(bot, request.Id);
    }

    [Fact]
    public async Task The_runner_itself_begins_nothing_that_is_not_approved()
    {
        await using var bot = await BotHost.StartAsync();
        var waiting = await bot.AliceAsksForAnUnlockAsync();
        await bot.RunAsync(waiting.Id);
        Assert.Equal(RequestStatus.AwaitingApproval, (await bot.RequestAsync(waiting.Id)).Status);

        await bot.Person("omar").Denies("no");
        await bot.RunAsync(waiting.Id);
        Assert.Equal(RequestStatus.Denied, (await bot.RequestAsync(waiting.Id)).Status);

        var cancelled = await bot.AliceAsksForAnUnlockAsync();
        await bot.Person("alice").Says("cancel");
        await bot.RunAsync(cancelled.Id);
        Assert.Equal(RequestStatus.Cancelled, (await bot.RequestAsync(cancelled.Id)).Status);

        await bot.RunAsync("no-such-request");
        Assert.Equal(0, await bot.Sandbox.EffectsAsync());
    }

    [Fact]
    public async Task A_request_that_ran_does_not_run_again_when_it_is_marked_approved_once_more()
    {
        await using var bot = await BotHost.StartAsync();
        var request = await bot.AliceAsksForAPasswordAsync();
        await bot.Person("omar").Approves();
        Assert.Equal(1, await bot.Sandbox.TimesAsync("reset-password", "alice"));

        await bot.SetRequestAsync(request.Id, "$.Status", "Approved");
        await bot.TimePassesAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(1, await bot.Sandbox.TimesAsync("reset-password", "alice"));
    }

    private static async Task<ServiceRequest> ApprovedButNotBegunAsync(BotHost bot, WatchedCommits commits)
    {
        var request = await bot.AliceAsksForAnUnlockAsync();
        commits.DieAt("request.running", Death.BeforeStoring);
        Assert.Equal(DecidedKind.Counted, (await bot.Person("omar").Approves()).Kind);
        Assert.True(commits.IsDead);
        return await bot.RequestAsync(request.Id);
    }

    private static async Task NothingRanAndSecurityHasItAsync(BotHost bot, string requestId)
    {
        Assert.Equal(0, await bot.Sandbox.EffectsAsync());
        Assert.Equal(RequestStatus.HandedOff, (await bot.RequestAsync(requestId)).Status);
        Assert.Contains(await bot.Person("sam").RepliesAsync(), r => r.Card?.RequestId == requestId && r.Text.Contains("security", StringComparison.OrdinalIgnoreCase));
        Assert.Contains("request.handed-off", await bot.AuditedAsync());
        Assert.Equal(1, await bot.Person("alice").TimesSeen(Replies.Words.English.ToSecurity((await bot.RequestAsync(requestId)).Number)));
    }
}
