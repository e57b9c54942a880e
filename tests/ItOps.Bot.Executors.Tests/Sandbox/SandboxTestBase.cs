using ItOps.Bot.Accounts;
using ItOps.Bot.Executors.Sandbox;
using ItOps.Bot.People;
using ItOps.Bot.Secrets;
using ItOps.Bot.Testing.Accounts;
using ItOps.Bot.Testing.Time;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Executors.Tests.Sandbox;

/// <summary>A small organisation: alice (locked) and bob, a service account, a drive, and tier0-admins that nest finance-leads that nest carl.</summary>
public abstract class SandboxTestBase
{
    internal const string FirstPassword = "Practice-makes-perfect";

    protected static readonly PersonId AliceId = new("P1");
    protected static readonly PersonId MonaId = new("P3");
    protected static readonly AccountId Alice = new("directory", "D1");
    protected static readonly AccountId Bob = new("directory", "D2");
    protected static readonly AccountId Carl = new("directory", "D3");
    protected static readonly AccountId AliceInCloud = new("cloud", "C1");
    protected static readonly GroupId Finance = new("directory", "G1");
    protected static readonly GroupId Leads = new("directory", "G2");
    protected static readonly GroupId Admins = new("directory", "G3");

    protected SandboxTestBase()
    {
        Documents = new SandboxDocuments(State);
        Directory = new SandboxDirectory("directory", "Directory", Documents, Options, Clock);
        Cloud = new SandboxDirectory("cloud", "Cloud", Documents, Options, Clock);
        SignIn = new PracticeSignIn(Documents, Options, Clock);
    }

    internal FakeTimeProvider Clock { get; } = new();

    internal InMemorySandboxState State { get; } = new();

    internal SandboxOptions Options { get; } = new(PasswordIterations: 1_000);

    internal SandboxDocuments Documents { get; }

    protected IAccountDirectory Directory { get; }

    protected IAccountDirectory Cloud { get; }

    protected IPracticeSignIn SignIn { get; }

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    protected static SandboxSeed Seed { get; } = new()
    {
        PracticePassword = new Secret<string>(FirstPassword),
        People =
        [
            Person("P1", "alice", "Alice", "Alice Arden", "P3"),
            Person("P2", "bob", "Bob", "Bob Brandt", "P3"),
            Person("P3", "mona", "Mona", "Mona Petrov", null),
            Person("P4", "alexk", "Alex", "Alex Kim", null),
            Person("P5", "akim", "Alex", "Alex Kim", null),
            Person("P6", "jose", "José", "José Núñez", null),
        ],
        OrganisationGroups =
        [
            new OrganisationGroup("it-approvers", [new PersonId("P2")], ["it-leads"]),
            new OrganisationGroup("it-leads", [new PersonId("P3")], ["it-approvers"]),
        ],
        Accounts =
        [
            new SandboxAccountSeed(Alice, "alice", new PersonId("P1")) { BadAttempts = 5, LockedFor = TimeSpan.FromMinutes(12), Sessions = 2 },
            new SandboxAccountSeed(AliceInCloud, "alice", new PersonId("P1")),
            new SandboxAccountSeed(Bob, "bob", new PersonId("P2")) { PasswordAge = TimeSpan.FromDays(40), Sessions = 1 },
            new SandboxAccountSeed(Carl, "carl", new PersonId("P9")),
            new SandboxAccountSeed(new AccountId("directory", "D9"), "svc-backup", null) { Kind = AccountKind.Service },
        ],
        Groups =
        [
            new SandboxGroupSeed(Finance, "finance-write", "Finance drive", [], [])
            {
                Owners = [new PersonId("P3")],
                Resource = new GroupResource("shared-drive", "Finance", "write", ["G:"]),
            },
            new SandboxGroupSeed(Leads, "finance-leads", "", ["D3"], ["G3"]),
            new SandboxGroupSeed(Admins, "tier0-admins", "", [], ["G2"]) { IsPrivileged = true },
        ],
    };

    protected async Task SeedAsync() => await new SandboxSeeder(Seed, Documents, Options, Clock).StartAsync(Token);

    protected async Task<AccountSnapshot> ReadAsync(AccountId id) =>
        await (id.System == "cloud" ? Cloud : Directory).ReadAsync(id, Token) ?? throw new InvalidOperationException($"{id} is not there.");

    protected Task<PracticeOutcome> TryAsync(string name, string password) => SignIn.TryAsync("directory", name, new Secret<string>(password), Token);

    private static SandboxPerson Person(string id, string signInName, string givenName, string fullName, string? manager) => new(
        new Person(
            new PersonId(id), fullName, givenName, $"{signInName}@example.com", null, manager is null ? null : new PersonId(manager),
            [signInName, givenName, fullName, $"{signInName}@example.com"]),
        signInName,
        [new ChannelIdentity("console", "sandbox", signInName), new ChannelIdentity("slack", "T0LAB", $"U0{signInName}")]);
}
