using ItOps.Bot.Accounts;
using ItOps.Bot.Requests;
using ItOps.Bot.Testing.Accounts;
using ItOps.Bot.Testing.ActiveDirectory;
using ItOps.Bot.Testing.Ports;
using ItOps.Bot.Tests.Invariants.Setup;
using ItOps.Bot.Tests.Stories.Stage;

namespace ItOps.Bot.Tests.Directories;

/// <summary>
/// I9 in a real domain: wherever the process dies around an effect, or the connection does, the effect is there once, by the domain's own count, and whoever comes
/// next ends what was begun.
/// </summary>
[Collection(DomainCollection.Name)]
public sealed class DomainCrashes(DomainStage stage)
{
    public enum Point { BeforeStarted, AfterStarted, RequestLost, AnswerLost, AfterEffect, BeforeTelling }

    public static TheoryData<Point> Points => [.. Enum.GetValues<Point>()];

    [Theory]
    [MemberData(nameof(Points))]
    public async Task An_unlock_happens_once(Point point)
    {
        await stage.Domain.LockAsync("bob");
        var before = await stage.Domain.VersionAsync("bob", "lockoutTime");

        await using var bot = await PlayAsync(point, "bob", ["im locked out"], "omar");

        Assert.Equal(before + 1, await stage.Domain.VersionAsync("bob", "lockoutTime"));
        Assert.Equal("", await stage.Domain.SignInAsync("bob", SambaDomain.PeoplePassword));
    }

    [Theory]
    [MemberData(nameof(Points))]
    public async Task A_reset_happens_once_and_the_link_shows_the_password_that_works(Point point)
    {
        var before = await stage.Domain.VersionAsync("alice", "unicodePwd");

        await using var bot = await PlayAsync(point, "alice", ["i forgot my password, please reset it"], "omar");

        Assert.Equal(before + 1, await stage.Domain.VersionAsync("alice", "unicodePwd"));
        Assert.Equal("773", await stage.Domain.SignInAsync("alice", (await bot.Person("alice").OpensLink()).Value.Value.Reveal()));
        await stage.Domain.SetPasswordAsync("alice", SambaDomain.PeoplePassword);
    }

    [Theory]
    [MemberData(nameof(Points))]
    public async Task Somebody_is_put_into_a_group_once(Point point)
    {
        var before = await stage.Domain.MembershipVersionAsync("Finance-Write", "alice");

        await using var bot = await PlayAsync(point, "alice", ["I need access to G:", "Read and change"], "bob");

        Assert.True(await stage.Domain.IsMemberAsync("Finance-Write", "alice"));
        Assert.Equal(before + 1, await stage.Domain.MembershipVersionAsync("Finance-Write", "alice"));
        await stage.Domain.ChangeAsync($"dn: CN=Finance-Write,{SambaDomain.Groups}\nchangetype: modify\ndelete: member\nmember: CN=alice,{SambaDomain.Staff}\n");
    }

    /// <returns>The bot after its restart, in which the request has succeeded.</returns>
    private async Task<BotHost> PlayAsync(Point point, string name, string[] wish, string approver)
    {
        var commits = new WatchedCommits();
        var bot = await stage.StartBotAsync(services =>
        {
            commits.Watch(services);
            if (point is Point.RequestLost or Point.AnswerLost)
                services.Decorate<IAccountDirectory>(real => new LosesAnAnswer(real, afterTheEffect: point == Point.AnswerLost));
        });
        await bot.Person(name).Says(wish[0]);
        foreach (var tap in wish.Skip(1))
            await bot.Person(name).Taps(tap);
        if (await bot.PendingApprovalsAsync() is [])
            await bot.Person(name).IsSeenBy("sam");

        if (point is Point.BeforeStarted or Point.AfterStarted)
            commits.DieAt("step.started", point == Point.BeforeStarted ? Death.BeforeStoring : Death.AfterStoring);
        else if (point is Point.AfterEffect or Point.BeforeTelling)
            commits.DieAt("step.succeeded", point == Point.AfterEffect ? Death.BeforeStoring : Death.AfterStoring);
        await bot.Person(approver).Approves();
        Assert.Equal(point is not (Point.RequestLost or Point.AnswerLost), commits.IsDead);
        if (commits.IsDead)
            await bot.RestartAndTakeOverAsync();

        var request = Assert.Single(await bot.RequestsAsync());
        Assert.True(request.Status == RequestStatus.Succeeded, $"{point}: {request.Status}");
        Assert.Equal(1, await bot.Person(name).TimesSeen("Did that help?"));
        return bot;
    }
}
