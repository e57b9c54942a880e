using System.CommandLine;
using ItOps.Bot.Auditing;

namespace ItOps.Bot.Host.Commands;

/// <summary><c>audit verify</c> and <c>audit export</c>: the proof, for a person and for another program.</summary>
internal static class AuditCommand
{
    public static Command Create(CommandHost bot)
    {
        var format = new Option<string>("--format") { Description = "jsonl or csv", DefaultValueFactory = _ => "jsonl" };
        format.AcceptOnlyFromAmong("jsonl", "csv");
        var verify = new Command("verify", "Check the whole audit chain: 'ok N records', or the first broken one and exit code 1.");
        verify.SetAction((_, cancellationToken) => VerifyAsync(bot, cancellationToken));
        var export = new Command("export", "Write the audit log to standard output.") { format };
        export.SetAction((parsed, cancellationToken) => ExportAsync(bot, parsed.GetValue(format)!, cancellationToken));
        return new Command("audit", "The audit log.") { verify, export };
    }

    private static async Task<int> VerifyAsync(CommandHost bot, CancellationToken cancellationToken)
    {
        using var host = bot.Build();
        var verdict = await AuditChain.VerifyAsync(host.Services.GetRequiredService<IAuditLog>(), cancellationToken);
        System.Console.WriteLine(verdict.Ok ? $"ok {verdict.Count} records" : $"broken at record {verdict.FirstBroken}: {verdict.What}");
        return verdict.Ok ? 0 : 1;
    }

    private static async Task<int> ExportAsync(CommandHost bot, string format, CancellationToken cancellationToken)
    {
        using var host = bot.Build();
        await using var output = System.Console.OpenStandardOutput();
        var log = host.Services.GetRequiredService<IAuditLog>();
        await (format == "csv" ? AuditExport.WriteCsvAsync(log, output, cancellationToken) : AuditExport.WriteJsonLinesAsync(log, output, cancellationToken));
        return 0;
    }
}
