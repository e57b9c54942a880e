using ItOps.Bot.Accounts;
using ItOps.Bot.Executors.AwsIam;
using ItOps.Bot.People;
using ItOps.Bot.Runbooks;
using ItOps.Bot.Secrets;
using ItOps.Bot.Testing.Accounts;
using ItOps.Bot.Testing.Aws;
using ItOps.Bot.Testing.People;
using ItOps.Bot.Testing.Time;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Executors.Tests.AwsIam;

/// <summary>The executor as its module puts it together, before an AWS that verifies each signature and holds each call against the policy that we ship.</summary>
public abstract class AwsTestBase : IAsyncLifetime
{
    private ServiceProvider _provider = null!;

    protected static readonly Secret<string> NewPassword = new("Kx7m-W?4t-Hn9q-3cRv");

    /// <summary>Begins now, since the SDK asks STS by the machine's clock.</summary>
    protected FakeTimeProvider Time { get; } = new(TimeProvider.System.GetUtcNow()) { ShortWait = TimeSpan.FromSeconds(5) };

    protected FakeAws Aws { get; private set; } = null!;

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    private protected AwsIamDirectory Directory => (AwsIamDirectory)_provider.GetServices<IAccountDirectory>().Single(d => d.System == "aws-iam");

    protected ISelfCheck SelfCheck => _provider.GetServices<ISelfCheck>().Single(c => c.Name == "aws-iam");

    public static string ShippedPolicy => File.ReadAllText(Repository.File("infra/aws/itops-bot-policy.json"));

    public virtual async ValueTask InitializeAsync()
    {
        Aws = await FakeAws.StartAsync(ShippedPolicy, Time);
        Aws.AddUser("alice", password: "An-old-password-1");
        Start();
    }

    public async ValueTask DisposeAsync()
    {
        await _provider.DisposeAsync();
        await Aws.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected void Start(Dictionary<string, string>? more = null, params string[] accounts)
    {
        _provider?.Dispose();
        var settings = Aws.Settings(accounts).Concat(more ?? []).GroupBy(s => s.Key).ToDictionary(g => g.Key, string? (g) => g.Last().Value);
        settings["Executors:Sandbox:Enabled"] = "true";
        var people = new ListedPeople();
        people.Add("P1", "alice", "alice@example.com");
        people.Add("P2", "bob", "bob@example.com");
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        _provider = new ServiceCollection()
            .AddSingleton<TimeProvider>(Time)
            .AddSingleton(new RunbookCatalog([], []))
            .AddSingleton<ISandboxState>(new InMemorySandboxState())
            .AddSingleton(new SandboxSeed { PracticePassword = new Secret<string>("Practice-makes-perfect") })
            .AddSingleton<IAccountLinks>(new ListedLinks(
                ("P1", "aws-iam", $"{FakeAws.Account}/alice"), ("P1", "aws-iam", $"{FakeAws.OtherAccount}/alice"), ("P2", "aws-iam", $"{FakeAws.Account}/bob"),
                ("P1", "aws-iam", $"{FakeAws.Account}/shared"), ("P2", "aws-iam", $"{FakeAws.Account}/shared")))
            .AddExecutors(new ExecutorsOptions(configuration.GetSection("Executors"), Path.GetTempPath(), IsDevelopment: true, PeopleSource: "Sandbox"))
            .AddSingleton<IPersonDirectory>(people)
            .BuildServiceProvider();
    }

    protected AccountId IdOf(string user, string account = FakeAws.Account) => new("aws-iam", Aws.User(user, account).ObjectId);

    protected async Task<AccountSnapshot> ReadAsync(string user) => Assert.IsType<AccountSnapshot>(await Directory.ReadAsync(IdOf(user), Token));

    protected static void AssertDone(Result<Done> result) => Assert.False(result.Failed, result.Problem?.ToString());

    protected static void AssertProblem(ProblemCode code, string detail, Result<Done> result)
    {
        Assert.True(result.Failed, "It was done.");
        Assert.Equal(code, result.Problem.Code);
        Assert.Contains(detail, result.Problem.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain(NewPassword.Reveal(), result.Problem.Detail, StringComparison.Ordinal);
    }
}
