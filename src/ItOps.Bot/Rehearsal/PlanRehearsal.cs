using ItOps.Bot.Accounts;
using ItOps.Bot.Dialogs;
using ItOps.Bot.Execution;
using ItOps.Bot.Host.Composition;
using ItOps.Bot.Knowledge;
using ItOps.Bot.Knowledge.Testing;
using ItOps.Bot.People;
using ItOps.Bot.Plans;
using ItOps.Bot.Runbooks;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Host.Rehearsal;

/// <summary>Plays cases in the practice organisation: who says it is known, what they say is understood, asked back and planned as in a conversation.</summary>
internal sealed class PlanRehearsal : IPlanRehearsal, IAsyncDisposable
{
    private const string Channel = "console";

    private readonly string _folder = Directory.CreateTempSubdirectory("itops-rehearsal-").FullName;
    private readonly IHost _host;

    private PlanRehearsal(string[] settings, string runbooks, IReadOnlyCollection<OperationDescriptor> operations)
    {
        var builder = PracticeHost.Builder(settings, _folder);
        builder.Configuration["Knowledge:RunbookFolder"] = runbooks;
        builder.Services.AddBot(BotComposition.Settings(builder), builder.Configuration);
        builder.Services.AddSingleton(provider => Catalog(provider.GetServices<IOperation>().ToList(), operations));
        _host = builder.Build();
    }

    /// <param name="settings">Those of the command.</param>
    /// <param name="runbooks">The folder with the library as it would be.</param>
    /// <param name="operations">What this installation can do beyond the sandbox.</param>
    public static async Task<PlanRehearsal> StartAsync(string[] settings, string runbooks, IReadOnlyCollection<OperationDescriptor> operations, CancellationToken cancellationToken)
    {
        var rehearsal = new PlanRehearsal(settings, runbooks, operations);
        await rehearsal._host.StartAsync(cancellationToken);
        return rehearsal;
    }

    public async Task<string?> RehearseAsync(Runbook runbook, PlanCase plan, CancellationToken cancellationToken)
    {
        var services = _host.Services;
        var people = services.GetRequiredService<SandboxSeed>().People;
        if (people.FirstOrDefault(p => p.SignInName == plan.As) is not { } person)
            return $"nobody is called '{plan.As}' in the sandbox{Nearest.Hint(plan.As, people.Select(p => p.SignInName))}";
        var principal = await services.GetRequiredService<IIdentityResolver>().ResolveAsync(person.Identities.First(i => i.Channel == Channel), cancellationToken);
        if (principal.Failed)
            return $"'{plan.As}' is not recognised ({principal.Problem})";

        var answer = Answering.Answer.From(await services.GetRequiredService<IRetriever>().RetrieveAsync(plan.Says, cancellationToken));
        if (answer.First != runbook.Id)
            return $"'{plan.Says}' is answered with {answer}, and must find '{runbook.Id}'";
        return await PlanAsync(runbook, plan, principal.Value, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        if (_host is IAsyncDisposable disposable)
            await disposable.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<string?> PlanAsync(Runbook runbook, PlanCase plan, Principal requester, CancellationToken cancellationToken)
    {
        var planner = _host.Services.GetRequiredService<IPlanner>();
        var filling = new Filling(runbook, requester, plan.Says, new Dictionary<string, ParameterValue>());
        var answered = new HashSet<string>(StringComparer.Ordinal);
        while (true)
        {
            switch (await planner.PlanAsync(filling, cancellationToken))
            {
                case ParameterMissing { Parameter: var asked } when !plan.Answers.ContainsKey(asked):
                    return $"'{plan.Says}' leads to the question for '{asked}', and 'answers' has none";
                case ParameterMissing { Parameter: var asked } when !answered.Add(asked):
                    return $"'{asked}' is asked for again after '{plan.Answers[asked]}'";
                case ParameterMissing missing:
                    filling = filling with { Filled = missing.Filled, Answer = (missing.Parameter, plan.Answers[missing.Parameter]) };
                    break;
                case AnswerUnusable unusable:
                    return $"'{unusable.Text}' is no answer to the question for '{filling.Answer?.Parameter}'";
                case GuideReady guide:
                    return Compare(plan, await FirstCheckAsync(runbook, guide, requester, cancellationToken));
                case var outcome:
                    return Compare(plan, outcome);
            }
        }
    }

    /// <summary>A guide that begins with an operation asks for leave to look first, which is a plan.</summary>
    private async Task<DialogTrigger> FirstCheckAsync(Runbook runbook, GuideReady guide, Principal requester, CancellationToken cancellationToken)
    {
        var platform = runbook.Parameters.FirstOrDefault(p => p.Kind == ParameterKind.Platform) is { } asked ? guide.Values.GetValueOrDefault(asked.Name)?.Value : null;
        var first = runbook.Steps.Index().FirstOrDefault(s => s.Item.Applies(platform, []));
        return first.Item is RunStep
            ? await _host.Services.GetRequiredService<IPlanner>().PlanStepsAsync(runbook, new("", runbook.Id, first.Index) { Platform = platform }, guide.Values, requester.Id, cancellationToken)
            : guide;
    }

    private static string? Compare(PlanCase plan, DialogTrigger outcome) => outcome switch
    {
        PlanReady ready when ready.Plan.Plan.Steps.Select(s => s.Operation).SequenceEqual(plan.Steps) => null,
        PlanReady ready => $"'{plan.Says}' is planned as {Written(ready.Plan.Plan.Steps.Select(s => s.Operation))}, and must be {Written(plan.Steps)}",
        GuideReady when plan.Steps.Count == 0 => null,
        GuideReady => $"'{plan.Says}' begins a guide, and must be planned as {Written(plan.Steps)}",
        NothingToDo nothing => $"there is nothing to do for '{plan.As}' ({nothing.PlainState("en")}); let somebody say it for whom there is",
        Refused refused => $"'{plan.Says}' of '{plan.As}' is refused ({refused.Problem})",
        _ => $"'{plan.Says}' ends in {outcome.GetType().Name}",
    };

    private static string Written(IEnumerable<string> steps) => $"[{string.Join(", ", steps)}]";

    private static OperationCatalog Catalog(List<IOperation> practised, IReadOnlyCollection<OperationDescriptor> operations)
    {
        var connected = practised.Where(p => p.IsConnected).ToList();
        var others = practised.Select(p => p.Descriptor).Concat(operations).DistinctBy(o => o.Id).Where(o => connected.TrueForAll(p => p.Descriptor.Id != o.Id));
        return new([.. connected, .. others.Select(o => new StandIn(o))]);
    }
}
