using ItOps.Bot.Accounts;
using ItOps.Bot.Core.Tests.Accounts;
using ItOps.Bot.Execution;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Core.Tests.Execution;

public sealed class OperationCatalogTests : AccountOperationsTestBase
{
    [Fact]
    public void Operations_are_found_by_their_exact_id()
    {
        Assert.All(Operations.Descriptors, descriptor => Assert.Equal(descriptor, Operations.Find(descriptor.Id)?.Descriptor));
        Assert.Null(Operations.Find("account.delete"));
        Assert.Null(Operations.Find("Account.Unlock"));
    }

    [Fact]
    public void Two_operations_with_one_id_stop_the_start()
    {
        var twice = new UnlockAccount(new AccountDirectories([]));
        var thrown = Assert.Throws<InvalidOperationException>(() => new OperationCatalog([twice, twice]));
        Assert.Contains("account.unlock", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_operation_can_be_shown_and_its_undoing_exists()
    {
        Assert.All(Operations.Descriptors, descriptor =>
        {
            Assert.Contains("{target}", descriptor.Title, StringComparison.Ordinal);
            Assert.Contains("{system}", descriptor.Title, StringComparison.Ordinal);
            Assert.NotEmpty(descriptor.Risk.Reason);
            Assert.Equal(OperationEffect.Changes, descriptor.Effect);
            Assert.Contains(descriptor.Arguments, argument => argument is { Name: "account", Kind: ArgumentKind.Account, Required: true });
            if (descriptor.UndoneBy is { } undo)
                Assert.NotNull(Operations.Find(undo));
        });
    }

    [Fact]
    public void The_account_operations_are_registered_by_one_call()
    {
        var operations = new ServiceCollection().AddAccountOperations()
            .Where(service => service.ServiceType == typeof(IOperation)).Select(service => service.ImplementationType!.Name).Order();
        Assert.Equal(["AddGroupMember", "BlockAccount", "RemoveGroupMember", "ResetPassword", "RevokeSessions", "UnlockAccount"], operations);
    }
}
