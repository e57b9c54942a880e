using ItOps.Bot.Execution;

namespace ItOps.Bot.Core.Tests.Execution;

public sealed class RunProgressTests
{
    private readonly RunProgress _progress = new();

    [Fact]
    public void Lines_are_kept_per_step_while_it_runs_and_forgotten_when_it_ends()
    {
        _progress.Report("r1", 0, "first");
        _progress.Report("r1", 0, "second");
        _progress.Report("r1", 1, "of another step");

        Assert.Equal(["first", "second"], _progress.Of("r1", 0));
        _progress.End("r1", 0);
        Assert.Empty(_progress.Of("r1", 0));
        Assert.Equal(["of another step"], _progress.Of("r1", 1));
    }

    [Fact]
    public void A_step_that_talks_on_and_on_keeps_its_newest_lines()
    {
        for (var i = 0; i < RunProgress.LineLimit + 10; i++)
            _progress.Report("r1", 0, $"line {i}");

        Assert.Equal(RunProgress.LineLimit, _progress.Of("r1", 0).Count);
        Assert.Equal($"line {RunProgress.LineLimit + 9}", _progress.Of("r1", 0)[^1]);
    }

    [Fact]
    public void Whoever_watches_hears_of_the_request_until_they_stop()
    {
        var heard = new List<string>();
        var watching = _progress.Subscribe(heard.Add);
        _progress.Report("r1", 0, "one");
        watching.Dispose();
        _progress.Report("r1", 0, "two");

        Assert.Equal(["r1"], heard);
    }
}
