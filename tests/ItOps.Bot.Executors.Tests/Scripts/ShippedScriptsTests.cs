using System.Runtime.CompilerServices;
using ItOps.Bot.Execution;
using ItOps.Bot.Executors.Processes;
using ItOps.Bot.Executors.Scripts;
using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Executors.Tests.Scripts;

/// <summary>The scripts that come with the runbooks, run for real on the machine of the test.</summary>
public sealed class ShippedScriptsTests
{
    [Theory]
    [InlineData("performance/laptop_running_slow/scripts/slow.sh", "disk-full disk-space memory-full memory-space cpu-busy cpu-free many-processes long-uptime swap-used", 3)]
    [InlineData("network/vpn_not_connecting/scripts/network.sh", "no-route route dns-failing dns no-default-interface clock-wrong clock", 3)]
    public async Task A_script_reports_only_its_own_findings_and_says_what_it_reads(string path, string ids, int atLeast)
    {
        var folder = RunbookFolder();
        var at = path.IndexOf("/scripts/", StringComparison.Ordinal);
        var runbook = new Runbook("any", 1, "Any") { Category = "any", Summary = "", Source = path[..at] + ".md", Steps = [new DiagnoseStep(path[(at + 1)..], "Check")] };
        var stage = new ScriptStage(folder, runbook, new ProcessRunner(TimeProvider.System));
        var diagnosis = new CheckScript(stage.Scripts, stage.Runner);
        var arguments = ScriptStage.Arguments(path);

        var preview = await diagnosis.PreviewAsync(arguments, TestContext.Current.CancellationToken);
        var output = await diagnosis.ExecuteAsync(
            new StepExecution(arguments, null, default, (_, _) => Task.CompletedTask), TestContext.Current.CancellationToken);

        Assert.DoesNotContain("what its file says", preview.Value.PlainState, StringComparison.Ordinal);
        Assert.Null(output.Problem);
        Assert.Empty(output.Value.Lines);
        Assert.True(output.Value.Findings.Count >= atLeast);
        Assert.All(output.Value.Findings, finding => Assert.Contains(finding.Id, ids.Split(' ')));
    }

    private static string RunbookFolder([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../data/runbooks"));
}
