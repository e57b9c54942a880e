using ItOps.Bot.Execution;
using ItOps.Bot.Requests;
using ItOps.Bot.Tests.Invariants.Setup;
using ItOps.Bot.Tests.Stories.Stage;

namespace ItOps.Bot.Tests.Invariants;

/// <summary>Where a run before a real directory is cut: at the journal on both sides of the call, and on the line in front of and behind the effect.</summary>
public enum Cut { BeforeStarted, AfterStarted, BeforeEffect, AfterEffect, BeforeSucceeded, AfterSucceeded }

/// <summary>I9 on a tenant of Entra: whichever change is made and wherever it is cut, it is made once and found again, and a password stays the one that was journaled.</summary>
public sealed class I09EntraTests
{
    [Theory]
    [MemberData(nameof(Cuts))]
    public async Task A_change_that_is_cut_is_made_once_and_found_again(string wish, string effect, Cut cut)
    {
        var commits = new WatchedCommits();
        await using var entra = await EntraBot.StartAsync(commits.Watch);
        var (alice, omar) = (entra.Bot.Person("alice"), entra.Bot.Person("omar"));
        if (effect == "remove")
            entra.Graph.Directory.Put(entra.Drive with { Members = [entra.Alice.Id] });
        await alice.Says(wish);
        if (effect is "add" or "remove")
            await alice.Taps("Finance");
        Assert.Single(await entra.Bot.PendingApprovalsAsync());
        switch (cut)
        {
            case Cut.BeforeStarted or Cut.AfterStarted:
                commits.DieAt("step.started", cut == Cut.BeforeStarted ? Death.BeforeStoring : Death.AfterStoring);
                break;
            case Cut.BeforeSucceeded or Cut.AfterSucceeded:
                commits.DieAt("step.succeeded", cut == Cut.BeforeSucceeded ? Death.BeforeStoring : Death.AfterStoring);
                break;
            case Cut.BeforeEffect:
                entra.Graph.Writes.BreakOffBeforeEffect();
                break;
            default:
                entra.Graph.Writes.BreakOffAfterEffect();
                break;
        }

        await omar.Approves();
        var passwords = new HashSet<string> { entra.Alice.Password };
        if (commits.IsDead)
            await entra.Bot.RestartAndTakeOverAsync();
        await entra.Bot.TimePassesAsync(TimeSpan.FromMinutes(1));

        var request = await entra.Bot.LastRequestAsync();
        var effects = entra.Graph.Directory.Effects;
        Assert.True(request.Status == RequestStatus.Succeeded, $"{cut}: {request.Status}");
        Assert.All(effects, e => Assert.Equal((effect, entra.Alice.Id), (e.What, e.User)));

        // A call whose answer was lost may be made again where the state is the same afterwards: the password from the journal, the end of all sessions.
        Assert.InRange(effects.Count, 1, effect is "password" or "revoke" ? 2 : 1);
        if (effect != "password")
            return;
        passwords.Add(entra.Alice.Password);
        passwords.Remove("Correct-horse-1");
        Assert.Equal(Assert.Single(passwords), (await alice.OpensLink()).Value.Value.Reveal());
    }

    public static TheoryData<string, string, Cut> Cuts()
    {
        var rows = new TheoryData<string, string, Cut>();
        foreach (var (wish, effect) in new[]
        {
            ("please reset my forgotten password", "password"), ("sign me out on all devices", "revoke"), ("block my hacked account", "block"),
            ("let me into the network drive", "add"), ("remove me from that folder share", "remove"),
        })
        {
            foreach (var cut in Enum.GetValues<Cut>())
                rows.Add(wish, effect, cut);
        }

        return rows;
    }
}
