using ItOps.Bot.Benchmarks.Turns;
using ItOps.Bot.Host.Serving;
using ItOps.Bot.Testing.Ports;
using ItOps.Bot.Turns;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Benchmarks.Load;

/// <summary>The whole bot as it serves, with Slack and Teams connected to the sink.</summary>
internal static class BenchmarkBot
{
    /// <summary>As it is.</summary>
    public const string Whole = "whole";

    /// <summary>As it is, and it tells where a turn's time goes.</summary>
    public const string Staged = "staged";

    /// <summary>What is acknowledged stays in the inbox: the acknowledgement alone.</summary>
    public const string Held = "held";

    public static async Task<int> RunAsync(string folder, string port, string sinkPort, string mode)
    {
        var sink = $"http://127.0.0.1:{sinkPort}";
        var stages = new Stages();
        await using var bot = BotServer.Build(
            [
                "--environment=Development", $"--urls=http://127.0.0.1:{port}", $"--Storage:Folder={folder}", $"--Logs:Folder={Path.Combine(folder, "logs")}",
                $"--Executors:Sandbox:PeopleFile={BenchmarkPeople.Write(folder)}",
                "--Channels:Slack:Enabled=true", $"--Channels:Slack:SigningSecret={SlackRequest.SigningSecret}", "--Channels:Slack:BotToken=xoxb-benchmark",
                $"--Channels:Slack:TeamId={BenchmarkPeople.Team}", $"--Channels:Slack:ApiBaseUrl={sink}/api/",
                "--Channels:Teams:Enabled=true", $"--Channels:Teams:AppId={TeamsRequest.AppId}", $"--Channels:Teams:TenantId={BenchmarkPeople.Tenant}",
                // What comes with a token has it checked all the same; this is for what goes out, since the sink gives no token away.
                $"--Channels:Teams:OpenIdMetadata={sink}/openid", "--Channels:Teams:AllowUnauthenticatedLoopback=true",
            ],
            services => Prepare(services, stages, mode));
        if (mode == Staged)
            bot.MapPost("/stages", stages.Take);
        await bot.RunAsync();
        return 0;
    }

    private static void Prepare(IServiceCollection services, Stages stages, string mode)
    {
        if (mode == Staged)
            stages.Install(services);
        else if (mode == Held)
            services.Decorate<ITurnHandler>(_ => new Idle());
    }

    private sealed class Idle : ITurnHandler
    {
        public Task HandleAsync(Turn turn, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
