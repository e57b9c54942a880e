using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Commands;

/// <summary>
/// Commands that somebody who is no author proposes for a request, such as a planner with a model. They come through the same door as a runbook's own: the grammar,
/// the allow-list, and then the approvers, who read them line by line.
/// </summary>
public sealed record CommandProposal(string Title, IReadOnlyList<string> Lines)
{
    public const int MostLines = 5;

    private const int LongestTitle = 100;

    /// <summary>The step that it would be, when the runbook allows proposals at all and every line may be run.</summary>
    public Result<CommandsStep> Accept(Runbook runbook, CommandPolicy policy)
    {
        if (!runbook.GeneratedCommands)
            return new Problem(ProblemCode.NotAllowed, $"'{runbook.Id}' does not allow proposed commands.");
        if (Lines.Count is 0 or > MostLines)
            return new Problem(ProblemCode.InvalidArguments, $"A proposal has 1 to {MostLines} lines, this one has {Lines.Count}.");
        if (Title.Length is 0 or > LongestTitle || Title.Any(char.IsControl))
            return new Problem(ProblemCode.InvalidArguments, "The title of the proposal is empty, too long or holds control characters.");
        for (var i = 0; i < Lines.Count; i++)
        {
            if (policy.Refusal(Lines[i], runbook.Parameter) is { } refusal)
                return new Problem(ProblemCode.InvalidArguments, $"Line {i + 1}, column {refusal.Column + 1}: {refusal.Why}{Environment.NewLine}{refusal.Marked(Lines[i])}");
        }

        return new CommandsStep(Lines, Title);
    }
}
