using System.Diagnostics;
using ItOps.Bot.Tests.Architecture;

namespace ItOps.Bot.Tests.Invariants;

/// <summary>
/// I9 with a process that is really killed, and a target that is not: two cases of the matrix, which has one for every change, directory and moment
/// (<c>dotnet run -c Release --project tests/ItOps.Bot.Chaos -- matrix</c>).
/// </summary>
public sealed class I09KilledProcessTests
{
    [Theory]
    [InlineData("aws", "reset", "BeforeAnswer")]
    [InlineData("jira", "join", "AfterEffect")]
    public async Task A_killed_bot_makes_each_change_once(string directory, string story, string point)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signal that ends a process.");
        var start = new ProcessStartInfo(Program(), ["matrix", "--directory", directory, "--story", story, "--point", point])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var matrix = Process.Start(start)!;
        try
        {
            var (output, errors) = (matrix.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), matrix.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
            await matrix.WaitForExitAsync(TestContext.Current.CancellationToken);

            Assert.True(matrix.ExitCode == 0, await output + await errors);
            Assert.Contains("\"cases\":1,", await output, StringComparison.Ordinal);
        }
        finally
        {
            if (!matrix.HasExited)
                matrix.Kill(entireProcessTree: true);
        }
    }

    /// <summary>Where it is built beside this, in the same configuration.</summary>
    private static string Program() =>
        Path.Combine(Sources.Root, "tests", "ItOps.Bot.Chaos", Path.GetRelativePath(Path.Combine(Sources.Root, "tests", "ItOps.Bot.Tests"), AppContext.BaseDirectory), "ItOps.Bot.Chaos");
}
