using System.Globalization;
using ItOps.Bot.Accounts;
using ItOps.Bot.Conversations;
using ItOps.Bot.Dialogs;
using ItOps.Bot.People;
using ItOps.Bot.Runbooks;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Plans;

/// <summary>What reading a parameter came to: a value, options to choose from (none when words are needed), or a problem.</summary>
public sealed record Reading(ParameterValue? Value = null)
{
    public IReadOnlyList<ParameterChoice>? Options { get; init; }

    public Problem? Problem { get; init; }
}

/// <summary>Understands whom a person means: themselves, their boss, somebody by name. Never guesses between two.</summary>
public sealed class PersonReader(IPersonDirectory people, AccountDirectories directories, RunbookCatalog runbooks)
{
    private static readonly HashSet<string> Self = new(["me", "my", "mine", "myself", "i", "mich", "mir", "ich", "mein", "meins"], StringComparer.OrdinalIgnoreCase);
    private static readonly HashSet<string> Manager = new(["my boss", "my manager", "boss", "manager", "mein chef", "meine chefin"], StringComparer.OrdinalIgnoreCase);
    private static readonly HashSet<string> Other = new(["him", "her", "them", "ihn", "sie"], StringComparer.OrdinalIgnoreCase);

    /// <param name="words">Whom the person named; null when nobody, and empty when somebody in a way that cannot be read: that is never taken for themselves.</param>
    public async Task<Reading> ReadAsync(IReadOnlyList<string>? words, Principal requester, Memory? memory, CancellationToken cancellationToken)
    {
        if (words is null)
            return new(ToValue(requester.Person, Provenance.Default));
        if (words.Count == 0)
            return NotPlain;
        if (words.Count > 1 && await OthersAsync(words, requester, cancellationToken) is { Count: > 1 } others)
            return new Reading { Options = others };
        var name = words[0].Trim();
        if (Self.Contains(name))
            return new(ToValue(requester.Person, Provenance.Said));
        if (Manager.Contains(name))
            return requester.Person.Manager is { } manager && await people.FindAsync(manager, cancellationToken) is { } boss
                ? new(ToValue(boss, Provenance.Directory))
                : Unknown(name);
        if (Other.Contains(name) && memory?.OtherPerson is { } other && await people.FindAsync(other, cancellationToken) is { } mentioned)
            return new(ToValue(mentioned, Provenance.Context));
        if (!IsPlain(name))
            return NotPlain;

        var found = await people.FindByNameAsync(name, cancellationToken);
        if (found.Count == 0)
            found = await OwnersOfAccountsAsync(name, cancellationToken);
        return found.Count switch
        {
            0 => Unknown(name),
            1 => new(ToValue(found[0], Provenance.Said)),
            _ => new Reading { Options = [.. found.Select(p => new ParameterChoice(ToValue(p, Provenance.Chosen), p.Department))] },
        };
    }

    /// <summary>Those of several names that are one other person each: whom of them it is for is not guessed by who came first.</summary>
    private async Task<IReadOnlyList<ParameterChoice>> OthersAsync(IReadOnlyList<string> words, Principal requester, CancellationToken cancellationToken)
    {
        var others = new Dictionary<PersonId, ParameterChoice>();
        foreach (var name in words.Select(w => w.Trim()).Where(IsPlain))
        {
            if (await people.FindByNameAsync(name, cancellationToken) is [var person] && person.Id != requester.Id)
                others.TryAdd(person.Id, new(ToValue(person, Provenance.Chosen), person.Department));
        }

        return [.. others.Values];
    }

    /// <summary>Whether the runbook lets this requester ask for that person; for themselves, always.</summary>
    public async Task<bool> MayActForAsync(Filling filling, ParameterValue whom, CancellationToken cancellationToken)
    {
        if (whom.Value == filling.Requester.Id.Value)
            return true;
        var onBehalf = filling.Runbook.OnBehalf is { Use: { } other } ? runbooks.Find(other)?.OnBehalf ?? OnBehalf.Nobody : filling.Runbook.OnBehalf;
        return onBehalf.Anyone
            || (onBehalf.Groups.Count > 0 && (await people.GroupsOfAsync(filling.Requester.Id, cancellationToken)).Overlaps(onBehalf.Groups));
    }

    private async Task<IReadOnlyList<Person>> OwnersOfAccountsAsync(string name, CancellationToken cancellationToken)
    {
        var owners = new Dictionary<PersonId, Person>();
        foreach (var account in (await directories.FindByNameAsync(name, cancellationToken)).Found)
        {
            if (account.Owner is { } owner && await people.FindAsync(owner, cancellationToken) is { } person)
                owners[owner] = person;
        }

        return [.. owners.Values];
    }

    private static Reading NotPlain =>
        new() { Problem = new(ProblemCode.NotAPlainName, "The name holds characters that do not belong into one, or mixes alphabets.") };

    private static Reading Unknown(string name) => new() { Problem = new(ProblemCode.UnknownPerson, $"Nobody is called '{name}'.") };

    private static ParameterValue ToValue(Person person, Provenance provenance) => new(person.Id.Value, person.DisplayName, provenance);

    /// <summary>Letters, digits, blanks and <c>. - ' _ @ +</c>, all letters of one alphabet: what looks like another name is not read as one.</summary>
    private static bool IsPlain(string name)
    {
        var latin = false;
        var other = false;
        foreach (var rune in name.EnumerateRunes())
        {
            if (System.Text.Rune.IsLetter(rune))
            {
                var isLatin = rune.Value < 0x0250;
                (latin, other) = (latin || isLatin, other || !isLatin);
            }
            else if (!System.Text.Rune.IsDigit(rune) && rune.Value is not (' ' or '.' or '-' or '\'' or '_' or '@' or '+')
                && System.Text.Rune.GetUnicodeCategory(rune) is not UnicodeCategory.NonSpacingMark)
            {
                return false;
            }
        }

        return !(latin && other);
    }
}
