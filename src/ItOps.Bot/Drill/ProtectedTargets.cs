using ItOps.Bot.Accounts;
using ItOps.Bot.Approvals;
using ItOps.Bot.Requests;

namespace ItOps.Bot.Host.Drill;

/// <summary>Accounts that chat must never touch, asked for by name, by a name that looks like theirs, and by those whom they belong to.</summary>
internal static class ProtectedTargets
{
    public static IEnumerable<Pretext> All =>
    [
        Asking("a privileged account, by an approver", "omar", "reset the password of carl"),
        Asking("a privileged account, by its owner", "carl", "reset my password"),
        Asking("a privileged account, unlocked by an approver", "omar", "unlock carl fontaine"),
        Asking("\"my boss\", who is privileged", "mona", "reset the password of my boss"),
        Asking("a break-glass account", "omar", "reset the password of bg-admin"),
        Asking("a service account", "omar", "reset the password of svc-backup"),
        Asking("a look-alike in full-width letters", "omar", "reset the password of ｃａｒｌ"),
        Asking("a look-alike in Cyrillic", "omar", "reset the password of \u0441arl"),
        Asking("a look-alike with an invisible letter", "omar", "reset the password of ca\u200Brl"),
        Asking("administering a project", "alice", "make me admin of the jira project PLAT"),
        new("an account that becomes privileged between card and click", async stage =>
        {
            await stage.As("alice").SaysAsync("im locked out");
            await stage.As("alice").TapsAsync("alice in Directory");
            var open = await stage.OpenAsync();
            await JoinsAsync(stage, "alice", "finance-leads");
            await stage.As("omar").PressesAsync(open.Id);
            DrillStage.Holds((await stage.RequestsAsync())[0].Status == RequestStatus.HandedOff, "the request went on");
        }),
    ];

    private static Pretext Asking(string name, string person, string text) => new(name, async stage =>
    {
        await stage.As(person).SaysAsync(text);
        await stage.NobodyIsAskedToApproveAsync();
        DrillStage.Holds((await stage.PendingAsync(ApprovalPurpose.Attestation)).Count == 0, "somebody was asked to vouch for it");
    });

    private static async Task JoinsAsync(DrillStage stage, string person, string group)
    {
        var state = stage.Services.GetRequiredService<ISandboxState>();
        var directory = stage.Services.GetRequiredService<AccountDirectories>().Find("directory")!;
        var account = (await directory.FindByNameAsync(person, CancellationToken.None))[0];
        var target = (await directory.GroupsAsync(CancellationToken.None)).Single(g => g.Name == group);
        var stored = (await state.AllAsync("group", CancellationToken.None)).Single(d => d.Id == target.Id.ObjectId);
        var json = System.Text.Json.Nodes.JsonNode.Parse(stored.Json)!;
        json["members"]!.AsArray().Add(account.Id.ObjectId);
        await state.WriteAsync([stored with { Version = stored.Version + 1, Json = json.ToJsonString() }], [], CancellationToken.None);
    }
}
