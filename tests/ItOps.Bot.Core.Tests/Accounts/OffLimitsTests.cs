using ItOps.Bot.Accounts;
using ItOps.Bot.Plans;
using ItOps.Bot.Secrets;

namespace ItOps.Bot.Core.Tests.Accounts;

/// <summary>I10: what chat must never touch is refused when it is shown and again when it is done.</summary>
public sealed class OffLimitsTests : AccountOperationsTestBase
{
    [Theory]
    [MemberData(nameof(EveryOperation))]
    public async Task A_privileged_account_is_refused(string operation) =>
        await IsRefused(operation, a => a with { IsPrivileged = true }, ProblemCode.PrivilegedTarget);

    [Theory]
    [MemberData(nameof(EveryOperation))]
    public async Task A_service_account_is_refused(string operation) =>
        await IsRefused(operation, a => a with { Kind = AccountKind.Service, Owner = null }, ProblemCode.ServiceAccount);

    [Theory]
    [MemberData(nameof(EveryOperation))]
    public async Task A_break_glass_account_is_refused(string operation) =>
        await IsRefused(operation, a => a with { Kind = AccountKind.BreakGlass }, ProblemCode.PrivilegedTarget);

    [Theory]
    [InlineData("account.unlock")]
    [InlineData("account.reset-password")]
    [InlineData("group.add-member")]
    public async Task A_disabled_account_is_given_nothing(string operation) =>
        await IsRefused(operation, a => a with { IsEnabled = false }, ProblemCode.AccountDisabled);

    [Theory]
    [InlineData("account.revoke-sessions")]
    [InlineData("group.remove-member")]
    public async Task From_a_disabled_account_something_may_still_be_taken(string operation)
    {
        await ExecuteAsync("group.add-member", Step());
        Directory.Change(Alice, a => a with { IsEnabled = false });

        Assert.NotEmpty((await PreviewAsync(operation)).Changes);
        var step = Step();
        await ExecuteAsync(operation, step);
        Assert.True((await VerifyAsync(operation, step)).Passed);
    }

    [Theory]
    [InlineData("group.add-member")]
    [InlineData("group.remove-member")]
    public async Task A_privileged_group_is_refused(string operation)
    {
        Directory.Put(new GroupSnapshot(Finance, "tier0-admins", "") { SystemName = "Directory", IsPrivileged = true });
        await IsRefused(operation, a => a, ProblemCode.PrivilegedTarget);
    }

    [Theory]
    [MemberData(nameof(EveryOperation))]
    public async Task What_became_privileged_after_the_preview_is_not_touched(string operation)
    {
        await PreviewAsync(operation);
        Directory.Change(Alice, a => a with { IsPrivileged = true });

        var output = await Operations.Find(operation)!.ExecuteAsync(Step(new Secret<string>("x")), Token);

        Assert.Equal(ProblemCode.PrivilegedTarget, output.Problem?.Code);
        Assert.Empty(Directory.Calls);
    }

    [Theory]
    [MemberData(nameof(EveryOperation))]
    public async Task An_account_that_is_not_there_is_named(string operation)
    {
        foreach (var id in new[] { new AccountId("directory", "nobody"), new AccountId("elsewhere", "A1") })
            await IsRefused(operation, ProblemCode.NoSuchAccount, Arguments(account: id));
    }

    [Theory]
    [InlineData("")]
    [InlineData("A1")]
    [InlineData("/A1")]
    [InlineData("directory/")]
    public async Task An_argument_that_is_no_object_id_is_refused(string account)
    {
        foreach (var operation in EveryOperation.Select(row => row.Data))
            await IsRefused(operation, ProblemCode.InvalidArguments, new StepArguments([new("account", account), new("group", Finance.ToString())]));
    }

    [Fact]
    public async Task A_group_must_exist_and_be_in_the_account_s_system()
    {
        await IsRefused("group.add-member", ProblemCode.NoSuchGroup, Arguments(group: new GroupId("directory", "G9")));
        await IsRefused("group.add-member", ProblemCode.InvalidArguments, Arguments(group: new GroupId("cloud", "G1")));
        await IsRefused("group.add-member", ProblemCode.InvalidArguments, new StepArguments([new("account", Alice.ToString())]));
    }

    private async Task IsRefused(string operation, Func<AccountSnapshot, AccountSnapshot> change, ProblemCode code)
    {
        Directory.Change(Alice, change);
        await IsRefused(operation, code, Arguments());
    }

    private async Task IsRefused(string operation, ProblemCode code, StepArguments arguments)
    {
        var found = Operations.Find(operation)!;
        Assert.Equal(code, (await found.PreviewAsync(arguments, Token)).Problem?.Code);
        Assert.Equal(code, (await found.ExecuteAsync(Step(new Secret<string>("Secret-password-1"), arguments), Token)).Problem?.Code);
        Assert.Empty(Directory.Calls);
    }
}
