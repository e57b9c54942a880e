using ItOps.Bot.Accounts;
using ItOps.Bot.Approvals;
using ItOps.Bot.Commits;
using ItOps.Bot.Dialogs;
using ItOps.Bot.Execution;
using ItOps.Bot.People;
using ItOps.Bot.Runbooks;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Plans;

/// <summary>Makes a plan of typed steps from a runbook and resolved parameters, and looks at every target first.</summary>
public interface IPlanner
{
    /// <summary>
    /// Ends in <see cref="ParameterMissing"/>, <see cref="AnswerUnusable"/>, <see cref="PlanReady"/>, <see cref="NothingToDo"/>,
    /// <see cref="GuideReady"/> or <see cref="Refused"/>.
    /// </summary>
    Task<DialogTrigger> PlanAsync(Filling filling, CancellationToken cancellationToken);

    /// <summary>The plan that takes back a plan that was run; <see cref="Refused"/> when nothing does.</summary>
    Task<DialogTrigger> PlanUndoAsync(Plan done, string title, Principal requester, CancellationToken cancellationToken);

    /// <summary>
    /// The plan of what the bot does at a place of a guide: that step alone when it only reads, else it and the changes right after it.
    /// Ends in <see cref="PlanReady"/>, <see cref="NothingToDo"/> or <see cref="Refused"/>.
    /// </summary>
    Task<DialogTrigger> PlanStepsAsync(
        Runbook runbook, GuidePlace at, IReadOnlyDictionary<string, ParameterValue> values, PersonId requester, CancellationToken cancellationToken);
}

/// <summary>The planner that needs no model.</summary>
public sealed class Planner(
    ParameterResolver parameters, RunbookCatalog runbooks, OperationCatalog operations, StepOperations stepOperations, AccountDirectories directories, ApprovalPolicy policy) : IPlanner
{
    public async Task<DialogTrigger> PlanAsync(Filling filling, CancellationToken cancellationToken)
    {
        var (values, obstacle) = await parameters.ResolveAsync(filling, cancellationToken);
        if (obstacle is not null)
            return obstacle;
        var runbook = ForWhom(filling, values);
        var steps = Operations(runbook, runbook.Steps.TakeWhile(stepOperations.Changes), values, filling.Requester.Id);
        if (steps.Count == 0)
            return new GuideReady(runbook.Id, filling.Text, values);

        return await PrepareAsync(runbook.Id, runbook.Version, steps, filling.Text, filling.Requester.Id, cancellationToken) switch
        {
            PlanReady { Plan: var prepared } => new PlanReady(prepared with
            {
                Parameters = values,
                Proof = filling.Proof,
                NeedsAttestation = runbook.OnBehalf.Attest && prepared.Plan.TargetOwners.Any(o => o != filling.Requester.Id),
            }),
            var other => other,
        };
    }

    /// <summary>What is for somebody else may be a runbook of its own, with its own rules.</summary>
    private Runbook ForWhom(Filling filling, IReadOnlyDictionary<string, ParameterValue> values)
    {
        var forOther = filling.Runbook.Parameters.Any(p => p.Kind == ParameterKind.Person && values.TryGetValue(p.Name, out var person) && person.Value != filling.Requester.Id.Value);
        return forOther && runbooks.Find(filling.Runbook.OnBehalf.Use) is { } other ? other : filling.Runbook;
    }

    public async Task<DialogTrigger> PlanUndoAsync(Plan done, string title, Principal requester, CancellationToken cancellationToken)
    {
        var steps = done.Steps.Reverse()
            .Select(s => (Operation: operations.Find(s.Operation)?.Descriptor.UndoneBy, s.Arguments))
            .ToList();
        return steps.Exists(s => s.Operation is null)
            ? new Refused(new(ProblemCode.UnknownOperation, "One of the steps cannot be taken back."), done.RunbookId, title)
            : await PrepareAsync(done.RunbookId, done.RunbookVersion, [.. steps.Select(s => (s.Operation!, s.Arguments))], "Take back: " + title, requester.Id, cancellationToken);
    }

    public async Task<DialogTrigger> PlanStepsAsync(
        Runbook runbook, GuidePlace at, IReadOnlyDictionary<string, ParameterValue> values, PersonId requester, CancellationToken cancellationToken)
    {
        var first = runbook.Steps[at.Step];
        var taken = stepOperations.Changes(first) ? runbook.Steps.Skip(at.Step).TakeWhile(stepOperations.Changes).Where(s => s.Applies(at.Platform, at.Findings)) : [first];
        var ready = await PrepareAsync(runbook.Id, runbook.Version, Operations(runbook, taken, values, requester), runbook.Title, requester, cancellationToken);
        return ready is PlanReady { Plan: var plan } && StepOperations.TitleOf(first) is { } title ? new PlanReady(plan with { Title = title }) : ready;
    }

    private List<(string Operation, StepArguments Arguments)> Operations(
        Runbook runbook, IEnumerable<RunbookStep> steps, IReadOnlyDictionary<string, ParameterValue> values, PersonId requester) =>
        [.. steps
            .SelectMany(step => StepOperations.Of(runbook, step, values, requester).Select(call => (Step: step, Call: call)))
            .Where(s => s.Step is not RunStep { IfOffered: true } || IsOffered(s.Call.Operation, s.Call.Arguments))
            .Select(s => s.Call)];

    private async Task<DialogTrigger> PrepareAsync(
        string runbookId, int runbookVersion, IReadOnlyList<(string Operation, StepArguments Arguments)> steps, string words, PersonId? requester, CancellationToken cancellationToken)
    {
        var planned = new List<PlanStep>();
        var previews = new List<Preview>();
        foreach (var (id, arguments) in steps)
        {
            if (operations.Find(id) is not { } operation)
                return new Refused(new(ProblemCode.UnknownOperation, $"No enabled executor offers '{id}'."), runbookId, null);
            var preview = await LookAsync(operation, arguments, cancellationToken);
            if (preview.Failed)
                return new Refused(preview.Problem, runbookId, null);
            previews.Add(preview.Value);
            planned.Add(new(id, arguments, preview.Value.Target));
        }

        var plan = new Plan(runbookId, runbookVersion, policy.Version, planned);
        if (PlanValidator.Check(plan, operations) is { } problem)
            return new Refused(problem, runbookId, null);
        var changes = planned.Exists(s => operations.Find(s.Operation)!.Descriptor.Effect == OperationEffect.Changes);
        if (changes && previews.TrueForAll(p => p.Changes.Count == 0))
            return new NothingToDo(runbookId, language => requester is { } reader ? Preview.PlainStateFor(previews, reader, language) : "");
        return new PlanReady(new(plan, previews, operations.Find(planned[0].Operation)!.Descriptor.TitleOf(planned[0]), words));
    }

    /// <summary>An operation that nobody registered is no ability that is missing: that is refused where the plan is prepared.</summary>
    private bool IsOffered(string operation, StepArguments arguments) =>
        operations.Find(operation)?.Descriptor.Needs is not { } needs
        || AccountId.Parse(arguments.GetValueOrDefault("account")) is not { } account
        || directories.Offers(account.System, needs);

    /// <summary>Looking changes nothing, so that a system which does not answer is simply away.</summary>
    private static async Task<Result<Preview>> LookAsync(IOperation operation, StepArguments arguments, CancellationToken cancellationToken)
    {
        try
        {
            return await operation.PreviewAsync(arguments, cancellationToken);
        }
        catch (Exception e) when (e is not StoreUnavailableException && !cancellationToken.IsCancellationRequested)
        {
            return new Problem(ProblemCode.SystemUnavailable, $"Looking at the target ended in {e.GetType().Name}: {e.Message}");
        }
    }
}
