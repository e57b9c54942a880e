using ItOps.Bot.Runbooks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ItOps.Bot.Knowledge.Runbooks;

/// <summary>Says at the start which runbooks could not be read: the others work, and somebody should know.</summary>
internal sealed class RunbookReport(RunbookCatalog runbooks, ILogger<RunbookReport> log) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var problem in runbooks.Problems)
            log.LogWarning("Runbook problem: {Problem}", problem.ToString());
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
