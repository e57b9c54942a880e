using ItOps.Bot.Testing.Jira;
using static ItOps.Bot.Executors.Tests.Jira.JiraStage;

namespace ItOps.Bot.Executors.Tests.Jira;

/// <summary>Joining and leaving a role; a busy site and a lost answer.</summary>
public sealed class JiraChangesTests
{
    private const string Viewers = "10003";
    private const string Developers = "10004";

    /// <summary>The call that would replace everybody is never made: who was there before is there afterwards.</summary>
    [Fact]
    public async Task Joining_and_leaving_leaves_the_others_alone()
    {
        await using var stage = await StartAsync();
        var site = stage.Jira.Site;
        var (mona, alice) = (site.AddPerson("mona"), site.AddPerson("alice", p => p with { Groups = ["staff"] }));
        site.AddProject("OPS", "Operations", mona);
        site.SetActors("OPS", Viewers, mona.AccountId, "group:staff");

        Assert.False(await stage.Directory.IsMemberAsync(Role("OPS", Viewers), Of(alice), direct: true, Token));
        Assert.True(await stage.Directory.IsMemberAsync(Role("OPS", Viewers), Of(alice), direct: false, Token));
        for (var i = 0; i < 2; i++)
            Assert.False((await stage.Directory.AddMemberAsync(Role("OPS", Viewers), Of(alice), Token)).Failed);
        Assert.Equal([mona.AccountId, "group:staff", alice.AccountId], site.ActorsOf("OPS", Viewers));
        for (var i = 0; i < 2; i++)
            Assert.False((await stage.Directory.RemoveMemberAsync(Role("OPS", Viewers), Of(alice), Token)).Failed);

        Assert.Equal([mona.AccountId, "group:staff"], site.ActorsOf("OPS", Viewers));
        Assert.Equal([new("add", "OPS", Viewers, alice.AccountId), new JiraEffect("remove", "OPS", Viewers, alice.AccountId)], site.Effects);
        Assert.DoesNotContain(stage.Jira.Requests, r => r.StartsWith("PUT", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_is_there_already_and_who_is_gone_already_is_done()
    {
        await using var stage = await StartAsync();
        var site = stage.Jira.Site;
        var alice = site.AddPerson("alice");
        site.AddProject("OPS", "Operations", alice);
        stage.Jira.Writes.FailAfterEffect(400);
        Assert.False((await stage.Directory.AddMemberAsync(Role("OPS", Viewers), Of(alice), Token)).Failed);
        stage.Jira.Writes.FailAfterEffect(404);
        Assert.False((await stage.Directory.RemoveMemberAsync(Role("OPS", Viewers), Of(alice), Token)).Failed);
        stage.Jira.Writes.Refuse(400, "", "Must specify at least one group or one user.");
        var refused = await stage.Directory.AddMemberAsync(Role("OPS", Viewers), Of(alice), Token);
        Assert.Equal((ProblemCode.PolicyRefused, "Jira refuses it. Must specify at least one group or one user."), (refused.Problem!.Code, refused.Problem.Detail));
    }

    [Theory]
    [InlineData("cut after", 1)]
    [InlineData("cut before", 0)]
    [InlineData("502 after", 1)]
    public async Task Without_an_answer_nobody_claims_to_know_and_nothing_is_repeated(string how, int effects)
    {
        await using var stage = await StartAsync();
        var alice = stage.Jira.Site.AddPerson("alice");
        stage.Jira.Site.AddProject("OPS", "Operations", alice);
        stage.Jira.Site.SetActors("OPS", Developers, alice.AccountId);
        foreach (var change in new Func<Task>[]
        {
            () => stage.Directory.AddMemberAsync(Role("OPS", Viewers), Of(alice), Token),
            () => stage.Directory.RemoveMemberAsync(Role("OPS", Developers), Of(alice), Token),
        })
        {
            if (how == "cut after")
                stage.Jira.Writes.BreakOffAfterEffect();
            else if (how == "cut before")
                stage.Jira.Writes.BreakOffBeforeEffect();
            else
                stage.Jira.Writes.FailAfterEffect();
            await Assert.ThrowsAnyAsync<Exception>(change);
        }

        Assert.Equal(2 * effects, stage.Jira.Site.Effects.Count);
        Assert.Equal(2, stage.Jira.Requests.Count(r => !r.StartsWith("GET", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_busy_site_is_waited_for_as_long_as_it_asks_and_then_given_up()
    {
        await using var stage = await StartAsync();
        var alice = stage.Jira.Site.AddPerson("alice");
        stage.Jira.Site.AddProject("OPS", "Operations", alice);
        var began = stage.Time.GetUtcNow();
        stage.Jira.Writes.Busy(TimeSpan.FromSeconds(9));
        Assert.False((await stage.Directory.AddMemberAsync(Role("OPS", Viewers), Of(alice), Token)).Failed);
        Assert.Equal(TimeSpan.FromSeconds(9), stage.Time.GetUtcNow() - began);

        stage.Jira.Writes.Busy(TimeSpan.FromMinutes(10));
        Assert.Equal(ProblemCode.SystemUnavailable, (await stage.Directory.RemoveMemberAsync(Role("OPS", Viewers), Of(alice), Token)).Problem!.Code);
        stage.Jira.Writes.Refuse(401, "", "Client must be authenticated to access this resource.");
        Assert.Equal(ProblemCode.SystemUnavailable, (await stage.Directory.RemoveMemberAsync(Role("OPS", Viewers), Of(alice), Token)).Problem!.Code);
        Assert.Single(stage.Jira.Site.Effects);
    }
}
