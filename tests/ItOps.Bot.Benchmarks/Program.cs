using ItOps.Bot.Benchmarks.Ack;
using ItOps.Bot.Benchmarks.Approve;
using ItOps.Bot.Benchmarks.Finding;
using ItOps.Bot.Benchmarks.Load;
using ItOps.Bot.Benchmarks.Measuring;
using ItOps.Bot.Benchmarks.Models;
using ItOps.Bot.Benchmarks.Start;
using ItOps.Bot.Benchmarks.Turns;

const string Usage = """
    usage: ItOps.Bot.Benchmarks start [--runs N] [--bot PROGRAM]
                              | turns [--seconds N] [--peers FOLDER]
                              | ack [--seconds N] [--peers FOLDER]
                              | approve [--requests N]
                              | retrieval [--runbooks N]
                              | model [--calls N]
    """;

try
{
    return args switch
    {
        ["start", .. var rest] => await StartBenchmark.RunAsync(new Arguments(rest, "--runs", "--bot")),
        ["turns", .. var rest] => await TurnsBenchmark.RunAsync(new Arguments(rest, "--seconds", "--peers")),
        ["ack", .. var rest] => await AckBenchmark.RunAsync(new Arguments(rest, "--seconds", "--peers")),
        ["approve", .. var rest] => await ApproveBenchmark.RunAsync(new Arguments(rest, "--requests")),
        ["retrieval", .. var rest] => await RetrievalBenchmark.RunAsync(new Arguments(rest, "--runbooks")),
        ["model", .. var rest] => await ModelBenchmark.RunAsync(new Arguments(rest, "--calls")),
        // Only the benchmarks themselves start this.
        ["child-bot", var folder, var port, var sink, var mode] => await BenchmarkBot.RunAsync(folder, port, sink, mode),
        _ => throw new ArgumentException(args.Length == 0 ? Usage : $"'{args[0]}' is not known here.\n{Usage}"),
    };
}
catch (ArgumentException wrong)
{
    await Console.Error.WriteLineAsync(wrong.Message);
    return 1;
}
