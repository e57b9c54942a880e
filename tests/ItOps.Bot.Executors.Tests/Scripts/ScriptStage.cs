using ItOps.Bot.Executors.Hosts;
using ItOps.Bot.Executors.Processes;
using ItOps.Bot.Executors.Scripts;
using ItOps.Bot.Plans;
using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Executors.Tests.Scripts;

/// <summary>One runbook, its folder, and the hosts that are connected.</summary>
internal sealed class ScriptStage
{
    public const string Secret = "correct-horse-battery";

    public ScriptStage(string folder, Runbook runbook, ProcessRunner processes, params Host[] connected)
    {
        var options = new ScriptOptions(folder, TimeSpan.FromSeconds(30));
        Scripts = new RunbookScripts(new RunbookCatalog([runbook], []), options);
        Runner = new ScriptRunner(new HostCatalog(new BotHost(processes, Shells), connected, new HostOptions(DeviceIsBotHost: connected.Length == 0)), new SecretMask([Secret]), options);
    }

    public static BotHostOptions Shells { get; set; } = BotHostOptions.Usual;

    public RunbookScripts Scripts { get; }

    public ScriptRunner Runner { get; }

    public static StepArguments Arguments(string? script, params (string Name, string Value)[] with) => ArgumentsOn("device", null, script, with);

    public static StepArguments ArgumentsOn(string target, string? host, string? script, params (string Name, string Value)[] with) => new([
        new("target", target),
        new("person", "alice"),
        .. host is null ? [] : new KeyValuePair<string, string>[] { new("host", host) },
        .. script is null ? [] : new KeyValuePair<string, string>[] { new("script", script) },
        .. with.Select(w => KeyValuePair.Create($"with.{w.Name}", w.Value)),
    ]);
}
