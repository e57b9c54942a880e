using System.Net;
using ItOps.Bot.Knowledge;
using ItOps.Bot.Knowledge.Chroma;
using ItOps.Bot.Requests;
using ItOps.Bot.Testing.Chroma;
using ItOps.Bot.Tests.Stories.Stage;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Tests.Stories;

/// <summary>Chroma goes away in the middle: people notice nothing, and nobody has to do anything when it is back.</summary>
public sealed class ChromaStories
{
    private const string Question = "outlook keeps asking for my password";

    [Theory]
    [InlineData(RelayFault.Down)]
    [InlineData(RelayFault.NeverAnswers)]
    [InlineData(RelayFault.Garbage)]
    public async Task A_request_goes_on_to_its_end_while_chroma_fails(RelayFault fault)
    {
        await using var chroma = await FakeChroma.StartAsync();
        await using var relay = await ChromaRelay.StartAsync(chroma.Url);
        await using var bot = await BotHost.StartAsync(settings: With(relay.Url));
        await bot.Services.PrepareRetrievalAsync(TestContext.Current.CancellationToken);
        await UsesChromaAsync(bot);

        await UnlockAsync(bot, inTheMiddle: () =>
        {
            relay.Fault = fault;
            return Task.CompletedTask;
        });

        Assert.Equal("embedded (chroma away)", await ModeAsync(bot));
        relay.Fault = RelayFault.None;
        await UsesChromaAsync(bot);
    }

    [Fact]
    public async Task A_server_that_is_killed_in_the_middle_and_comes_back_is_used_again()
    {
        Assert.SkipWhen(ChromaServer.Program is null, ChromaServer.Missing);
        await using var chroma = await ChromaServer.StartAsync(ChromaServer.Program);
        await using var bot = await BotHost.StartAsync(settings: With(chroma.Url));
        await bot.Services.PrepareRetrievalAsync(TestContext.Current.CancellationToken);
        await UsesChromaAsync(bot);

        await UnlockAsync(bot, chroma.KillAsync);

        Assert.Equal("embedded (chroma away)", await ModeAsync(bot));
        await chroma.StartAgainAsync();
        await UsesChromaAsync(bot);
    }

    [Fact]
    public async Task A_bot_whose_chroma_is_not_there_starts_and_works()
    {
        await using var chroma = await FakeChroma.StartAsync();
        await using var relay = await ChromaRelay.StartAsync(chroma.Url);
        relay.Fault = RelayFault.Down;
        await using var bot = await BotHost.ServeAsync(BotHost.NewTime(), With(relay.Url), change: null);

        await UnlockAsync(bot, () => Task.CompletedTask);

        using var http = new HttpClient();
        using var ready = await http.GetAsync(new Uri(bot.Url, "/healthz/ready"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
        Assert.Contains("\"chroma\":\"degraded: the embedded ranking answers alone", await ready.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private static async Task UnlockAsync(BotHost bot, Func<Task> inTheMiddle)
    {
        var alice = bot.Person("alice");
        var omar = bot.Person("omar");
        await alice.Says("i cant log in, think im locked out");
        await inTheMiddle();
        await alice.Taps("alice in Directory");
        await alice.Says("what's happening with my request?");
        await omar.SeesApproval("Unlock alice in Directory");
        await omar.Approves();
        await alice.Sees("You're unlocked");
        await alice.Taps("Yes");
        Assert.Equal(RequestStatus.Succeeded, (await bot.LastRequestAsync()).Status);

        await alice.Says("vpn keeps dropping");
        await alice.Sees("May I check the network");
    }

    /// <summary>Nobody does anything but let time go by: the bot comes to use Chroma by itself.</summary>
    private static async Task UsesChromaAsync(BotHost bot)
    {
        for (var minute = 0; await ModeAsync(bot) != "chroma"; minute++)
        {
            Assert.True(minute < 1_000, bot.Services.GetServices<ISelfCheck>().Single(c => c.Name == "chroma").Degraded);
            await bot.TimePassesAsync(TimeSpan.FromMinutes(1));
        }
    }

    private static async Task<string> ModeAsync(BotHost bot) =>
        (await bot.Services.GetRequiredService<IRetriever>().RetrieveAsync(Question, TestContext.Current.CancellationToken)).Mode;

    private static Dictionary<string, string> With(Uri chroma) => new() { ["Knowledge:Retriever"] = "chroma", ["Knowledge:Chroma:Url"] = chroma.AbsoluteUri, ["Knowledge:Chroma:QueryTimeOutMilliseconds"] = "500" };
}
