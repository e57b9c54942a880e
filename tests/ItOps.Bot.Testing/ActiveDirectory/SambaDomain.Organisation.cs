using System.Globalization;
using System.Text;

namespace ItOps.Bot.Testing.ActiveDirectory;

/// <summary>Who is in the domain.</summary>
public sealed partial class SambaDomain
{
    private static readonly (string Account, string Given, string Surname, string More)[] s_people =
    [
        ("bob", "Bob", "Baker", "department: Finance\n"),
        ("alice", "Alice", "Example", $"department: Finance\nmanager: CN=bob,{Staff}\n"),
        ("omar", "Omar", "Haddad", "department: IT\n"),
        ("sam", "Sam", "Okafor", "department: IT\n"),
        ("carol", "Carol", "Jones", ""),
        ("grace", "Grace", "Hall", ""),
        ("zoe", "Zoë", "Müller", ""),
        ("dave", "Dave", "Nested", ""),
        ("tina", "Tina", "Tier", ""),
        ("primary", "Petra", "Primary", ""),
        ("never", "Nina", "Never", ""),
        ("gone", "Gustav", "Gone", ""),
    ];

    private static readonly (string Group, string Place, string[] Members, string More)[] s_groups =
    [
        ("Finance-Write", Groups, ["carol"], $"description: The finance drive\nmanagedBy: CN=bob,{Staff}\n"),
        ("Finance-Team", Groups, ["grace"], ""),
        ("Night-Shift", Groups, ["dave"], ""),
        ("Hidden-Power", Groups, [], ""),
        ("Tier0", Groups, ["tina", "Hidden-Power"], ""),
        ("Helpdesk", Policies, ["sam"], ""),
        ("it-approvers", Policies, ["omar", "Helpdesk"], ""),
        ("security", Policies, ["sam"], ""),
    ];

    /// <summary>An organisation with each kind of person, and a service account that has no more than what the guide delegates.</summary>
    private async Task PopulateAsync()
    {
        var ldif = new StringBuilder();
        foreach (var place in (string[])[Staff, "OU=Robots," + Staff, Groups, Policies, "OU=Admins," + Domain])
            ldif.Append($"dn: {place}\nchangetype: add\nobjectClass: organizationalUnit\n\n");
        foreach (var (account, given, surname, more) in s_people)
            ldif.Append(User(account, Staff, $"givenName: {given}\nsn: {surname}\ndisplayName: {given} {surname}\nmail: {account}@lab.example\n{more}"));
        ldif.Append(User("robot", "OU=Robots," + Staff, "")).Append(User("crawler", Staff, "servicePrincipalName: HTTP/crawler.lab.example\n"));
        ldif.Append(User("firecall", Staff, "")).Append(User("root-dave", "OU=Admins," + Domain, "")).Append(User("itops-bot", "CN=Users," + Domain, "", BotPassword));
        foreach (var (group, place, members, more) in s_groups)
            ldif.Append($"dn: CN={group},{place}\nchangetype: add\nobjectClass: group\nsAMAccountName: {group}\n{string.Concat(members.Select(m => $"member: {PlaceOf(m)}\n"))}{more}\n");
        ldif.Append($"dn: CN=Backup Operators,CN=Builtin,{Domain}\nchangetype: modify\nadd: member\nmember: CN=Night-Shift,{Groups}\n\n");

        ldif.Append($"dn: CN=Domain Admins,CN=Users,{Domain}\nchangetype: modify\nadd: member\nmember: {PlaceOf("primary")}\n\n");
        ldif.Append($"dn: {PlaceOf("primary")}\nchangetype: modify\nreplace: primaryGroupID\nprimaryGroupID: 512\n\n");
        foreach (var (account, control) in ((string, int)[])[("never", 0x10200), ("gone", 0x202)])
            ldif.Append(CultureInfo.InvariantCulture, $"dn: {PlaceOf(account)}\nchangetype: modify\nreplace: userAccountControl\nuserAccountControl: {control}\n\n");

        // Domains that were upgraded or hardened let ordinary accounts read little of others: what the bot needs must come from what is delegated to it.
        ldif.Append($"dn: CN=Pre-Windows 2000 Compatible Access,CN=Builtin,{Domain}\nchangetype: modify\ndelete: member\nmember: CN=S-1-5-11,CN=ForeignSecurityPrincipals,{Domain}\n\n");
        ldif.Append($"dn: {Domain}\nchangetype: modify\nreplace: lockoutThreshold\nlockoutThreshold: {LockoutThreshold}\n-\nreplace: minPwdAge\nminPwdAge: 0\n\n");
        await ChangeAsync(ldif.ToString());
        await DelegateAsync();
    }

    /// <summary>As in docs/connecting-active-directory.md.</summary>
    private async Task DelegateAsync()
    {
        const string User = "bf967aba-0de6-11d0-a285-00aa003049e2";
        const string Group = "bf967a9c-0de6-11d0-a285-00aa003049e2";
        var bot = (await ReadAsync("itops-bot", "objectSid")).Single(l => l.StartsWith("objectSid: ", StringComparison.Ordinal))["objectSid: ".Length..];
        await ToolAsync("dsacl", "set", $"--objectdn={Staff}", "--sddl=" + string.Concat(
            $"(OA;CIIO;RP;;{User};{bot})",
            $"(OA;CIIO;CR;00299570-246d-11d0-a768-00aa006e0529;{User};{bot})",
            $"(OA;CIIO;WP;bf967a0a-0de6-11d0-a285-00aa003049e2;{User};{bot})",
            $"(OA;CIIO;WP;28630ebf-41d5-11d1-a9c1-0000f80367c1;{User};{bot})",
            $"(OA;CIIO;WP;bf967a68-0de6-11d0-a285-00aa003049e2;{User};{bot})"));
        await ToolAsync("dsacl", "set", $"--objectdn={Groups}", $"--sddl=(OA;CIIO;WP;bf9679c0-0de6-11d0-a285-00aa003049e2;{Group};{bot})");
    }

    private static string User(string account, string place, string more, string password = PeoplePassword) =>
        $"dn: CN={account},{place}\nchangetype: add\nobjectClass: user\nsAMAccountName: {account}\nuserPrincipalName: {account}@lab.example\nuserAccountControl: 512\n{more}{UnicodePassword(password)}\n";

    private static string UnicodePassword(string password) => $"unicodePwd:: {Convert.ToBase64String(Encoding.Unicode.GetBytes($"\"{password}\""))}\n";

    private static string PlaceOf(string name) =>
        s_groups.FirstOrDefault(g => g.Group == name) is { Group: not null } group ? $"CN={name},{group.Place}" : name.StartsWith("root-", StringComparison.Ordinal) ? $"CN={name},OU=Admins,{Domain}" : $"CN={name},{Staff}";
}
