using ItOps.Bot.Accounts;
using Microsoft.Extensions.Hosting;

namespace ItOps.Bot.Executors.Sandbox;

/// <summary>Fills the sandbox at start. What is stored already stays as it is, so that a restart forgets nothing.</summary>
internal sealed class SandboxSeeder(SandboxSeed seed, SandboxDocuments documents, SandboxOptions options, TimeProvider time) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await SeedAccountsAsync(cancellationToken);
        await SeedGroupsAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task SeedAccountsAsync(CancellationToken cancellationToken)
    {
        var stored = (await documents.AllAsync(SandboxDocuments.Account, cancellationToken)).Select(a => a.ObjectId).ToHashSet(StringComparer.Ordinal);
        var missing = seed.Accounts.Where(a => !stored.Contains(a.Id.ObjectId)).ToList();
        if (missing.Count == 0)
            return;

        // One hash for all: they have the same practice password by design, and a start should not take a second.
        var hash = PasswordHash.Of(seed.PracticePassword.Reveal(), options.PasswordIterations);
        var now = time.GetUtcNow();
        foreach (var account in missing)
        {
            var document = new SandboxAccount(account.Id.ObjectId, account.Id.System, account.Name)
            {
                Owner = account.Owner?.Value,
                Kind = account.Kind,
                Enabled = account.Enabled,
                BadAttempts = account.BadAttempts,
                LockedSince = now - account.LockedFor,
                PasswordHash = hash,
                PasswordLastSet = now - account.PasswordAge,
                Sessions = account.Sessions,
            };
            await documents.CreateAsync(SandboxDocuments.Account, document.ObjectId, document, cancellationToken);
        }
    }

    private async Task SeedGroupsAsync(CancellationToken cancellationToken)
    {
        var stored = (await documents.AllAsync(SandboxDocuments.Group, cancellationToken)).Select(g => g.ObjectId).ToHashSet(StringComparer.Ordinal);
        foreach (var group in seed.Groups.Where(g => !stored.Contains(g.Id.ObjectId)))
        {
            var document = new SandboxGroup(group.Id.ObjectId, group.Id.System, group.Name, group.Description)
            {
                Privileged = group.IsPrivileged,
                Owners = [.. group.Owners.Select(owner => owner.Value)],
                Members = group.Members,
                Groups = group.Groups,
                Resource = group.Resource,
            };
            await documents.CreateAsync(SandboxDocuments.Group, document.ObjectId, document, cancellationToken);
        }
    }
}
