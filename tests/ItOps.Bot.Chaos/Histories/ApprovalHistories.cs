using System.Security.Cryptography;
using ItOps.Bot.Accounts;
using ItOps.Bot.Approvals;
using ItOps.Bot.Auditing;
using ItOps.Bot.Chaos.Bots;
using ItOps.Bot.Testing.Assurance;
using ItOps.Bot.Testing.Reporting;
using ItOps.Bot.Testing.Time;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ItOps.Bot.Chaos.Histories;

/// <summary>Plays many histories one after the other on one database, so that each also meets what the earlier ones left.</summary>
internal static class ApprovalHistories
{
    private const int Usual = 200;

    public static async Task<int> RunAsync(int? requests, int? seed)
    {
        // A seed alone replays the one history it stands for.
        var count = requests ?? (seed is null ? Usual : 1);
        var first = seed ?? RandomNumberGenerator.GetInt32(1, 1_000_000_000);
        System.Console.WriteLine($"{count} histories, seeds {first} to {first + count - 1}; replay one with --seed S");

        var folder = Directory.CreateTempSubdirectory("itops-chaos-").FullName;
        var clock = new FakeTimeProvider();

        // The same person asks again in each history, and what is tried is the decision: evidence and limits are tried where they are meant to be.
        using var bot = BotHost.Build(folder, new Dictionary<string, string>(), services => services.AddSingleton<TimeProvider>(clock).AddSingleton(NothingToProve.Policy));
        await bot.StartAsync();
        var table = new ResultTable(System.Console.Out, ("decision", 12), ("histories", 9), ("presses", 8), ("effects", 8), ("problems", 8));
        var problems = new List<string>();
        var tally = new Dictionary<ApprovalStatus, (int Histories, int Presses, int Effects)>();
        for (var i = 0; i < count; i++)
            problems.AddRange(await PlayAsync(bot.Services, clock, History.Of(first + i), tally));

        var verdict = await AuditChain.VerifyAsync(bot.Services.GetRequiredService<IAuditLog>(), default);
        if (!verdict.Ok)
            problems.Add($"the audit chain is broken at {verdict.FirstBroken}: {verdict.What}");
        await bot.StopAsync();
        Directory.Delete(folder, recursive: true);

        table.Head();
        foreach (var (status, (histories, presses, effects)) in tally.OrderBy(t => t.Key))
            table.Row($"{status}", $"{histories}", $"{presses}", $"{effects}", "");
        table.Row("all", $"{count}", $"{tally.Values.Sum(t => t.Presses)}", $"{tally.Values.Sum(t => t.Effects)}", $"{problems.Count}");
        foreach (var problem in problems)
            System.Console.WriteLine(problem);
        System.Console.WriteLine(ResultTable.Json(new
        {
            command = "histories",
            histories = count,
            firstSeed = first,
            auditRecords = verdict.Count,
            held = problems.Count == 0,
            problems,
        }));
        return problems.Count == 0 ? 0 : 1;
    }

    private static async Task<IEnumerable<string>> PlayAsync(
        IServiceProvider bot, FakeTimeProvider clock, History history, Dictionary<ApprovalStatus, (int Histories, int Presses, int Effects)> tally)
    {
        var sandbox = bot.GetRequiredService<ISandboxState>();
        var before = (await sandbox.EffectsAsync(default)).Count;
        var stage = new Stage(bot, clock);
        var asked = await stage.OpenAsync(history.Seed);
        await stage.PlayAsync(history, asked);
        var problems = await new HistoryChecks(bot, stage, history, asked, before).RunAsync();

        var status = (await bot.GetRequiredService<IApprovalStore>().FindAsync(asked.Id, default))!.Status;
        var (histories, presses, effects) = tally.GetValueOrDefault(status);
        tally[status] = (histories + 1, presses + history.Presses.Sum(p => p.Times), effects + (await sandbox.EffectsAsync(default)).Count - before);
        return problems.Select(problem => $"seed {history.Seed}: {problem}");
    }
}
