using System.Net;
using ItOps.Bot.Tests.Stories.Stage;

namespace ItOps.Bot.Tests.BadInput.Setup;

/// <summary>What must hold after anything that was thrown at the bot.</summary>
internal static class Aftermath
{
    /// <summary>Nothing ran and nothing broke, the record holds, and the same process plays the main story.</summary>
    public static async Task IsUnharmedAsync(this ConnectedBot bot)
    {
        Assert.Equal(0, await bot.Sandbox.EffectsAsync());
        Assert.DoesNotContain("turn.failed", await bot.Bot.AuditedAsync());
        await bot.Bot.TheAuditHoldsAsync();
        using (var http = new HttpClient())
        using (var ready = await http.GetAsync(new Uri(bot.Bot.Url, "healthz/ready"), TestContext.Current.CancellationToken))
            Assert.Equal(HttpStatusCode.OK, ready.StatusCode);

        var alice = bot.InSlack("alice");
        var omar = await bot.InTeamsAsync("omar");
        await alice.Says("i cant log in, think im locked out");
        await alice.Taps("alice in Directory");
        await omar.SeesApproval("Unlock alice in Directory");
        await omar.Approves();
        await alice.Sees("You're unlocked");
        Assert.Equal(1, await bot.Sandbox.TimesAsync("unlock", "alice"));
        Assert.Equal(1, await bot.Sandbox.EffectsAsync());
    }

    /// <summary>The reasons for which a channel turned something away, as the audit has them, oldest first, each with how often it is said to have happened.</summary>
    public static async Task<IReadOnlyList<(string Why, string Times)>> RefusedAsync(this ConnectedBot bot, string channel) =>
        [.. (await bot.Bot.AuditAsync("channel.refused")).Where(e => e.Subject == channel).Select(e => (e.Facts["why"], e.Facts["times"])).Reverse()];
}
