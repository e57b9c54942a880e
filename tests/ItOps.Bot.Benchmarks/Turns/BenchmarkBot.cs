using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ItOps.Bot.Conversations;
using ItOps.Bot.Host.Serving;
using ItOps.Bot.Replies;
using ItOps.Bot.Turns;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Benchmarks.Turns;

/// <summary>The whole bot as it serves, with one more way in and out: signed slash commands, and replies posted to the sink.</summary>
internal static class BenchmarkBot
{
    public static async Task<int> RunAsync(string folder, string port, string sinkPort)
    {
        var stages = new Stages();
        await using var bot = BotServer.Build(
            ["--environment=Development", $"--urls=http://127.0.0.1:{port}", $"--Storage:Folder={folder}", $"--Logs:Folder={Path.Combine(folder, "logs")}"],
            services => stages.Install(services.AddSingleton<IChannel>(new BenchmarkChannel(int.Parse(sinkPort, CultureInfo.InvariantCulture)))));
        bot.MapPost("/slack/events", AcceptAsync);
        bot.MapPost("/stages", stages.Take);
        await bot.RunAsync();
        return 0;
    }

    /// <summary>Signature, then durable, then 200.</summary>
    private static async Task<IResult> AcceptAsync(HttpRequest request, ITurnIntake intake, TimeProvider time, CancellationToken cancellationToken)
    {
        var body = new byte[request.ContentLength ?? 0];
        await request.Body.ReadExactlyAsync(body, cancellationToken);
        var expected = SlackRequest.Sign(request.Headers["X-Slack-Request-Timestamp"].ToString(), body);
        if (!CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(expected), Encoding.ASCII.GetBytes(request.Headers["X-Slack-Signature"].ToString())))
            return Results.Unauthorized();
        var form = QueryHelpers.ParseQuery(Encoding.UTF8.GetString(body));
        var turn = new MessageTurn(
            Id.New(time),
            new("slack", form["team_id"].ToString(), form["user_id"].ToString()),
            new ConversationId(BenchmarkChannel.ChannelName, form["channel_id"].ToString()),
            time.GetUtcNow(),
            form["text"].ToString());
        await intake.AcceptAsync(turn, cancellationToken);
        return Results.Text("");
    }
}
