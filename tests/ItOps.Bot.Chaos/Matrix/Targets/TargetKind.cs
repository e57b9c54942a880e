using ItOps.Bot.Testing.ActiveDirectory;
using ItOps.Bot.Testing.Linux;

namespace ItOps.Bot.Chaos.Matrix.Targets;

/// <summary>A directory that the matrix knows.</summary>
/// <param name="Lacks">Why it cannot be had here; none when it can.</param>
internal sealed record TargetKind(string Name, string? Lacks, Func<Task<Target>> StartAsync)
{
    public static readonly IReadOnlyList<TargetKind> All =
    [
        new("sandbox", null, () => Task.FromResult<Target>(new SandboxTarget())),
        new("entra", null, () => Task.FromResult<Target>(new EntraTarget())),
        new("aws", null, () => Task.FromResult<Target>(new AwsTarget())),
        new("jira", null, () => Task.FromResult<Target>(new JiraTarget())),
        new("active-directory", SambaDomain.Lacks, ActiveDirectoryTarget.StartAsync),
        new("local", DisposableUser.Missing, () => Task.FromResult<Target>(new LocalTarget())),
    ];
}
