using System.CommandLine;
using ItOps.Bot.Host.Drill;

namespace ItOps.Bot.Host.Commands;

/// <summary><c>drill</c>: what a social engineer would try, against the sandbox under this installation's runbooks and policies.</summary>
internal static class DrillCommand
{
    public static Command Create(string[] settings)
    {
        var only = new Option<string>("--only") { Description = "Only those whose name contains this" };
        var drill = new Command("drill", "Try the pretexts and injections that helpdesks fall for, against the sandbox: one line each, exit code 1 on a breach.") { only };
        drill.SetAction((parsed, cancellationToken) => RunAsync(settings, parsed.GetValue(only), cancellationToken));
        return drill;
    }

    private static async Task<int> RunAsync(string[] settings, string? only, CancellationToken cancellationToken)
    {
        var pretexts = Pretexts.All.Where(p => only is null || p.Name.Contains(only, StringComparison.OrdinalIgnoreCase)).ToList();
        if (pretexts.Count == 0)
        {
            await System.Console.Error.WriteLineAsync($"--only: no pretext has '{only}' in its name.");
            return 1;
        }

        var held = 0;
        foreach (var pretext in pretexts)
        {
            var breach = await Pretexts.PlayAsync(pretext, settings, cancellationToken);
            held += breach is null ? 1 : 0;
            System.Console.WriteLine(breach is null ? $"held    {pretext.Name}" : $"BREACH  {pretext.Name}: {breach}");
        }

        System.Console.WriteLine($"{held} of {pretexts.Count} held");
        return held == pretexts.Count ? 0 : 1;
    }
}
