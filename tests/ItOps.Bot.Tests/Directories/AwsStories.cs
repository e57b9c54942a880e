using ItOps.Bot.Accounts;
using ItOps.Bot.Execution;
using ItOps.Bot.Requests;
using ItOps.Bot.Testing.Accounts;
using ItOps.Bot.Testing.Aws;
using ItOps.Bot.Testing.Time;
using ItOps.Bot.Tests.Architecture;
using ItOps.Bot.Tests.Invariants.Setup;
using ItOps.Bot.Tests.Stories.Stage;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Tests.Directories;

/// <summary>The whole bot with an AWS that verifies each signature and holds each call against the policy of infra/aws.</summary>
public sealed class AwsStories : IAsyncLifetime
{
    private static readonly Dictionary<string, string> s_wishes = new()
    {
        ["reset"] = "reset my password",
        ["unlock"] = "im locked out",
        ["join"] = "I need read only access to the lab share",
    };

    private readonly FakeTimeProvider _time = BotHost.NewTime();
    private FakeAws _aws = null!;

    public async ValueTask InitializeAsync()
    {
        _aws = await FakeAws.StartAsync(Sources.Read("infra/aws/itops-bot-policy.json"), _time);
        _aws.AddUser("alice", password: "An-old-password-1");
        _aws.AddGroup("lab");
    }

    public ValueTask DisposeAsync() => _aws.DisposeAsync();

    [Fact]
    public async Task A_console_password_is_reset_and_the_record_claims_no_more_than_AWS_tells()
    {
        await using var bot = await BotAsync();
        var (alice, omar) = (bot.Person("alice"), bot.Person("omar"));

        await alice.Says("reset my aws password");
        await alice.IsVouchedFor();
        await omar.SeesApproval("Reset the password of alice in AWS");
        Assert.Empty(_aws.Effects);
        await omar.Approves();

        var link = await alice.OpensLink();
        Assert.Equal((_aws.User("alice").Password, true), (link.Value.Value.Reveal(), _aws.User("alice").ResetRequired));
        Assert.Equal("UpdateLoginProfile", Assert.Single(_aws.Effects).Action);
        Assert.Contains((await bot.AuditAsync("step.succeeded")).Single().Facts.Values, d => d.Contains("AWS does not tell when it was last set, must change at next sign-in", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_has_no_way_in_gets_the_newest_key_back()
    {
        _aws.AddUser("alice");
        _aws.Change("alice", u => u with { Keys = [new("AKIAKEYOFALICE000001", Active: false, new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero))] });
        await using var bot = await BotAsync();

        await bot.Person("alice").Says("im locked out");
        await bot.Person("alice").Taps("alice in AWS");
        await bot.Person("omar").SeesApproval("Unlock alice in AWS");
        await bot.Person("omar").Approves();

        await bot.Person("alice").Sees("You're unlocked");
        Assert.True(_aws.User("alice").Keys.Single().Active);
    }

    [Fact]
    public async Task What_AWS_refuses_is_plain_to_the_owner_exact_to_the_approver_and_never_a_success()
    {
        _aws.MinimumPasswordLength = 40;
        await using var bot = await BotAsync();
        await bot.Person("alice").Says("reset my aws password");
        await bot.Person("alice").IsVouchedFor();
        await bot.Person("omar").Approves();

        Assert.Equal(RequestStatus.HandedOff, (await bot.LastRequestAsync()).Status);
        await bot.Person("alice").DoesNotSee("PasswordPolicyViolation");
        Assert.Contains("PasswordPolicyViolation", (await bot.AuditAsync("step.failed")).Single().Facts.Values.Aggregate(string.Concat), StringComparison.Ordinal);
        Assert.Empty(_aws.Effects);
    }

    [Fact]
    public async Task Who_became_privileged_in_the_meantime_is_not_touched()
    {
        await using var bot = await BotAsync();
        await bot.Person("alice").Says("reset my aws password");
        await bot.Person("alice").IsVouchedFor();
        _aws.Change("alice", u => u with { Attached = ["arn:aws:iam::aws:policy/AdministratorAccess"] });
        await bot.Person("omar").Approves();

        Assert.Empty(_aws.Effects);
        Assert.NotEqual(RequestStatus.Succeeded, (await bot.LastRequestAsync()).Status);
    }

    /// <summary>Of the calls that a dead process sent and the next one sends again, one has an effect, or both the same.</summary>
    [Theory]
    [MemberData(nameof(Deaths))]
    public async Task A_process_that_dies_leaves_one_effect_and_the_same_password(string operation, KillPoint point)
    {
        if (operation == "unlock")
        {
            _aws.AddUser("alice");
            _aws.Change("alice", u => u with { Keys = [new("AKIAKEYOFALICE000001", Active: false, new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero))] });
        }

        var passwords = new HashSet<string>(StringComparer.Ordinal);
        _aws.Changed = (_, user) => passwords.Add(user.Password ?? "");
        var commits = new WatchedCommits();
        await using var bot = await BotAsync(commits.Watch);
        commits.DieAt(point);

        var request = await bot.PlayToTheEndAsync(commits, s_wishes[operation], operation == "join" ? null : "alice in AWS");

        Assert.NotEqual("", commits.DiedAt);
        Assert.Equal(RequestStatus.Succeeded, request.Status);
        Assert.Single(_aws.Effects);
        Assert.Single(passwords);
        Assert.Equal(operation == "join", _aws.User("alice").Groups.Contains("lab"));
        if (operation == "reset")
            Assert.Equal(_aws.User("alice").Password, (await bot.Person("alice").OpensLink()).Value.Value.Reveal());
    }

    /// <summary>The connection breaks in the middle of the change, and the process lives.</summary>
    [Theory]
    [InlineData(AwsTrouble.DroppedBefore)]
    [InlineData(AwsTrouble.DroppedAfter)]
    [InlineData(AwsTrouble.FailsAfter)]
    public async Task A_lost_answer_leaves_one_effect_and_the_password_behind_the_link(AwsTrouble trouble)
    {
        await using var bot = await BotAsync();
        await bot.Person("alice").Says("reset my aws password");
        await bot.Person("alice").IsVouchedFor();
        _aws.Next("UpdateLoginProfile", trouble);
        await bot.Person("omar").Approves();

        // Looking for the change took longer than the story's clock lets a run hold its lease; it is taken up again.
        await bot.TimePassesAsync(RunLease.Length + TimeSpan.FromSeconds(1));
        await bot.TimePassesAsync(RunLease.Length + TimeSpan.FromSeconds(1));
        Assert.Equal(_aws.User("alice").Password, (await bot.Person("alice").OpensLink()).Value.Value.Reveal());
        Assert.Single(_aws.Effects);
    }

    public static TheoryData<string, KillPoint> Deaths => new MatrixTheoryData<string, KillPoint>([.. s_wishes.Keys], Enum.GetValues<KillPoint>());

    private Task<BotHost> BotAsync(Action<IServiceCollection>? change = null) => BotHost.ServeAsync(_time, Lab(_aws.Settings()), s =>
    {
        s.AddSingleton<IAccountLinks>(new ListedLinks(("P1001", "aws-iam", $"{FakeAws.Account}/alice")));
        change?.Invoke(s);
    });

    private static Dictionary<string, string> Lab(Dictionary<string, string> settings) => new(settings)
    {
        ["Executors:AwsIam:Groups:0:Name"] = "lab",
        ["Executors:AwsIam:Groups:0:ResourceType"] = "shared-drive",
        ["Executors:AwsIam:Groups:0:Resource"] = "Lab",
        ["Executors:AwsIam:Groups:0:Permission"] = "read",
        ["Executors:AwsIam:Groups:0:Aliases:0"] = "lab share",
        ["Executors:AwsIam:Groups:0:Owners:0"] = "P1003",
    };
}
