using ItOps.Bot.Accounts;
using ItOps.Bot.Requests;
using ItOps.Bot.Testing.Accounts;
using ItOps.Bot.Testing.Linux;
using ItOps.Bot.Testing.Time;
using ItOps.Bot.Tests.Invariants.Setup;
using ItOps.Bot.Tests.Stories.Stage;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Tests.Directories;

/// <summary>The whole bot as root of this machine, with a real account on it that is Alice's.</summary>
public sealed class LinuxStories : IDisposable
{
    private const string OldPassword = "An-old-password-1";

    private static readonly Dictionary<string, string> s_wishes = new()
    {
        ["reset"] = "reset my password",
        ["unlock"] = "im locked out",
        ["join"] = "I need read only access to the lab share",
    };

    private readonly DisposableUser _user;
    private readonly string _group;

    public LinuxStories()
    {
        Assert.SkipWhen(DisposableUser.Missing is not null, DisposableUser.Missing ?? "");
        _user = DisposableUser.Create(OldPassword);
        _group = _user.AddGroup();
    }

    public void Dispose() => _user?.Dispose();

    [Fact]
    public async Task A_reset_password_signs_in_must_be_changed_and_is_nowhere_but_behind_the_link()
    {
        await using var bot = await BotAsync();
        var (alice, omar) = (bot.Person("alice"), bot.Person("omar"));

        await alice.Says("reset my linux password");
        await alice.IsVouchedFor();
        await omar.SeesApproval($"Reset the password of {_user.Name} in Build server");
        Assert.Null(_user.SignIn(OldPassword));
        await omar.Approves();

        var password = (await alice.OpensLink()).Value.Value.Reveal();
        Assert.Null(_user.SignIn(password));
        Assert.NotNull(_user.SignIn(OldPassword));
        Assert.Contains("new one required", _user.Admission(), StringComparison.Ordinal);
        await alice.DoesNotSee(password);
    }

    [Fact]
    public async Task A_locked_account_is_unlocked_and_lets_its_owner_in()
    {
        for (var i = 0; i < 3; i++)
            _user.SignIn("wrong");
        Assert.NotNull(_user.SignIn(OldPassword));
        await using var bot = await BotAsync();

        await bot.Person("alice").Says("im locked out");
        await bot.Person("alice").Taps($"{_user.Name} in Build server");
        await bot.Person("omar").SeesApproval($"Unlock {_user.Name} in Build server");
        await bot.Person("omar").Approves();

        await bot.Person("alice").Sees("You're unlocked");
        Assert.Null(_user.SignIn(OldPassword));
    }

    /// <summary>The tools set the same state however often they are started; what is behind the link is what signs in.</summary>
    [Theory]
    [MemberData(nameof(Deaths))]
    public async Task A_process_that_dies_leaves_the_account_as_promised_and_the_same_password(string operation, KillPoint point)
    {
        if (operation == "unlock")
        {
            for (var i = 0; i < 3; i++)
                _user.SignIn("wrong");
        }

        var commits = new WatchedCommits();
        await using var bot = await BotAsync(commits.Watch);
        commits.DieAt(point);

        var request = await bot.PlayToTheEndAsync(commits, s_wishes[operation], operation == "join" ? null : $"{_user.Name} in Build server");

        Assert.NotEqual("", commits.DiedAt);
        Assert.Equal(RequestStatus.Succeeded, request.Status);
        Assert.Equal(operation == "join", DisposableUser.Number("-nG", _user.Name).Split(' ').Contains(_group));
        Assert.Null(_user.SignIn(operation == "reset" ? (await bot.Person("alice").OpensLink()).Value.Value.Reveal() : OldPassword));
    }

    public static TheoryData<string, KillPoint> Deaths => new MatrixTheoryData<string, KillPoint>([.. s_wishes.Keys], Enum.GetValues<KillPoint>());

    private Task<BotHost> BotAsync(Action<IServiceCollection>? change = null)
    {
        // Time passes while a new process waits for the old one's lease; a lock that ends by itself would be gone by then.
        var rules = Path.Combine(_user.Folder, "faillock.conf");
        File.WriteAllText(rules, "unlock_time = never\n");
        var settings = new Dictionary<string, string>
        {
            ["Executors:LocalAccounts:Enabled"] = "true",
            ["Executors:LocalAccounts:DisplayName"] = "Build server",
            ["Executors:LocalAccounts:FaillockConfiguration"] = rules,
            ["Executors:LocalAccounts:Groups:0:Name"] = _group,
            ["Executors:LocalAccounts:Groups:0:ResourceType"] = "shared-drive",
            ["Executors:LocalAccounts:Groups:0:Resource"] = "Lab",
            ["Executors:LocalAccounts:Groups:0:Permission"] = "read",
            ["Executors:LocalAccounts:Groups:0:Aliases:0"] = "lab share",
            ["Executors:LocalAccounts:Groups:0:Owners:0"] = "P1003",
        };
        return BotHost.ServeAsync(new FakeTimeProvider(TimeProvider.System.GetUtcNow()) { ShortWait = TimeSpan.FromSeconds(5) }, settings, s =>
        {
            s.AddSingleton<IAccountLinks>(new ListedLinks(("P1001", "local", _user.Name)));
            change?.Invoke(s);
        });
    }
}
