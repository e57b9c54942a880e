using System.Text.Json.Nodes;
using ItOps.Bot.Accounts;
using ItOps.Bot.Secrets;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Tests.Stories.Stage;

/// <summary>What really happened in the sandbox, counted in its ledger of effects, and what somebody may do to it behind the bot's back.</summary>
public sealed class SandboxView(ISandboxState state, AccountDirectories directories, IPracticeSignIn signIn)
{
    public static SandboxView Of(IServiceProvider services) =>
        ActivatorUtilities.CreateInstance<SandboxView>(services);

    public async Task<AccountSnapshot> AccountAsync(string name, string system = "directory") =>
        Assert.Single(await directories.Find(system)!.FindByNameAsync(name, CancellationToken.None));

    public async Task<int> TimesAsync(string operation, string name, string system = "directory")
    {
        var account = await AccountAsync(name, system);
        return (await state.EffectsAsync(CancellationToken.None)).Count(e => e.ObjectId == account.Id.ObjectId && e.Operation == operation);
    }

    public async Task<int> EffectsAsync() => (await state.EffectsAsync(CancellationToken.None)).Count;

    public async Task<bool> IsMemberAsync(string name, string group)
    {
        var directory = directories.Find("directory")!;
        var found = Assert.Single(await directory.GroupsAsync(CancellationToken.None), g => g.Name == group);
        return await directory.IsMemberAsync(found.Id, (await AccountAsync(name)).Id, direct: true, CancellationToken.None);
    }

    /// <summary>Tries a password as a workstation would.</summary>
    public Task<PracticeOutcome> SignsInAsync(string name, Secret<string> password, string system = "directory") =>
        signIn.TryAsync(system, name, password, CancellationToken.None);

    /// <summary>Somebody guesses until the account is locked.</summary>
    public async Task GetsLockedAsync(string name, string system = "directory")
    {
        for (var i = 0; (await AccountAsync(name, system)).LockedSince is null; i++)
        {
            Assert.InRange(i, 0, 20);
            await SignsInAsync(name, new("not-it"), system);
        }
    }

    /// <summary>"policy": the system refuses every new password; "unavailable": it refuses everything.</summary>
    public async Task RefusesAsync(string why, string system = "directory")
    {
        var before = await state.FindAsync("system", system, CancellationToken.None);
        Assert.True(await state.WriteAsync([new("system", system, (before?.Version ?? 0) + 1, $$"""{"refuses":"{{why}}"}""")], [], CancellationToken.None));
    }

    public async Task SomebodyUnlocksAsync(string name) =>
        Assert.False((await directories.Find("directory")!.UnlockAsync((await AccountAsync(name)).Id, CancellationToken.None)).Failed);

    /// <summary>Makes an account privileged in a roundabout way: a member of finance-leads, which is in tier0-admins.</summary>
    public async Task BecomesPrivilegedAsync(string name)
    {
        var account = await AccountAsync(name);
        var group = Assert.Single(await state.AllAsync("group", CancellationToken.None), g => g.Id == "G4902");
        var json = JsonNode.Parse(group.Json)!;
        json["members"]!.AsArray().Add(account.Id.ObjectId);
        Assert.True(await state.WriteAsync([group with { Version = group.Version + 1, Json = json.ToJsonString() }], [], CancellationToken.None));
    }
}
