using ItOps.Bot.Accounts;
using ItOps.Bot.Secrets;
using ItOps.Bot.Tests.Stories.Stage;

namespace ItOps.Bot.Tests.Stories;

/// <summary>A reset password reaches its owner, once, and nobody and nothing else.</summary>
public sealed class SecretStories
{
    private static readonly Secret<string> Old = new("Practice-makes-perfect-26");

    [Fact]
    public async Task A_reset_password_is_shown_once_and_opens_what_the_old_one_no_longer_does()
    {
        await using var bot = await BotHost.StartAsync();
        var alice = await ResetAsync(bot);

        await alice.Sees("It shows the new password once, to you alone, for 15 minutes.");
        await alice.Sees("Your password was reset.");
        var link = await alice.OpensLink();

        Assert.Equal("Temporary password for alice in Cloud", link.Value.Label);
        Assert.Equal(PracticeOutcome.MustChangePassword, await bot.Sandbox.SignsInAsync("alice", link.Value.Value, "cloud"));
        Assert.Equal(PracticeOutcome.Wrong, await bot.Sandbox.SignsInAsync("alice", Old, "cloud"));
        Assert.Equal(ProblemCode.SecretGone, (await alice.OpensLink()).Problem!.Code);
        Assert.Equal(1, await bot.Sandbox.TimesAsync("reset-password", "alice", "cloud"));
    }

    [Fact]
    public async Task A_link_opens_for_nobody_else_and_does_not_burn_when_they_try()
    {
        await using var bot = await BotHost.StartAsync();
        var alice = await ResetAsync(bot);
        var token = await alice.LinkAsync();

        Assert.Equal(ProblemCode.SecretNotYours, (await bot.Person("eve").OpensLink(token)).Problem!.Code);
        Assert.Equal(ProblemCode.SecretNotYours, (await bot.Person("omar").OpensLink(token)).Problem!.Code);

        Assert.False((await alice.OpensLink()).Failed);
        Assert.Equal(2, (await bot.AuditAsync("secret.refused")).Count);
    }

    [Fact]
    public async Task A_link_is_gone_after_fifteen_minutes()
    {
        await using var bot = await BotHost.StartAsync();
        var alice = await ResetAsync(bot);

        await bot.TimePassesAsync(TimeSpan.FromMinutes(15));

        Assert.Equal(ProblemCode.SecretGone, (await alice.OpensLink()).Problem!.Code);
        Assert.Single(await bot.AuditAsync("secret.expired"));
    }

    [Fact]
    public async Task Two_windows_opening_the_link_at_once_see_it_once()
    {
        await using var bot = await BotHost.StartAsync();
        var alice = await ResetAsync(bot);

        var opened = await Task.WhenAll(alice.OpensLink(), alice.OpensLink(), alice.OpensLink());

        Assert.Single(opened, o => !o.Failed);
    }

    [Fact]
    public async Task The_password_itself_stands_nowhere_that_is_kept()
    {
        await using var bot = await BotHost.StartAsync();
        var alice = await ResetAsync(bot);
        var password = (await alice.OpensLink()).Value.Value.Reveal();

        foreach (var name in new[] { "alice", "omar", "sam" })
            Assert.DoesNotContain(await bot.Person(name).RepliesAsync(), r => r.ToString().Contains(password, StringComparison.Ordinal));
        await using var file = new FileStream(bot.DatabaseFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(file, System.Text.Encoding.Latin1);
        Assert.DoesNotContain(password, await reader.ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private static async Task<StoryPerson> ResetAsync(BotHost bot)
    {
        var alice = bot.Person("alice");
        Assert.Equal(PracticeOutcome.Right, await bot.Sandbox.SignsInAsync("alice", Old, "cloud"));
        await alice.Says("reset my password");
        await alice.Taps("alice in Cloud");
        await alice.IsVouchedFor();
        await bot.Person("omar").Approves();
        return alice;
    }
}
