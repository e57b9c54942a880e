using System.Text.RegularExpressions;
using ItOps.Bot.Accounts;
using ItOps.Bot.Plans;
using ItOps.Bot.Replies;

namespace ItOps.Bot.Execution;

/// <summary>
/// What an operation is, beside its code: read by the planner, the validator, the card, the linter and the documentation.
/// </summary>
/// <param name="Id">Dotted noun and verb, such as <c>account.unlock</c>.</param>
/// <param name="Title">Verb and object for a card's title, with <c>{target}</c>, <c>{system}</c> and names of arguments: "Unlock {target} in {system}".</param>
/// <param name="Effect">Whether it changes anything; what reads only may be agreed to by the requester.</param>
/// <param name="Replay">What to do with a step that was started and whose end is not known.</param>
/// <param name="Risk">How much harm a wrong run does, with the reason a card shows.</param>
public sealed partial record OperationDescriptor(
    string Id, string Title, OperationEffect Effect, ReplayClass Replay, CardRisk Risk, IReadOnlyList<OperationArgument> Arguments)
{
    /// <summary>The operation that takes it back; none when nothing does.</summary>
    public string? UndoneBy { get; init; }

    /// <summary>What the system of the account must offer; nothing when the operation is not about an account.</summary>
    public AccountAbilities Needs { get; init; }

    /// <summary>When the owner of the target, and their manager, are told on every way that leads to them that it was done.</summary>
    public OwnerNews TellsOwner { get; init; }

    /// <summary>It gives nobody anything: the owner, or their manager, may have it done by reporting what was done to the account.</summary>
    public bool OnlyTakesAway { get; init; }

    /// <summary>Belongs to a kind of step of its own (<c>script</c>, <c>commands</c>), and cannot be written as a <c>run</c> step.</summary>
    public bool HasOwnStep { get; init; }

    /// <summary>The title of one step. What is put in is not read again, so that no value can name another.</summary>
    public string TitleOf(PlanStep step) => Placeholder().Replace(Title, match => match.Groups["name"].Value switch
    {
        "target" => step.Target.Display,
        "system" => step.Target.SystemName,
        var name => step.Arguments.GetValueOrDefault(name, match.Value),
    });

    [GeneratedRegex(@"\{(?<name>[a-z]+)\}")]
    private static partial Regex Placeholder();
}

/// <summary>One argument; values are normalised strings, ids in the form of <c>system/objectId</c>. A name that ends in <c>.*</c> stands for all that begin like it.</summary>
public sealed record OperationArgument(string Name, ArgumentKind Kind, string Description, bool Required = true);

public enum ArgumentKind { Account, Group, Text, Script }

public enum OwnerNews
{
    Never,

    /// <summary>Unless they asked for it themselves.</summary>
    WhenOthersAsk,
    Always,
}

public enum OperationEffect { ReadsOnly, Changes }

/// <summary>What may be done with a step that was started before a crash.</summary>
public enum ReplayClass
{
    /// <summary>Run it again with the journaled inputs: the same end state results.</summary>
    Idempotent,

    /// <summary>Its post-check tells for certain whether it happened; run it only if not.</summary>
    Probe,

    /// <summary>
    /// Its post-check may prove that it happened; without the proof the step becomes unknown, because what was begun may be going on still.
    /// </summary>
    Look,

    /// <summary>Nothing tells: the step becomes unknown and a person decides.</summary>
    Never,
}
