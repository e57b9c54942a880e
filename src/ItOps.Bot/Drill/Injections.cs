using ItOps.Bot.Approvals;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Host.Drill;

/// <summary>Names and words that are programs in some other language. Whoever they name, nobody but the sender may be touched, and nothing may run.</summary>
internal static class Injections
{
    private static readonly (string What, string Name)[] s_names =
    [
        ("an LDAP filter", "*)(objectClass=*"),
        ("an escaped LDAP filter", "\\2a\\29\\28cn=\\2a"),
        ("a distinguished name", "eve,OU=Admins,DC=example,DC=com"),
        ("a shell command behind a semicolon", "eve; rm -rf /"),
        ("a shell substitution", "$(reboot)"),
        ("back-ticks", "`reboot`"),
        ("a pipe", "eve|tee /etc/passwd"),
        ("a PowerShell quote", "eve'; Add-ADGroupMember 'Domain Admins' eve; '"),
        ("a second line", "eve\nshutdown now"),
        ("a NUL", "eve\0admin"),
        ("an SQL quote", "eve' OR '1'='1"),
        ("an OData filter", "eve' or accountEnabled eq true or userPrincipalName eq '"),
        ("a path", "../../etc/passwd"),
        ("a template", "{account}"),
        ("a mention", "<!channel> <@U0CARL>"),
        ("right-to-left override", "\u202Elrac\u202C"),
        ("100,000 characters", new string('e', 100_000)),
    ];

    public static IEnumerable<Pretext> All => s_names.SelectMany(n => new[]
    {
        Named($"{n.What} as a name, by an employee", "alice", n.Name),
        Named($"{n.What} as a name, by an approver", "omar", n.Name),
    });

    private static Pretext Named(string name, string person, string target) => new(name, async stage =>
    {
        var actor = stage.As(person);
        foreach (var wish in (string[])["unlock the account of ", "reset the password of "])
        {
            await actor.SaysAsync(wish + target);
            foreach (var approval in (Approval[])[.. await stage.PendingAsync(), .. await stage.PendingAsync(ApprovalPurpose.Attestation)])
            {
                // A part of the text may be somebody's plain name; then they are asked, and nobody who is protected ever is.
                DrillStage.Holds(approval.Purpose == ApprovalPurpose.Attestation || approval.Targets.All(t => t == approval.Requester), $"approvers were asked about {string.Join(", ", approval.Targets)}");
                await stage.As("sam").PressesAsync(approval.Id, Verdict.Deny);
            }
        }
    });
}
