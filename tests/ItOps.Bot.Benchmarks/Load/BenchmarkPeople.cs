using System.Globalization;
using System.Text;

namespace ItOps.Bot.Benchmarks.Load;

/// <summary>
/// An organisation of people without accounts, each known to Slack and Teams: enough of them that nobody writes more than a platform lets a bot answer
/// (about one message a second to each).
/// </summary>
internal static class BenchmarkPeople
{
    public const int Count = 20_000;
    public const string Team = "T0LAB";
    public const string Tenant = "5b0c9a1e-6f47-4d02-8c3a-71e2d94fb650";

    public static string SlackUser(int number) => string.Create(CultureInfo.InvariantCulture, $"U{number % Count:000000}");

    public static string SlackConversation(string user) => "D" + user[1..];

    public static string TeamsUser(int number) => string.Create(CultureInfo.InvariantCulture, $"00000000-0000-4000-8000-{number % Count:000000000000}");

    /// <summary>Writes them as the sandbox's file of people; returns its path.</summary>
    public static string Write(string folder)
    {
        var file = new StringBuilder();
        file.AppendLine(CultureInfo.InvariantCulture, $"practicePassword: Practice-makes-perfect-26\nslackTeam: {Team}\nteamsTenant: {Tenant}\npeople:");
        for (var n = 0; n < Count; n++)
        {
            file.AppendLine(CultureInfo.InvariantCulture,
                $"  - {{ id: P{n}, signInName: user{n}, givenName: User{n}, fullName: User {n}, email: user{n}@example.com, department: Lab, slack: {SlackUser(n)}, teams: {TeamsUser(n)} }}");
        }

        file.AppendLine("organisationGroups:\n  - { name: it-approvers, people: [user0, user1] }\n  - { name: security, people: [user0, user1] }");
        var path = Path.Combine(folder, "people.yaml");
        File.WriteAllText(path, file.ToString());
        return path;
    }
}
