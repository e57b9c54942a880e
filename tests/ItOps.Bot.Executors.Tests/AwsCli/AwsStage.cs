using System.Diagnostics;
using ItOps.Bot.Cloud;
using ItOps.Bot.Execution;
using ItOps.Bot.Executors.AwsCli;
using ItOps.Bot.Executors.Processes;
using ItOps.Bot.Knowledge.Policies;
using ItOps.Bot.Plans;

namespace ItOps.Bot.Executors.Tests.AwsCli;

/// <summary>The shipped list of calls over one <c>aws</c> program.</summary>
internal sealed class AwsStage(AwsCliOptions? options, TimeProvider time) : IDisposable
{
    public const string Key = "AKIAIOSFODNN7EXAMPLE";

    private readonly AwsProgram? _aws = options is null ? null : new(options, new SecretMask([]), new ProcessRunner(TimeProvider.System));

    public static AwsPolicy Shipped { get; } = AwsReader.ReadFile(Repository.File("data/policies/aws.yaml")).Policy!;

    public IOperation Operation(string id)
    {
        var call = Shipped.Calls.Single(c => c.Id == id);
        return new AwsOperation(call, Shipped.Calls.FirstOrDefault(c => c.Id == call.ReadBy), _aws, time);
    }

    public Task<Result<StepOutput>> ExecuteAsync(string id, string name, string value) =>
        Operation(id).ExecuteAsync(Step(name, value), TestContext.Current.CancellationToken);

    public static StepExecution Step(string name, string value) => new(new StepArguments([new(name, value)]), null, default, (_, _) => Task.CompletedTask);

    public void Dispose() => _aws?.Dispose();

    /// <summary>The program itself: not one of a version manager's stand-ins, which need an environment of their own.</summary>
    public static string? Installed()
    {
        if (Environment.GetEnvironmentVariable("ITOPS_AWS") is { Length: > 0 } set)
            return set;
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Where(f => !f.Contains("/shims", StringComparison.Ordinal));
        return folders.Prepend(PythonFolder()).Select(folder => Path.Combine(folder, "aws")).FirstOrDefault(File.Exists);
    }

    private static string PythonFolder()
    {
        try
        {
            using var python = Process.Start(new ProcessStartInfo(Environment.GetEnvironmentVariable("ITOPS_PYTHON") ?? "python3", ["-c", "import sys; print(sys.prefix + '/bin')"]) { RedirectStandardOutput = true })!;
            return python.StandardOutput.ReadToEnd().Trim();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "/usr/bin";
        }
    }
}
