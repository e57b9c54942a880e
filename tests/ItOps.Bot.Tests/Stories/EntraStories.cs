using ItOps.Bot.Channels;
using ItOps.Bot.Execution;
using ItOps.Bot.Requests;
using ItOps.Bot.Testing.Entra;
using ItOps.Bot.Testing.Teams;
using ItOps.Bot.Tests.Invariants.Setup;
using ItOps.Bot.Tests.Stories.Stage;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Tests.Stories;

/// <summary>The whole bot before a tenant of Entra: who people are, and what is done to their accounts, comes from there.</summary>
public sealed class EntraStories
{
    private const string StolenPassword = "somebody stole my password";

    [Fact]
    public async Task A_stolen_password_asked_for_and_approved_in_Teams_is_replaced_and_every_session_ended()
    {
        var time = BotHost.NewTime();
        await using var teams = await FakeBotConnector.StartAsync(time);
        await using var entra = await EntraBot.StartAsync(time: time, serves: true, more: teams.Settings.Select(s => KeyValuePair.Create(s.Key, s.Value ?? "")));
        using var line = new HttpClient { BaseAddress = entra.Bot.Url };
        teams.Connect(line, () => SettleAsync(entra.Bot));
        var (alice, omar) = (teams.User("alice", entra.Alice.Id), teams.User("omar", entra.Omar.Id));
        await alice.Installs();
        await omar.Installs();

        await alice.Says(StolenPassword);
        var card = await omar.SeesApproval("Reset the password of alice@contoso.example in Microsoft Entra ID");
        Assert.Contains("Alice Example", card.Text, StringComparison.Ordinal);
        Assert.Empty(entra.Graph.Directory.Effects);
        await omar.Approves();

        Assert.Equal([new("password", entra.Alice.Id), new GraphEffect("revoke", entra.Alice.Id)], entra.Graph.Directory.Effects);
        Assert.True(entra.Alice.ForceChange);
        Assert.Equal(time.GetUtcNow(), entra.Alice.SessionsValidFrom!.Value, TimeSpan.FromMinutes(1));
        await alice.Sees("Did that help?");
        var request = await entra.Bot.LastRequestAsync();
        Assert.Equal(RequestStatus.Succeeded, request.Status);
        Assert.DoesNotContain(alice.Chat.Posted, p => p.Json.ToJsonString().Contains(entra.Alice.Password, StringComparison.Ordinal));
        Assert.Contains("Done and verified", (await omar.SeesCard("Reset the password")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_owner_gets_the_password_that_the_tenant_took_and_nobody_else_does()
    {
        await using var entra = await EntraBot.StartAsync();
        var (alice, omar) = (entra.Bot.Person("alice"), entra.Bot.Person("omar"));

        await alice.Says("please reset my forgotten password");
        await omar.SeesApproval("Reset the password of alice@contoso.example");
        await omar.Approves();

        await alice.Sees("Did that help?");
        Assert.Equal(entra.Alice.Password, (await alice.OpensLink()).Value.Value.Reveal());
    }

    [Fact]
    public async Task Who_left_the_approvers_a_moment_ago_decides_about_nothing_any_more()
    {
        await using var entra = await EntraBot.StartAsync();
        var (alice, omar) = (entra.Bot.Person("alice"), entra.Bot.Person("omar"));
        await alice.Says("please reset my forgotten password");
        await omar.SeesApproval("Reset the password");

        var approvers = entra.Graph.Directory.Groups.Single(g => g.DisplayName == "GRP-IT-APPROVERS");
        entra.Graph.Directory.Put(approvers with { Members = [] });

        Assert.Equal(ProblemCode.NotAnApprover, (await omar.Approves()).Problem!.Code);
        Assert.Empty(entra.Graph.Directory.Effects);
    }

    [Fact]
    public async Task Nobody_asks_for_a_password_that_is_held_elsewhere()
    {
        await using var entra = await EntraBot.StartAsync();
        entra.Graph.Directory.Put(entra.Alice with { OnPremisesSyncEnabled = true });

        await entra.Bot.Person("alice").Says("please reset my forgotten password");

        await entra.Bot.Person("alice").Sees("None of your accounts that I can see lets me do that");
        Assert.Empty(await entra.Bot.PendingApprovalsAsync());
    }

    [Fact]
    public async Task Somebody_who_became_powerful_after_the_approval_is_not_touched()
    {
        await using var entra = await EntraBot.StartAsync();
        var (alice, omar) = (entra.Bot.Person("alice"), entra.Bot.Person("omar"));
        await alice.Says("please reset my forgotten password");
        await omar.SeesApproval("Reset the password");
        entra.Graph.Directory.AddRole("Global Administrator", entra.Alice.Id);

        await omar.Approves();

        Assert.Empty(entra.Graph.Directory.Effects);
        Assert.NotEqual(RequestStatus.Succeeded, (await entra.Bot.LastRequestAsync()).Status);
    }

    private static async Task SettleAsync(BotHost bot)
    {
        var errands = bot.Services.GetRequiredService<Errands>();
        do
        {
            await errands.WhenIdleAsync();
            await bot.SettleAsync();
        }
        while (!errands.WhenIdleAsync().IsCompleted);
    }
}
