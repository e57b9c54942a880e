using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Knowledge.Policies;

/// <summary>Stops the start: the approval policy could not be read. The message names every problem as <c>file:line: message</c>.</summary>
public sealed class PolicyRefusedException(IReadOnlyList<SourceProblem> problems)
    : OperatorException("The approval policy cannot be used:" + Environment.NewLine + string.Join(Environment.NewLine, problems))
{
    public IReadOnlyList<SourceProblem> Problems { get; } = problems;
}
