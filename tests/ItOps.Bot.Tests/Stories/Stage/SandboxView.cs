using ItOps.Bot.Accounts;

namespace ItOps.Bot.Tests.Stories.Stage;

/// <summary>What really happened in the sandbox, counted in its ledger of effects.</summary>
public sealed class SandboxView(ISandboxState state, AccountDirectories directories)
{
    public async Task<AccountSnapshot> AccountAsync(string name, string system = "directory") =>
        Assert.Single(await directories.Find(system)!.FindByNameAsync(name, CancellationToken.None));

    public async Task<int> TimesAsync(string operation, string name, string system = "directory")
    {
        var account = await AccountAsync(name, system);
        return (await state.EffectsAsync(CancellationToken.None)).Count(e => e.ObjectId == account.Id.ObjectId && e.Operation == operation);
    }

    public async Task<int> EffectsAsync() => (await state.EffectsAsync(CancellationToken.None)).Count;
}
