using ItOps.Bot.Accounts;
using ItOps.Bot.Agents;
using ItOps.Bot.Assurance;
using ItOps.Bot.Conversations;
using ItOps.Bot.Dialogs;
using ItOps.Bot.Execution;
using ItOps.Bot.Knowledge;
using ItOps.Bot.People;
using ItOps.Bot.Runbooks;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Plans;

/// <summary>What is known when parameters are filled: who asks, in which words, and what was settled before.</summary>
public sealed record Filling(Runbook Runbook, Principal Requester, string Text, IReadOnlyDictionary<string, ParameterValue> Filled)
{
    /// <summary>The parameter that was asked for and the words of the answer; "#2" for the second option.</summary>
    public (string Parameter, string Words)? Answer { get; init; }

    /// <summary>What the text names is read again, even where it is filled already.</summary>
    public bool Anew { get; init; }

    /// <summary>As in <see cref="Prepare.Proof"/>.</summary>
    public Proof? Proof { get; init; }

    /// <summary>The framework of the agent that put the text together from what the person wrote; none when the text is theirs, or the rules'.</summary>
    public string? CutBy { get; init; }

    /// <summary>What an agent read in the words, for what rules do not read there.</summary>
    public Suggestion? Suggested { get; init; }

    /// <summary>Values of the last request that may be taken over.</summary>
    public Memory? Memory { get; init; }
}

/// <summary>
/// Turns words into typed values: persons, accounts and groups as the directories know them, never as they were spelled. Anything that is not
/// exactly one object is asked about or refused (I4, I5).
/// </summary>
public sealed class ParameterResolver(ISlotReader slots, PersonReader persons, AccountDirectories directories, OperationCatalog operations)
{
    /// <summary>All values, or the trigger that says what stands in the way.</summary>
    public async Task<(IReadOnlyDictionary<string, ParameterValue> Values, DialogTrigger? Obstacle)> ResolveAsync(
        Filling filling, CancellationToken cancellationToken)
    {
        var values = new Dictionary<string, ParameterValue>(filling.Filled);
        var said = slots.Read(filling.Runbook, filling.Text);

        // Whom it is for comes first: without the right to act for them, nothing of theirs is read.
        foreach (var parameter in filling.Runbook.Parameters.OrderBy(Order))
        {
            var mentioned = parameter.Slot is { } slot ? said.GetValueOrDefault(slot) : null;
            var isSettled = values.ContainsKey(parameter.Name) && !(filling.Anew && mentioned is not null);
            if (!isSettled && await FillAsync(filling, parameter, mentioned, said, values, cancellationToken) is { } obstacle)
                return (values, obstacle);
            if (parameter.Kind == ParameterKind.Person && values.TryGetValue(parameter.Name, out var whom) && !await persons.MayActForAsync(filling, whom, cancellationToken))
                return (values, NotTheirs(filling, new(whom.Value)));
        }

        return (values, null);
    }

    /// <summary>Settles one value; or the trigger that says what stands in the way.</summary>
    private async Task<DialogTrigger?> FillAsync(
        Filling filling,
        RunbookParameter parameter,
        IReadOnlyList<string>? mentioned,
        IReadOnlyDictionary<string, IReadOnlyList<string>> said,
        Dictionary<string, ParameterValue> values,
        CancellationToken cancellationToken)
    {
        var heard = Hear(filling, parameter, mentioned);
        var reading = await ReadAsync(filling, parameter, heard.Words, said, values, cancellationToken);
        switch (reading)
        {
            case { Value: { } value }:
                if (parameter.Kind == ParameterKind.Person && values.TryGetValue(parameter.Name, out var before) && before.Value != value.Value)
                    Forget(ParameterKind.Account, filling.Runbook, values);
                values[parameter.Name] = value.Provenance is Provenance.Said or Provenance.Directory ? value with { Evidence = heard.Evidence, ReadBy = heard.ReadBy } : value;
                return null;
            case { Problem: { Code: ProblemCode.UnknownPerson or ProblemCode.NotAPlainName } problem }:
                values.Remove(parameter.Name);
                return filling.Answer?.Parameter == parameter.Name
                    ? new AnswerUnusable(filling.Answer.Value.Words, problem)
                    : new ParameterMissing(filling.Runbook.Id, filling.Text, values, parameter.Name, []) { Problem = problem, About = First(heard.Words) };
            case { Problem: { } problem }:
                return new Refused(problem, filling.Runbook.Id, First(heard.Words));
            case { Options: { } options } when parameter.Kind == ParameterKind.Person:
                return await OfferPeopleAsync(filling, parameter, options, heard, values, cancellationToken);
            case { Options: { } options } when filling.Answer is { } given && given.Parameter == parameter.Name:
                return Picked(parameter, options, heard, values) ? null : new AnswerUnusable(given.Words, null);
            case { Options: { } options } when parameter.Required || options.Count > 0:
                return new ParameterMissing(filling.Runbook.Id, filling.Text, values, parameter.Name, options);
            default:
                return null;
        }
    }

    /// <summary>Whoever may not ask for others is shown none of them.</summary>
    private async Task<DialogTrigger?> OfferPeopleAsync(
        Filling filling,
        RunbookParameter parameter,
        IReadOnlyList<ParameterChoice> people,
        Heard heard,
        Dictionary<string, ParameterValue> values,
        CancellationToken cancellationToken)
    {
        var theirs = new List<ParameterChoice>();
        foreach (var choice in people)
        {
            if (await persons.MayActForAsync(filling, choice.Value, cancellationToken))
                theirs.Add(choice);
        }

        if (theirs.Count == 0)
            return NotTheirs(filling, owner: null);
        return filling.Answer?.Parameter == parameter.Name && Picked(parameter, theirs, heard, values)
            ? null
            : new ParameterMissing(filling.Runbook.Id, filling.Text, values, parameter.Name, theirs);
    }

    private static bool Picked(RunbookParameter parameter, IReadOnlyList<ParameterChoice> options, Heard heard, Dictionary<string, ParameterValue> values)
    {
        if (PickFrom(options, First(heard.Words)!) is not { } picked)
            return false;
        values[parameter.Name] = picked with { Provenance = Provenance.Said, Evidence = heard.Evidence, ReadBy = heard.ReadBy };
        return true;
    }

    private static Refused NotTheirs(Filling filling, PersonId? owner) =>
        new(new(ProblemCode.NotYours, $"{filling.Requester.Id} may not ask for {owner?.Value ?? "others"} with '{filling.Runbook.Id}'."), filling.Runbook.Id, null) { Owner = owner };

    /// <summary>The words about a parameter, where they stand in what the person wrote, and who read them there. What the rules read counts before what an agent did.</summary>
    private sealed record Heard(IReadOnlyList<string>? Words, string? Evidence, string? ReadBy);

    private static Heard Hear(Filling filling, RunbookParameter parameter, IReadOnlyList<string>? mentioned)
    {
        var answer = filling.Answer is { } given && given.Parameter == parameter.Name ? given.Words : null;

        // What an agent read in the wish is no reading of the answer.
        if (filling.Suggested is { } suggestion && (answer is null ? mentioned is null : suggestion.Text == answer) && suggestion.Values.FirstOrDefault(v => v.Parameter == parameter.Name) is { } suggested)
            return new([suggested.Value], suggested.Evidence, suggestion.By);
        if (answer is not null)
            return new([answer], answer, null);
        return filling.CutBy is { } cutter && First(mentioned) is { } read
            ? new(mentioned, filling.Text.Contains(read, StringComparison.OrdinalIgnoreCase) ? read : filling.Text, cutter)
            : new(mentioned, First(mentioned), null);
    }

    private static string? First(IReadOnlyList<string>? words) => words is [var first, ..] ? first : null;

    private static void Forget(ParameterKind kind, Runbook runbook, Dictionary<string, ParameterValue> values)
    {
        foreach (var parameter in runbook.Parameters.Where(p => p.Kind == kind))
            values.Remove(parameter.Name);
    }

    private static int Order(RunbookParameter parameter) => parameter.Kind switch
    {
        ParameterKind.Person => 0,
        ParameterKind.Choice or ParameterKind.Platform or ParameterKind.Duration or ParameterKind.Device or ParameterKind.Text => 1,
        ParameterKind.Group => 2,
        _ => 3,
    };

    private async Task<Reading> ReadAsync(
        Filling filling,
        RunbookParameter parameter,
        IReadOnlyList<string>? mentioned,
        IReadOnlyDictionary<string, IReadOnlyList<string>> said,
        Dictionary<string, ParameterValue> values,
        CancellationToken cancellationToken)
    {
        var words = mentioned ?? [];
        switch (parameter.Kind)
        {
            case ParameterKind.Person:
                return await persons.ReadAsync(mentioned, filling.Requester, filling.Memory, cancellationToken);
            case ParameterKind.Account:
                return await ReadAccountAsync(filling, parameter, said.GetValueOrDefault("system") ?? [], values, cancellationToken);
            case ParameterKind.Group:
                return await ReadGroupAsync(filling.Runbook, parameter, words, values, cancellationToken);
            case ParameterKind.Choice or ParameterKind.Platform:
                var known = parameter.Kind == ParameterKind.Platform ? Platforms.Options : parameter.Options;
                var options = known.Select(o => new ParameterChoice(new(o.Value, o.Label, Provenance.Said), null)).ToList();
                var option = words.Count == 0 ? null : known.FirstOrDefault(o => Means(o, words[0]));
                return option is not null ? new(new(option.Value, option.Label, Provenance.Said)) : new Reading { Options = parameter.Required ? options : [] };
            default:
                return words.Count > 0
                    ? new(new(string.Join(", ", words), string.Join(", ", words), Provenance.Said))
                    : new Reading { Options = [] };
        }
    }

    private static bool Means(ParameterOption option, string words) =>
        option.Words.Append(option.Value).Append(option.Label).Contains(words, StringComparer.OrdinalIgnoreCase);

    private async Task<Reading> ReadAccountAsync(
        Filling filling,
        RunbookParameter parameter,
        IReadOnlyList<string> systems,
        Dictionary<string, ParameterValue> values,
        CancellationToken cancellationToken)
    {
        var forWhom = filling.Runbook.Parameters.FirstOrDefault(p => p.Kind == ParameterKind.Person);
        var owner = forWhom is not null && values.TryGetValue(forWhom.Name, out var person) ? new PersonId(person.Value) : filling.Requester.Id;
        var answers = await directories.AccountsOfAsync(owner, cancellationToken);
        var accounts = answers.Found.Where(a => a.Kind == AccountKind.Person).ToList();
        if (parameter.SameSystemAs is { } other && values.TryGetValue(other, out var sibling))
            accounts.RemoveAll(a => ObjectReference.Group(sibling.Value)?.System != a.Id.System);
        if (accounts.Count == 0 && answers.Silent.Count > 0)
            return new Reading { Problem = Away(answers.Silent) };
        if (accounts.Count == 0)
            return new Reading { Problem = new(ProblemCode.NoSuchAccount, $"{owner} has no account in the systems that are connected.") };
        var needs = Needs(filling.Runbook);
        accounts.RemoveAll(a => !directories.Offers(a.Id.System, needs) || (a.Withheld & needs) != 0);
        if (accounts.Count == 0 && answers.Silent.Count > 0)
            return new Reading { Problem = Away(answers.Silent) };
        if (accounts.Count == 0)
            return new Reading { Problem = new(ProblemCode.NotOffered, $"No system in which {owner} has an account offers '{needs}'.") };

        var remembered = filling.Memory?.Parameters.Values.FirstOrDefault(v => accounts.Any(a => a.Id.ToString() == v.Value));
        if (remembered is not null && systems.Count == 0)
            return new(remembered with { Provenance = Provenance.Context });

        var named = accounts.Where(a => systems.Any(s => IsCalled(a, s))).ToList();

        // While a system is silent, the one account that is seen may not be the one that is meant.
        if (named.Count == 1 || (systems.Count == 0 && accounts.Count == 1 && answers.Silent.Count == 0))
            return new(ToValue(named.Count == 1 ? named[0] : accounts[0], Provenance.Directory));

        // A system that was named and is not connected is no leave to take another one.
        return new Reading { Options = [.. accounts.Select(a => new ParameterChoice(ToValue(a, Provenance.Chosen), AccountWords.State(a)))] };
    }

    private static Problem Away(IReadOnlyList<string> silent) => new(ProblemCode.SystemUnavailable, $"{string.Join(", ", silent)} did not answer.");

    private AccountAbilities Needs(Runbook runbook) => runbook.Steps.OfType<RunStep>()
        .Where(s => !s.IfOffered)
        .Select(s => operations.Find(s.Operation)?.Descriptor.Needs ?? AccountAbilities.None)
        .Aggregate(AccountAbilities.None, (all, needs) => all | needs);

    private bool IsCalled(AccountSnapshot account, string words) =>
        words.Equals(account.Id.System, StringComparison.OrdinalIgnoreCase)
        || words.Equals(account.SystemName, StringComparison.OrdinalIgnoreCase)
        || directories.Find(account.Id.System)!.Aliases.Contains(words, StringComparer.OrdinalIgnoreCase);

    private static ParameterValue ToValue(AccountSnapshot account, Provenance provenance) =>
        new(account.Id.ToString(), $"{account.Name} in {account.SystemName}", provenance);

    private async Task<Reading> ReadGroupAsync(
        Runbook runbook, RunbookParameter parameter, IReadOnlyList<string> words, Dictionary<string, ParameterValue> values, CancellationToken cancellationToken)
    {
        var answers = await directories.GroupsAsync(cancellationToken);
        var groups = answers.Found.Where(g => g.Resource?.Type == parameter.Resource).ToList();
        if (groups.Count == 0 && answers.Silent.Count > 0)
            return new Reading { Problem = Away(answers.Silent) };

        var permission = runbook.Parameters
            .Where(p => p.Kind == ParameterKind.Choice && values.ContainsKey(p.Name))
            .Select(p => values[p.Name].Value)
            .FirstOrDefault(v => groups.Exists(g => g.Resource!.Permission == v));

        // What was asked for by name is kept, so that it is refused for what it is, and not quietly replaced by something smaller.
        var candidates = groups.Where(g => permission is null ? !g.IsPrivileged : g.Resource!.Permission == permission).ToList();
        if (words.Count > 0)
        {
            var named = candidates.Where(g => Names(g.Resource!).Contains(words[0], StringComparer.OrdinalIgnoreCase)).ToList();
            if (named.Count == 1)
                return new(ToValue(named[0], Provenance.Said));
            if (named.Count > 1)
                candidates = named;
        }

        return new Reading
        {
            Options = [.. candidates.OrderBy(g => g.Name, StringComparer.Ordinal).Select(g => new ParameterChoice(ToValue(g, Provenance.Chosen), g.Description))],
        };
    }

    private static IEnumerable<string> Names(GroupResource resource) => resource.Aliases.Append(resource.Name);

    private static ParameterValue ToValue(GroupSnapshot group, Provenance provenance) =>
        new(group.Id.ToString(), $"{group.Resource!.Name} ({group.Resource.Permission})", provenance);

    /// <summary>An answer names an option by its place, its text or part of its text, as long as that is one option only.</summary>
    private static ParameterValue? PickFrom(IReadOnlyList<ParameterChoice> options, string words)
    {
        if (words.StartsWith('#') && int.TryParse(words.AsSpan(1), out var ordinal))
            return options.ElementAtOrDefault(ordinal < 0 ? options.Count + ordinal : ordinal - 1)?.Value;
        var wanted = words.Trim().TrimEnd('.', '!');
        var exact = options.Where(o => o.Value.Display.Equals(wanted, StringComparison.OrdinalIgnoreCase)).ToList();
        if (exact.Count == 1)
            return exact[0].Value;
        var asked = wanted.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(w => !Fillers.Contains(w)).ToList();
        var partly = options.Where(o => asked.Count > 0 && asked.TrueForAll(w => Tokens(o).Contains(w))).ToList();
        return partly.Count == 1 ? partly[0].Value : null;
    }

    private static readonly HashSet<string> Fillers = new(["the", "my", "one", "please", "in", "account"], StringComparer.OrdinalIgnoreCase);

    private static HashSet<string> Tokens(ParameterChoice option) =>
        new($"{option.Value.Display} {option.Hint}".Split([' ', '(', ')', ',', '·'], StringSplitOptions.RemoveEmptyEntries), StringComparer.OrdinalIgnoreCase);
}
