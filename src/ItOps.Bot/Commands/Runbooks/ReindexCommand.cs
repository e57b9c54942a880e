using System.CommandLine;
using ItOps.Bot.Knowledge.Chroma;
using ItOps.Bot.Runbooks.Library;

namespace ItOps.Bot.Host.Commands.Runbooks;

/// <summary><c>runbooks reindex</c>: the vectors in Chroma from nothing. Nobody needs it in daily life: the server keeps them as the runbooks are.</summary>
internal static class ReindexCommand
{
    public static Command Create(CommandHost bot)
    {
        var reindex = new Command("reindex", "Embed every runbook again, into a collection of Chroma that is made anew; exit code 1 when it cannot be done.");
        reindex.SetAction((_, cancellationToken) => RunAsync(bot, cancellationToken));
        return reindex;
    }

    private static async Task<int> RunAsync(CommandHost bot, CancellationToken cancellationToken)
    {
        using var host = bot.Build();

        // What is in force stands in the store, not in the folder alone.
        await host.Services.GetRequiredService<LiveRunbooks>().StartingAsync(cancellationToken);
        var report = await host.Services.ReindexAsync(cancellationToken);
        System.Console.WriteLine($"ok {report.Embedded} runbooks embedded, {report.Kept} kept, {report.Removed} removed");
        return 0;
    }
}
