using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ItOps.Bot.Channels.Teams.Tokens;

/// <summary>
/// Fetches the platform's keys and the bot's token once the bot is up, and again while one of them is missing: a bot that is not ready gets no request that would
/// try it out.
/// </summary>
internal sealed class TokenWatch(ConnectorKeys keys, BotToken token, TeamsOptions options, TimeProvider time, ILogger<TokenWatch> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var (needsKeys, needsToken) = (true, options.Credential is not null);
        while (true)
        {
            try
            {
                if (needsKeys || keys.Problem is not null)
                    needsKeys = await keys.ReadAsync(stoppingToken) == 0;
            }
            catch (KeysUnavailableException e)
            {
                log.LogError(e, "Teams cannot prove its requests");
            }

            try
            {
                if (needsToken || token.Problem is not null)
                    needsToken = (await token.GetAsync(stoppingToken)).Length == 0;
            }
            catch (TokenUnavailableException e)
            {
                log.LogError(e, "Nothing can be sent to Teams");
            }

            await Task.Delay(Pause, time, stoppingToken);
        }
    }
}
