using ItOps.Bot.Accounts;
using ItOps.Bot.Execution;
using ItOps.Bot.Plans;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Executors.Tests.Sandbox;

public sealed class NestedGroupsTests : SandboxTestBase
{
    [Fact]
    public async Task A_member_of_a_group_inside_a_privileged_one_is_privileged_even_in_a_circle()
    {
        await SeedAsync();

        Assert.True((await ReadAsync(Carl)).IsPrivileged);
        Assert.False((await ReadAsync(Bob)).IsPrivileged);
        Assert.True(await Directory.IsMemberAsync(Admins, Carl, direct: false, Token));
        Assert.False(await Directory.IsMemberAsync(Admins, Carl, direct: true, Token));
    }

    [Fact]
    public async Task A_group_inside_a_privileged_one_is_privileged_itself()
    {
        await SeedAsync();
        var groups = (await Directory.GroupsAsync(Token)).ToDictionary(g => g.Name, g => g.IsPrivileged);
        Assert.Equal(new Dictionary<string, bool> { ["finance-leads"] = true, ["finance-write"] = false, ["tier0-admins"] = true }, groups);
    }

    [Fact]
    public async Task Becoming_a_member_somewhere_deep_makes_an_account_off_limits_at_once()
    {
        await SeedAsync();
        var operations = new ServiceCollection().AddAccountOperations().AddSingleton(Directory).AddSingleton<OperationCatalog>()
            .BuildServiceProvider().GetRequiredService<OperationCatalog>();
        var step = new StepExecution(new StepArguments([new("account", Alice.ToString())]), null, Clock.GetUtcNow(), (_, _) => Task.CompletedTask);
        Assert.Null((await operations.Find("account.unlock")!.PreviewAsync(step.Arguments, Token)).Problem);

        await Directory.AddMemberAsync(Leads, Alice, Token);

        Assert.Equal(ProblemCode.PrivilegedTarget, (await operations.Find("account.unlock")!.ExecuteAsync(step, Token)).Problem?.Code);
        Assert.NotNull((await ReadAsync(Alice)).LockedSince);
    }

    [Fact]
    public async Task Adding_and_removing_count_once_each()
    {
        await SeedAsync();
        await Directory.AddMemberAsync(Finance, Bob, Token);
        await Directory.AddMemberAsync(Finance, Bob, Token);
        await Directory.RemoveMemberAsync(Finance, Bob, Token);
        await Directory.RemoveMemberAsync(Finance, Bob, Token);

        Assert.Equal(["D2 add-member", "D2 remove-member"], State.Effects.Select(e => $"{e.ObjectId} {e.Operation}"));
    }

    [Fact]
    public async Task A_group_says_what_it_opens_and_who_owns_that()
    {
        await SeedAsync();
        var group = (await Directory.ReadGroupAsync(Finance, Token))!;
        Assert.Equal(MonaId, Assert.Single(group.Owners));
        Assert.Equal(("shared-drive", "Finance", "write", "G:"), (group.Resource!.Type, group.Resource.Name, group.Resource.Permission, group.Resource.Aliases[0]));
        Assert.Null(await Cloud.ReadGroupAsync(Finance, Token));
    }
}
