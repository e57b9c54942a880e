using ItOps.Bot.Accounts;
using ItOps.Bot.Testing.Accounts;
using ItOps.Bot.Testing.Linux;
using ItOps.Bot.Testing.Time;
using ItOps.Bot.Tests.Stories.Stage;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Tests.Directories;

/// <summary>The whole bot as root of this machine, with a real account on it that is Alice's.</summary>
public sealed class LinuxStories : IDisposable
{
    private const string OldPassword = "An-old-password-1";

    private readonly DisposableUser _user;

    public LinuxStories()
    {
        Assert.SkipWhen(DisposableUser.Missing is not null, DisposableUser.Missing ?? "");
        _user = DisposableUser.Create(OldPassword);
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

    private Task<BotHost> BotAsync() => BotHost.ServeAsync(
        new FakeTimeProvider(TimeProvider.System.GetUtcNow()) { ShortWait = TimeSpan.FromSeconds(5) },
        new() { ["Executors:LocalAccounts:Enabled"] = "true", ["Executors:LocalAccounts:DisplayName"] = "Build server" },
        s => s.AddSingleton<IAccountLinks>(new ListedLinks(("P1001", "local", _user.Name))));
}
