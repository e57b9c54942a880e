using System.Text.Json.Nodes;
using ItOps.Bot.Testing.Slack;
using ItOps.Bot.Tests.Invariants.Setup;
using ItOps.Bot.Tests.Stories.Stage;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Tests.Stories;

/// <summary>Platforms bring things again: at once, late, in another order, under new ids, to a bot that was restarted meanwhile.</summary>
public sealed class RedeliveryTests
{
    private const int Times = 3;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Everything_brought_three_times_in_any_order_across_a_restart_ends_as_if_it_came_once(int seed)
    {
        var once = await PlayAsync(null);
        var often = await PlayAsync(new Random(seed));

        Assert.Equal(once, often);
    }

    /// <summary>Alice asks in Slack and mentions the bot, Omar asks back and approves in Teams; what everybody was told, and what happened.</summary>
    private static async Task<string> PlayAsync(Random? dice)
    {
        var recorder = new InboundRecorder();
        await using var bot = await ConnectedBot.StartAsync(services => services.AddSingleton<IStartupFilter>(recorder));
        var storm = new Storm(bot, recorder, dice);
        bot.Slack.AddChannel("C0HELP");
        var alice = bot.InSlack("alice");
        var omar = await bot.InTeamsAsync("omar");

        await storm.AfterAsync(alice.Mentions("C0HELP", "i cant log in, think im locked out"));
        await storm.AfterAsync(alice.Taps("alice in Directory"));
        await omar.SeesApproval("Unlock alice");
        await storm.AfterAsync(omar.Asks("why now?"));
        if (dice is not null)
            await bot.RestartAsync();
        await storm.AfterAsync(alice.Says("I mistyped it"));
        await omar.SeesApproval("Unlock alice");
        await storm.AfterAsync(omar.Approves());
        await storm.AfterAsync(alice.Taps("Yes"));
        await storm.FinishAsync();

        var request = await bot.Bot.LastRequestAsync();
        var said = alice.Messages.Select(m => m.Text).Concat(bot.Slack.MessagesIn("C0HELP").Select(m => m.Text)).Concat(omar.Chat.Posted.Select(p => p.Card?.Title ?? p.Text));
        return string.Join('\n', [.. said, $"{request.Status} {request.Helped} {await bot.Sandbox.TimesAsync("unlock", "alice")}", .. (await bot.Bot.AuditedAsync()).Order(StringComparer.Ordinal)])
            .Replace(request.Number, "IT-00000", StringComparison.Ordinal);
    }

    /// <summary>Brings what was recorded again until each was brought so many times.</summary>
    private sealed class Storm(ConnectedBot bot, InboundRecorder recorder, Random? dice)
    {
        private readonly List<int> _brought = [];

        /// <summary>After a move: some of all that was ever brought, the newest most likely among it.</summary>
        public async Task AfterAsync(Task move)
        {
            await move;
            if (dice is null)
                return;
            var all = recorder.All;
            while (_brought.Count < all.Count)
                _brought.Add(1);
            await BringAsync([.. Enumerable.Range(0, all.Count).Where(i => i == all.Count - 1 || dice.Next(3) == 0)]);
        }

        public async Task FinishAsync()
        {
            if (dice is null)
                return;
            while (_brought.Exists(times => times < Times))
                await BringAsync([.. Enumerable.Range(0, _brought.Count).Where(i => _brought[i] < Times)]);
        }

        private async Task BringAsync(int[] which)
        {
            recorder.IsRecording = false;
            dice!.Shuffle(which);
            await Task.WhenAll(which.Select(i =>
            {
                _brought[i]++;
                return BringAsync(recorder.All[i]);
            }));
            await bot.SettleAsync();
            recorder.IsRecording = true;
        }

        private async Task BringAsync(Inbound inbound)
        {
            if (inbound.Path.StartsWith("slack/", StringComparison.Ordinal))
            {
                // Slack signs each delivery anew; a second of time makes that another signature.
                bot.Bot.Time.Advance(TimeSpan.FromSeconds(1));
                Assert.Equal(200, (await bot.Slack.PostAsync(inbound.Path, inbound.Body, inbound.Type)).Status);
                return;
            }

            var activity = JsonNode.Parse(inbound.Body)!.AsObject();
            if (dice!.Next(2) == 0)
                activity["id"] = $"f:{Guid.NewGuid():N}";
            using var answer = await bot.Teams.DeliverAsync(activity.ToJsonString(), bot.Teams.Issuer.Mint(bot.Teams.ServiceUrl));
            Assert.True(answer.IsSuccessStatusCode);
        }
    }
}
