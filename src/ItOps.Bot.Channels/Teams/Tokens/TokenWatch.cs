using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ItOps.Bot.Channels.Teams.Tokens;

/// <summary>
/// Fetches the platform's keys and the bot's token once the bot is up, and again while one of them is missing: a bot that is not ready gets no request that would
/// try it out.
/// </summary>
internal sealed class TokenWatch(ConnectorKeys keys, BotToken token, TeamsOptions options, TimeProvider time, ILogger<TokenWatch> log) : BackgroundService
{
    private static readonly TimeSpan WhileMissing = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan WhileWell = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var (needsKeys, needsToken) = (true, true);
        while (!options.IsOnlyLocal)
        {
            try
            {
                needsKeys |= keys.Problem is not null;
                needsKeys = needsKeys && await keys.ReadAsync(stoppingToken) == 0;
            }
            catch (KeysUnavailableException e)
            {
                log.LogError(e, "Teams cannot prove its requests");
            }

            try
            {
                needsToken |= token.Problem is not null;
                needsToken = needsToken && (await token.GetAsync(stoppingToken)).Length == 0;
            }
            catch (TokenUnavailableException e)
            {
                log.LogError(e, "Nothing can be sent to Teams");
            }

            await Task.Delay(needsKeys || needsToken ? WhileMissing : WhileWell, time, stoppingToken);
        }
    }
}
