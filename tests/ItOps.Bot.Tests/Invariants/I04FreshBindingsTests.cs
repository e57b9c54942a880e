using ItOps.Bot.Approvals;
using ItOps.Bot.People;
using ItOps.Bot.Replies;
using ItOps.Bot.Requests;
using ItOps.Bot.Tests.Invariants.Setup;
using ItOps.Bot.Tests.Stories.Stage;
using ItOps.Bot.Turns;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Tests.Invariants;

/// <summary>I4: whoever can write to the directory for a minute is not an approver for that minute. What was bound just now decides nothing.</summary>
public sealed class I04FreshBindingsTests
{
    private static readonly ChannelIdentity Attackers = new("slack", "T0LAB", "U0MALLORY");
    private static readonly ChannelIdentity OmarsOwn = new("slack", "T0LAB", "U0OMAR");

    private readonly ChangingPeople _people = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_account_that_was_bound_to_an_approver_a_minute_ago_decides_nothing_and_theirs_still_does()
    {
        await using var bot = await BotHost.StartAsync(_people.Watch);
        var request = await bot.AliceAsksForAnUnlockAsync();
        var open = Assert.Single(await bot.PendingApprovalsAsync());
        _people.Rebound[Attackers] = "P1003";

        foreach (var verdict in (Verdict[])[Verdict.Approve, Verdict.Deny, Verdict.Ask])
        {
            var decided = await bot.PressesAsync(Attackers, open.Id, verdict);
            Assert.Equal((DecidedKind.Refused, ProblemCode.RecentlyChanged), (decided.Kind, decided.Problem?.Code));
        }

        Assert.Equal(RequestStatus.AwaitingApproval, (await bot.RequestAsync(request.Id)).Status);
        Assert.Equal(0, await bot.Sandbox.EffectsAsync());
        Assert.Equal(3, (await bot.AuditAsync("approval.refused")).Count(e => e.Facts["why"] == "RecentlyChanged"));
        Assert.Equal(DecidedKind.Counted, (await bot.PressesAsync(OmarsOwn, open.Id, Verdict.Approve)).Kind);
        Assert.Equal(1, await bot.Sandbox.TimesAsync("unlock", "alice"));
    }

    [Fact]
    public async Task Its_queue_is_empty_and_a_card_has_no_buttons_for_it()
    {
        await using var bot = await BotHost.StartAsync(_people.Watch);
        await bot.AliceAsksForAnUnlockAsync();
        _people.Rebound[Attackers] = "P1003";
        var fresh = (await bot.Services.GetRequiredService<IIdentityResolver>().ResolveAsync(Attackers, Cancel)).Value;
        var queue = bot.Services.GetRequiredService<ApprovalQueue>();

        Assert.Empty(await queue.PendingForAsync(fresh, Cancel));
        Assert.Empty((await queue.CardForAsync(fresh, Assert.Single(await bot.PendingApprovalsAsync()).Id, Cancel))!.Buttons);
    }

    [Fact]
    public async Task After_the_cool_down_it_decides_like_any_other_and_across_a_restart_the_time_goes_on()
    {
        await using var bot = await BotHost.StartAsync(_people.Watch, new() { ["Identity:CoolDownHours"] = "2" });
        _people.Rebound[Attackers] = "P1003";
        await bot.TimePassesAsync(TimeSpan.FromMinutes(61));
        await bot.RestartAsync(TimeSpan.FromMinutes(58));
        await bot.AliceAsksForAnUnlockAsync();
        var open = Assert.Single(await bot.PendingApprovalsAsync());

        Assert.Equal(DecidedKind.Refused, (await bot.PressesAsync(Attackers, open.Id, Verdict.Approve)).Kind);
        bot.Time.Advance(TimeSpan.FromMinutes(63));
        Assert.Equal(DecidedKind.Counted, (await bot.PressesAsync(Attackers, open.Id, Verdict.Approve)).Kind);
    }

    [Fact]
    public async Task Security_hears_once_of_an_approvers_new_account_however_often_it_is_tried()
    {
        await using var bot = await BotHost.StartAsync(_people.Watch);
        await bot.AliceAsksForAnUnlockAsync();
        var open = Assert.Single(await bot.PendingApprovalsAsync());
        _people.Rebound[Attackers] = "P1003";

        for (var i = 0; i < 3; i++)
            await bot.PressesAsync(Attackers, open.Id, Verdict.Approve);
        await bot.RestartAsync();
        await bot.TimePassesAsync(TimeSpan.FromHours(1));

        Assert.Equal(1, await bot.Person("sam").TimesSeen("slack:T0LAB/U0MALLORY"));
        Assert.Equal(0, await bot.Person("ruth").TimesSeen("U0MALLORY"));
        var changed = Assert.Single(await bot.AuditAsync("contact.added"));
        Assert.Equal(("P1003", "slack:T0LAB/U0MALLORY", "directory"), (changed.Subject, changed.Facts["route"], changed.Facts["source"]));
    }

    [Fact]
    public async Task The_account_of_one_person_that_was_moved_to_an_approver_decides_nothing()
    {
        await using var bot = await BotHost.StartAsync(_people.Watch);
        await bot.AliceAsksForAnUnlockAsync();
        var open = Assert.Single(await bot.PendingApprovalsAsync());
        var eves = new ChannelIdentity("slack", "T0LAB", "U0EVE");
        _people.Rebound[eves] = "P1003";

        Assert.Equal(ProblemCode.RecentlyChanged, (await bot.PressesAsync(eves, open.Id, Verdict.Approve)).Problem?.Code);
        await bot.TimePassesAsync(TimeSpan.FromSeconds(1));
        Assert.Equal(["contact.added", "contact.removed"], (await bot.AuditedAsync()).Where(a => a.StartsWith("contact.", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_manager_since_a_minute_is_not_asked_to_vouch()
    {
        await using var bot = await BotHost.StartAsync(_people.Watch);
        _people.Managers["P1002"] = "P1006";

        await bot.Person("sam").Says("reset the password of bob");
        await bot.Person("sam").Taps("bob in Directory");

        var asked = Assert.Single(await bot.PendingApprovalsAsync());
        Assert.Equal((ApprovalPurpose.Attestation, "P1002"), (asked.Purpose, Assert.Single(asked.People).Value));
    }

    [Fact]
    public async Task While_the_directory_does_not_say_who_has_which_account_nobody_decides()
    {
        await using var bot = await BotHost.StartAsync(_people.Watch);
        var request = await bot.AliceAsksForAnUnlockAsync();
        var open = Assert.Single(await bot.PendingApprovalsAsync());
        _people.IsDown = true;

        Assert.Equal(ProblemCode.RecentlyChanged, (await bot.PressesAsync(OmarsOwn, open.Id, Verdict.Approve)).Problem?.Code);
        _people.IsDown = false;
        Assert.Equal(RequestStatus.AwaitingApproval, (await bot.RequestAsync(request.Id)).Status);
        Assert.Equal(DecidedKind.Counted, (await bot.PressesAsync(OmarsOwn, open.Id, Verdict.Approve)).Kind);
    }

    [Fact]
    public void The_refusal_says_nothing_of_how_long_or_why()
    {
        var text = Words.English.DecisionRefused(ProblemCode.RecentlyChanged);

        Assert.DoesNotContain(["72", "hour", "day", "bound", "cool", "new account"], word => text.Contains(word, StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("721")]
    [InlineData("a day")]
    public async Task A_cool_down_that_is_none_stops_the_start_and_is_named(string hours)
    {
        var refused = await Assert.ThrowsAsync<SettingException>(() => BotHost.StartAsync(null, new() { ["Identity:CoolDownHours"] = hours }));

        Assert.Contains("Identity:CoolDownHours", refused.Message, StringComparison.Ordinal);
    }
}
