using ItOps.Bot.Execution;

namespace ItOps.Bot.Plans;

/// <summary>Holds a plan against the descriptors of its operations; nothing that fails here is ever shown to an approver, let alone run.</summary>
public static class PlanValidator
{
    public const int MaximumSteps = 10;
    private const int MaximumArgumentLength = 256;

    public static Problem? Check(Plan plan, OperationCatalog operations)
    {
        if (plan.Steps.Count is 0 or > MaximumSteps)
            return new(ProblemCode.InvalidArguments, $"A plan has 1 to {MaximumSteps} steps, this one has {plan.Steps.Count}.");
        return plan.Steps.Select(step => Check(step, operations)).FirstOrDefault(problem => problem is not null);
    }

    /// <summary>Whether every step only reads, so that the requester's own yes is enough.</summary>
    public static bool OnlyReads(Plan plan, OperationCatalog operations) =>
        plan.Steps.All(s => operations.Find(s.Operation)?.Descriptor.Effect == OperationEffect.ReadsOnly);

    /// <summary>Whether no step gives anybody anything, so that the word of the owner, or of their manager, is enough.</summary>
    public static bool OnlyTakesAway(Plan plan, OperationCatalog operations) =>
        plan.Steps.Count > 0 && plan.Steps.All(s => operations.Find(s.Operation)?.Descriptor.OnlyTakesAway == true);

    private static Problem? Check(PlanStep step, OperationCatalog operations)
    {
        if (operations.Find(step.Operation)?.Descriptor is not { } descriptor)
            return new(ProblemCode.UnknownOperation, $"No enabled executor offers '{step.Operation}'.");
        foreach (var argument in descriptor.Arguments.Where(a => a.Required && !step.Arguments.ContainsKey(a.Name)))
            return new(ProblemCode.InvalidArguments, $"'{step.Operation}' needs '{argument.Name}'.");
        foreach (var (name, value) in step.Arguments)
        {
            if (!descriptor.Arguments.Any(a => OperationPattern.Covers(a.Name, name)))
                return new(ProblemCode.InvalidArguments, $"'{step.Operation}' has no argument '{name}'.");
            if (value.Length is 0 or > MaximumArgumentLength || value.Any(char.IsControl))
                return new(ProblemCode.InvalidArguments, $"The value of '{name}' is empty, too long or holds control characters.");
        }

        return null;
    }
}
