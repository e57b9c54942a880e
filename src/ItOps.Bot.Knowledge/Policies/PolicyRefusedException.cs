using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Knowledge.Policies;

/// <summary>Stops the start: a policy could not be read. The message names every problem as <c>file:line: message</c>.</summary>
public sealed class PolicyRefusedException(string policy, IReadOnlyList<SourceProblem> problems)
    : OperatorException($"The {policy} policy cannot be used:" + Environment.NewLine + string.Join(Environment.NewLine, problems))
{
    public IReadOnlyList<SourceProblem> Problems { get; } = problems;
}
