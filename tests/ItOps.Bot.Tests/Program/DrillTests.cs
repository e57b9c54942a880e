namespace ItOps.Bot.Tests.Program;

/// <summary>The drill as an operator runs it; it is part of every test run, so that a breach stops a change.</summary>
public sealed class DrillTests : IDisposable
{
    private readonly BotProcess _bot = new();

    [Fact]
    public async Task Every_pretext_and_injection_holds_under_the_shipped_policies()
    {
        var (code, output, _) = await _bot.RunAsync("drill");

        Assert.DoesNotContain("BREACH", output, StringComparison.Ordinal);
        Assert.Equal(0, code);
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal($"{lines.Length - 1} of {lines.Length - 1} held", lines[^1].Trim());
        Assert.InRange(lines.Length, 75, 500);
    }

    [Theory]
    [InlineData("one stolen session asks for a reset", "own password", "kinds: 2", "kinds: 1")]
    [InlineData("a third reset of the same person", "limits:", "times: 2", "times: 20")]
    [InlineData("codes are asked for until one fits", "codes:", "perHour: 3", "perHour: 10")]
    public async Task A_policy_that_gives_way_is_a_breach(string pretext, string section, string strict, string lax)
    {
        var shipped = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "data", "policies", "assurance.yaml"), TestContext.Current.CancellationToken);
        var at = shipped.IndexOf(strict, shipped.IndexOf(section, StringComparison.Ordinal), StringComparison.Ordinal);
        var policy = _bot.Write("assurance.yaml", shipped[..at] + lax + shipped[(at + strict.Length)..]);

        var (code, output, _) = await _bot.RunAsync($"--Assurance:PolicyFile={policy}", "drill", "--only", pretext);

        Assert.Equal(1, code);
        Assert.Contains("BREACH", output, StringComparison.Ordinal);
        Assert.EndsWith("0 of 1 held", output.Trim(), StringComparison.Ordinal);
    }

    public void Dispose() => _bot.Dispose();
}
