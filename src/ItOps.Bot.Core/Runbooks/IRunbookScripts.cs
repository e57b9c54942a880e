using ItOps.Bot.Plans;

namespace ItOps.Bot.Runbooks;

/// <summary>The scripts of runbooks as files that can be run, each as it was in the version that a plan names.</summary>
public interface IRunbookScripts
{
    /// <param name="path">As <see cref="StepOperations"/> writes it: <c>network/vpn_not_connecting@3/scripts/check.sh</c>; without a version it is the one in force.</param>
    Result<RunbookScriptFile> Find(string? path);
}

/// <param name="File">An absolute path, reached without a link. It is only to be read.</param>
/// <param name="Step">The <see cref="DiagnoseStep"/> or <see cref="ScriptStep"/> that names it first.</param>
/// <param name="Hash">SHA-256 of the file's bytes, hexadecimal.</param>
public sealed record RunbookScriptFile(string File, Runbook Runbook, RunbookStep Step, string Hash);
