using ItOps.Bot.Approvals;
using ItOps.Bot.Host.Composition;
using ItOps.Bot.Requests;
using ItOps.Bot.Tests.Invariants.Setup;
using ItOps.Bot.Tests.Stories.Stage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Tests.Invariants;

/// <summary>I7: whatever is missing that guards, there is no start or no action, and the key is named.</summary>
public sealed class I07FailClosedTests
{
    private const string TwoAccesses = "I need developer access to the jira project FIN and write access to the finance share";

    [Theory]
    [InlineData("Executors:Sandbox:PeopleFile", "/nowhere/people.yaml")]
    [InlineData("Storage:Provider", "oracle")]
    [InlineData("Knowledge:Retriever", "crystal-ball")]
    [InlineData("Executors:Sandbox:Enabled", "perhaps")]
    public async Task A_setting_that_cannot_be_right_stops_the_start_and_is_named(string key, string value)
    {
        var stopped = await Assert.ThrowsAnyAsync<Exception>(() => BotHost.StartAsync(settings: new() { [key] = value }));

        Assert.Contains(key, stopped.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_policy_that_is_missing_stops_the_start_and_is_named()
    {
        var stopped = await Assert.ThrowsAnyAsync<Exception>(() => BotHost.StartAsync(settings: new() { ["Approvals:PolicyFile"] = "/nowhere/approvals.yaml" }));

        Assert.Contains("/nowhere/approvals.yaml", stopped.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("version: 1\nrules: []\n")]
    [InlineData("version: 1\nhandOffGroup: it-approvers\nsecurityGroup: security\nrules:\n  - name: x\n    operations: [account.*]\n    groups: [it-approvers]\n    quorum: 0\n")]
    [InlineData("version: 1\nhandOffGroup: it-approvers\nsecurityGroup: security\nrules:\n  - name: x\n    operations: [account.*]\n    quroum: 2\n    groups: [it-approvers]\n")]
    [InlineData("{ this is no yaml")]
    public async Task A_broken_policy_stops_the_start_and_is_named(string policy)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, policy, TestContext.Current.CancellationToken);

        var stopped = await Assert.ThrowsAnyAsync<Exception>(() => BotHost.StartAsync(settings: new() { ["Approvals:PolicyFile"] = file }));

        Assert.Contains(Path.GetFileName(file), stopped.Message, StringComparison.Ordinal);
        File.Delete(file);
    }

    [Theory]
    [InlineData("people: [ { id: P1 } ]")]
    [InlineData("people: nobody")]
    [InlineData("")]
    public async Task A_broken_file_of_people_stops_the_start_and_is_named(string people)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, people, TestContext.Current.CancellationToken);

        var stopped = await Assert.ThrowsAsync<SettingException>(() => BotHost.StartAsync(settings: new() { ["Executors:Sandbox:PeopleFile"] = file }));

        Assert.Contains("Executors:Sandbox:PeopleFile", stopped.Message, StringComparison.Ordinal);
        File.Delete(file);
    }

    [Fact]
    public void Production_without_a_source_of_identities_does_not_start()
    {
        var nothing = new ConfigurationBuilder().Build();

        var stopped = Assert.Throws<SettingException>(() => BotSettings.From(nothing, isDevelopment: false, AppContext.BaseDirectory));

        Assert.Contains("Identity:Source", stopped.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Production_with_the_practice_directory_does_not_start()
    {
        var sandbox = new ConfigurationBuilder().AddInMemoryCollection([new("Executors:Sandbox:Enabled", "true")]).Build();

        var stopped = Assert.ThrowsAny<Exception>(() =>
        {
            var settings = BotSettings.From(sandbox, isDevelopment: false, AppContext.BaseDirectory);
            new ServiceCollection().AddLogging().AddBot(settings, sandbox);
        });

        Assert.Contains("Executors:Sandbox:Enabled", stopped.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_that_no_rule_covers_is_refused()
    {
        await using var bot = await BotHost.StartAsync(s => s.AddSingleton(Policies.Of(operations: "group.*")));

        await bot.Person("alice").Says("im locked out");
        await bot.Person("alice").Taps("alice in Directory");

        await RefusedForWantOfAnApproverAsync(bot);
    }

    [Fact]
    public async Task A_rule_whose_group_is_empty_or_unknown_lets_nothing_be_asked()
    {
        await using var bot = await BotHost.StartAsync(s => s.AddSingleton(Policies.Of(groups: ["no-such-group"])));

        await bot.Person("alice").Says("im locked out");
        await bot.Person("alice").Taps("alice in Directory");

        await RefusedForWantOfAnApproverAsync(bot);
    }

    [Fact]
    public async Task A_quorum_that_cannot_be_reached_is_refused_at_once()
    {
        await using var bot = await BotHost.StartAsync(s => s.AddSingleton(Policies.Of(quorum: 3)));

        await bot.Person("alice").Says("im locked out");
        await bot.Person("alice").Taps("alice in Directory");

        await RefusedForWantOfAnApproverAsync(bot);
    }

    [Fact]
    public async Task A_policy_that_changed_between_approval_and_card_asks_for_another_plan()
    {
        var policy = Policies.Of();
        await using var bot = await BotHost.StartAsync(s => s.AddSingleton(policy));
        var first = await bot.AliceAsksForAnUnlockAsync();
        await bot.Person("alice").Says("cancel");

        policy = policy with { Version = 8 };
        await bot.RestartAsync();
        var second = await bot.AliceAsksForAnUnlockAsync();

        Assert.NotEqual(first.Digest, second.Digest);
    }

    [Fact]
    public async Task One_person_cannot_flood_approvers_security_or_the_help_desk()
    {
        await using var bot = await BotHost.StartAsync(s => s.AddSingleton(Policies.Of(requestsPerHour: 3)));
        var carl = bot.Person("carl");
        for (var i = 0; i < 10; i++)
        {
            await carl.Says("reset my password");
            await carl.Says("start over");
            await carl.Says("human please");
        }

        Assert.Equal(3, (await bot.RequestsAsync()).Count);
        Assert.True(await carl.TimesSeen(Replies.Words.English.Refusal(ProblemCode.TooManyRequests, null)) > 0);
    }

    [Fact]
    public async Task Many_wishes_in_one_message_are_as_many_requests()
    {
        await using var bot = await BotHost.StartAsync(s => s.AddSingleton(Policies.Of(requestsPerHour: 1, operations: "group.*")));
        var bob = bot.Person("bob");

        await bob.Says(TwoAccesses);

        Assert.Single(await bot.RequestsAsync());
        await bob.Sees(Replies.Words.English.Refusal(ProblemCode.TooManyRequests, null));
    }

    [Fact]
    public async Task Two_wishes_of_one_message_count_as_two_on_the_same_person()
    {
        await using var bot = await BotHost.StartAsync(s => s.AddSingleton(Policies.WithoutLimits with { Limits = [new(["group.add-member"], 1, TimeSpan.FromHours(24))] }));

        await bot.Person("alice").Says(TwoAccesses);

        Assert.Single(await bot.PendingApprovalsAsync());
        Assert.Equal(nameof(ProblemCode.TargetTooOften), Assert.Single(await bot.AuditAsync("request.refused")).Facts["why"]);
    }

    private static async Task RefusedForWantOfAnApproverAsync(BotHost bot)
    {
        await bot.Person("alice").Sees(Replies.Words.English.Refusal(ProblemCode.NoApprover, null));
        Assert.Empty(await bot.RequestsAsync());
        Assert.Empty(await bot.PendingApprovalsAsync());
        Assert.Contains("request.refused", await bot.AuditedAsync());
    }
}
