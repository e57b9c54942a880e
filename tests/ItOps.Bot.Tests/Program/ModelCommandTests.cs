using System.Text.Json;
using ItOps.Bot.Testing.Models;

namespace ItOps.Bot.Tests.Program;

/// <summary>What an operator does with a model on the command line.</summary>
public sealed class ModelCommandTests : IDisposable
{
    private readonly BotProcess _bot = new();

    public void Dispose() => _bot.Dispose();

    [Fact]
    public async Task A_model_is_measured_without_Chroma_and_beyond_the_budget_of_a_day()
    {
        await using var model = await FakeModel.StartAsync();
        model.Answers = asked => asked.Nothing() with { Usage = (3_000_000, 1) };
        foreach (var (key, value) in model.Settings)
            _bot.Variables[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        var routing = _bot.Write("routing.jsonl", """
            {"text": "vpn", "label": "vpn_not_connecting"}
            {"text": "my computer makes a strange noise since the update", "label": "out_of_scope"}
            """);
        var decompose = _bot.Write("decompose.jsonl", """{"text": "I am locked out and also the vpn does not connect", "expected": ["account_locked", "vpn_not_connecting"]}""");
        var slots = _bot.Write("slots.jsonl", """{"text": "reset the password of bob", "label": "password_reset", "slots": {"user": "bob"}}""");

        var ended = await _bot.RunAsync("eval", "modes", routing, decompose, slots);

        Assert.Equal(0, ended.ExitCode);
        using var report = JsonDocument.Parse(ended.Output.Trim().Split('\n')[^1]);
        Assert.Equal("embedded + built-in model", report.RootElement.GetProperty("mode").GetString());
        Assert.Equal(0, report.RootElement.GetProperty("failures").GetInt32());
        Assert.InRange(report.RootElement.GetProperty("calls").GetInt32(), 2, int.MaxValue);
        Assert.Equal(model.Calls, report.RootElement.GetProperty("calls").GetInt32());
    }
}
