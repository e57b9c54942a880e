using System.CommandLine;
using ItOps.Bot.Auditing;

namespace ItOps.Bot.Host.Commands;

/// <summary><c>audit verify</c> and <c>audit export</c>: the proof, for a person and for another program.</summary>
internal static class AuditCommand
{
    public static Command Create()
    {
        var format = new Option<string>("--format") { Description = "jsonl or csv", DefaultValueFactory = _ => "jsonl" };
        format.AcceptOnlyFromAmong("jsonl", "csv");
        var verify = new Command("verify", "Check the whole audit chain: 'ok N records', or the first broken one and exit code 1.");
        verify.SetAction((_, cancellationToken) => VerifyAsync(cancellationToken));
        var export = new Command("export", "Write the audit log to standard output.") { format };
        export.SetAction((parsed, cancellationToken) => ExportAsync(parsed.GetValue(format)!, cancellationToken));
        return new Command("audit", "The audit log.") { verify, export };
    }

    private static async Task<int> VerifyAsync(CancellationToken cancellationToken)
    {
        using var host = CommandHost.Build();
        var verdict = await AuditChain.VerifyAsync(host.Services.GetRequiredService<IAuditLog>(), cancellationToken);
        System.Console.WriteLine(verdict.Ok ? $"ok {verdict.Count} records" : $"broken at record {verdict.FirstBroken}: {verdict.What}");
        return verdict.Ok ? 0 : 1;
    }

    private static async Task<int> ExportAsync(string format, CancellationToken cancellationToken)
    {
        using var host = CommandHost.Build();
        await using var output = new StreamWriter(System.Console.OpenStandardOutput());
        var log = host.Services.GetRequiredService<IAuditLog>();
        await (format == "csv" ? AuditExport.CsvAsync(log, output, cancellationToken) : AuditExport.JsonLinesAsync(log, output, cancellationToken));
        return 0;
    }
}
