using ItOps.Bot.Approvals;
using ItOps.Bot.Benchmarks.Measuring;
using ItOps.Bot.Commits;
using ItOps.Bot.Conversations;
using ItOps.Bot.Host.Serving;
using ItOps.Bot.Testing.Assurance;
using ItOps.Bot.Testing.Ports;
using ItOps.Bot.Testing.Reporting;
using ItOps.Bot.Turns;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Benchmarks.Approve;

/// <summary>
/// From the press of Approve to the durable line "started" of the first step, one request after the other, in the whole bot. Alice need not prove who she is, and may ask
/// as often as it takes: what is measured begins when all that is over. Each run leaves a report behind that waits for a press, as the runs of a week do.
/// </summary>
internal static class ApproveBenchmark
{
    private const int Usual = 300;
    private const int WarmUp = 20;
    private static readonly ConversationId s_conversation = new("console", "alice");
    private static readonly ChannelIdentity s_alice = new("console", "sandbox", "alice");
    private static readonly TimeProvider s_time = TimeProvider.System;

    public static async Task<int> RunAsync(Arguments arguments)
    {
        var machine = Machine.Now();
        System.Console.WriteLine(machine);
        var requests = arguments.Number("--requests", Usual);
        var folder = Directory.CreateTempSubdirectory("itops-approve-").FullName;
        StartWatch? watch = null;
        await using var bot = BotServer.Build(
            ["--environment=Development", "--urls=http://127.0.0.1:0", $"--Storage:Folder={folder}", "--Logs:Folder=", "--Logging:LogLevel:Default=Error"],
            services => services
                .AddSingleton(NothingToProve.Policy)
                .Decorate<ICommitStore>(store => watch ??= new StartWatch(store))
                .Decorate<ApprovalPolicy>(policy => policy with { RequestsPerHour = int.MaxValue, ApprovalsPerHour = int.MaxValue }));
        await bot.StartAsync();
        var rows = new List<Times>();
        for (var i = 0; i < WarmUp + requests; i++)
        {
            var times = await ApproveAsync(bot.Services, () => watch!);
            if (i >= WarmUp)
                rows.Add(times);
        }

        await bot.StopAsync();
        Directory.Delete(folder, recursive: true);
        Report(machine, rows);
        return 0;
    }

    private static void Report(Machine machine, IReadOnlyList<Times> rows)
    {
        var table = new ResultTable(System.Console.Out, ("ms", 42), ("p50", 8), ("p99", 8), ("max", 8));
        table.Head();
        var whole = new Figures(rows.Select(r => r.Started));
        foreach (var (what, figures) in new (string, Figures)[]
        {
            ("pressed -> approval durable", new(rows.Select(r => r.Approved))),
            ("approval durable -> claimed by a runner", new(rows.Select(r => r.Claimed - r.Approved))),
            ("claimed -> target read again, step started", new(rows.Select(r => r.Started - r.Claimed))),
            ("pressed -> step started", whole),
        })
        {
            table.Row(what, Figures.Show(figures.P50), Figures.Show(figures.P99), Figures.Show(figures.Max));
        }

        System.Console.WriteLine(ResultTable.Json(new { command = "approve", requests = rows.Count, machine, approvalToStartedMs = whole.ToJson() }));
    }

    /// <summary>Alice asks for a reset; once the card is there, omar presses; the run ends before the next begins.</summary>
    private static async Task<Times> ApproveAsync(IServiceProvider bot, Func<StartWatch> watch)
    {
        var (intake, turns, outbox) = (bot.GetRequiredService<ITurnIntake>(), bot.GetRequiredService<TurnPump>(), bot.GetRequiredService<Replies.OutboxSender>());
        await intake.AcceptAsync(new MessageTurn(Id.New(s_time), s_alice, s_conversation, s_time.GetUtcNow(), "reset my directory password please"), default);
        await turns.WhenIdleAsync();
        await outbox.WhenIdleAsync();
        var approvals = bot.GetRequiredService<IApprovalStore>();
        if (await AskedAsync(approvals) is not { } approval)
        {
            var said = await bot.GetRequiredService<ITranscript>().ReadAsync(s_conversation, take: 1, default);
            var choice = said[0].Reply!.Choices.First(c => c.Label.Contains("Directory", StringComparison.Ordinal));
            await intake.AcceptAsync(new ChoiceTurn(Id.New(s_time), s_alice, s_conversation, s_time.GetUtcNow(), choice.Id), default);
            await turns.WhenIdleAsync();
            await outbox.WhenIdleAsync();
            approval = (await AskedAsync(approvals))!;
        }

        var omar = (await bot.GetRequiredService<IIdentityResolver>().ResolveAsync(new("console", "sandbox", "omar"), default)).Value;
        var moments = watch().Of(approval.RequestId);
        var pressed = s_time.GetTimestamp();
        await bot.GetRequiredService<ApprovalService>().DecideAsync(omar, approval.Id, Verdict.Approve, note: null, approval.TypeToConfirm, default);
        await moments.Ended.Task;
        var times = new Times(Since(pressed, moments.Approved), Since(pressed, moments.Claimed), Since(pressed, moments.Started));
        await turns.WhenIdleAsync();
        await outbox.WhenIdleAsync();
        return times;
    }

    private static async Task<Approval?> AskedAsync(IApprovalStore approvals) =>
        (await approvals.PendingAsync(default)).SingleOrDefault(a => a.Purpose == ApprovalPurpose.Change);

    private static double Since(long pressed, TaskCompletionSource<long> moment) => s_time.GetElapsedTime(pressed, moment.Task.Result).TotalMilliseconds;

    /// <summary>Milliseconds since the press.</summary>
    private sealed record Times(double Approved, double Claimed, double Started);
}
