using ItOps.Bot.People;

namespace ItOps.Bot.Host.Composition;

/// <summary>Says at the start that people are recognised in a weaker way than they could be: somebody should know.</summary>
internal sealed class IdentityReport(IdentityOptions options, ILogger<IdentityReport> log) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.MatchByEmail)
            log.LogWarning("Identity:MatchByEmail is on: whom nobody bound is recognised by the e-mail address of their chat account, which is weaker; cards say so, and nobody decides by it");
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
