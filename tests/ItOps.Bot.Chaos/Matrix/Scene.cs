using System.Globalization;
using ItOps.Bot.Chaos.Matrix.Targets;

namespace ItOps.Bot.Chaos.Matrix;

/// <summary>The folder in which one case plays: the bot's database, its people, whose account is whose, the runbooks that are shipped and one more.</summary>
internal static class Scene
{
    /// <summary>The sandbox's people where the accounts are elsewhere: nobody is asked which of two accounts is meant.</summary>
    private const string People = """
        practicePassword: Practice-makes-perfect-26
        people:
          - { id: P1001, signInName: alice, givenName: Alice, fullName: Alice Arden, email: alice@example.com, department: Finance, manager: mona }
          - { id: P1003, signInName: omar, givenName: Omar, fullName: Omar Haddad, email: omar@example.com, department: IT }
          - { id: P1004, signInName: sam, givenName: Sam, fullName: Sam Okafor, email: sam@example.com, department: IT }
          - { id: P1007, signInName: mona, givenName: Mona, fullName: Mona Petrov, email: mona@example.com, department: Finance }
        organisationGroups:
          - { name: it-approvers, people: [omar] }
          - { name: security, people: [sam] }

        """;

    /// <summary>No runbook that is shipped ends sessions and does nothing else.</summary>
    private const string SignOut = """
        ---
        id: sign_out
        version: 1
        title: Sign out everywhere
        summary: End all sessions of an account
        utterances:
          - sign me out on all devices
          - sign me out everywhere
        parameters:
          - name: person
            kind: person
            ask: Who?
            slot: user
          - name: account
            kind: account
            ask: Which account?
            slot: system
        steps:
          - run: account.revoke-sessions
            with:
              account: "{account}"
        done: You are signed out everywhere.
        ---
        Background.

        """;

    public static IReadOnlyDictionary<string, string> Write(string folder, Target target)
    {
        var runbooks = Path.Combine(folder, "runbooks");
        var shipped = Path.Combine(AppContext.BaseDirectory, "data", "runbooks");
        foreach (var file in Directory.EnumerateFiles(shipped, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(runbooks, Path.GetRelativePath(shipped, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        File.WriteAllText(Path.Combine(runbooks, "access", "sign_out.md"), SignOut);
        var settings = new Dictionary<string, string>(target.Settings) { ["Knowledge:RunbookFolder"] = runbooks };
        if (target.Key is not { } key)
            return settings;
        settings["Executors:Sandbox:PeopleFile"] = Path.Combine(folder, "people.yaml");
        File.WriteAllText(settings["Executors:Sandbox:PeopleFile"], People);
        settings["Identity:BindingsFile"] = Path.Combine(folder, "bindings.yaml");
        File.WriteAllText(settings["Identity:BindingsFile"], string.Create(CultureInfo.InvariantCulture, $"people:\n  - person: alice\n    accounts:\n      {target.System}: \"{key}\"\n"));
        return settings;
    }
}
