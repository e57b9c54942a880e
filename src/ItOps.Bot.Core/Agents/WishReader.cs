using System.Security.Cryptography;
using System.Text;
using ItOps.Bot.Conversations;
using ItOps.Bot.Dialogs;
using ItOps.Bot.Knowledge;
using ItOps.Bot.Requests;
using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Agents;

/// <summary>
/// Finds out what a message asks for. Rules and retrieval always look first; an agent is asked where they leave something open, once in a turn, and what it
/// says is held against the person's own words. Without an agent, or when it fails, the rules' answer stands.
/// </summary>
public sealed class WishReader(IRetriever retriever, IDecomposer decomposer, AgentSwitch agents, RunbookCatalog runbooks)
{
    private const int MostOffered = 12;
    private const int OfferedOfAPart = 3;

    /// <summary>So many are offered whole where the words led nowhere: an agent may know a language, or a way to put it, that no ranking knows.</summary>
    private const int SmallLibrary = 60;

    /// <summary>So many words may hold a second wish that rules do not see.</summary>
    private const int WordsOfALongMessage = 14;

    /// <summary>As <see cref="ProposalCheck.Sure"/> where the rules found nothing, which is mostly right: then the person is rather asked once more than led into something that they did not want.</summary>
    private const double SureAgainstTheRules = 0.8;

    /// <summary>Ends in <see cref="Found"/> or <see cref="FoundSeveral"/>.</summary>
    public async Task<DialogTrigger> ReadAsync(DialogTurn turn, Retrieve wish, CancellationToken cancellationToken)
    {
        var found = await retriever.RetrieveAsync(wish.Text, cancellationToken);
        if (wish.Suggested is { } known && runbooks.Find(known.RunbookId) is { IsFound: true })
            return Chosen(turn, wish, [known], found) ?? Of(wish, found);

        IReadOnlyList<Wish> parts = wish.MayBeSeveral ? await decomposer.DecomposeAsync(wish.Text, cancellationToken) : [new Wish(wish.Text)];

        // No agent may answer with as many: what it left out would be lost without a word.
        var fits = parts.Count <= ProposalCheck.MostWishes;
        if (fits && agents.HasAgent && !turn.AgentAsked && await AskAsync(turn, wish, parts, found, cancellationToken) is { } understood)
            return understood;
        return parts.Count > 1 ? Several(turn, wish.Text, parts, by: null) : Of(wish, found);
    }

    /// <summary>What is known about the values of a wish; none when no agent was asked about it.</summary>
    public static Suggestion? Known(DialogTurn turn, string text, Runbook runbook) =>
        turn.Memory.Suggested is { } known && known.Text == text && (known.RunbookId == runbook.Id || known.RunbookId.Length == 0) ? known : null;

    /// <summary>
    /// Asks for the values that rules did not find in the words; none when an agent was asked about these words before, or knows nothing. With the values of an answer
    /// come those that are known from the wish.
    /// </summary>
    /// <param name="asking">The parameter that the words are an answer to; none when they are the wish itself.</param>
    public async Task<Suggestion?> ValuesAsync(DialogTurn turn, Runbook runbook, string text, string? asking, CancellationToken cancellationToken)
    {
        if (!agents.HasAgent || turn.AgentAsked || text.Length == 0 || Known(turn, text, runbook) is not null)
            return null;
        var task = TaskOf(turn, text, [runbook]) with { Asking = asking };
        var asked = await agents.AskAsync(
            runbook,
            "values",
            async (agent, stop) => await agent.ProposePlanAsync(task, stop) is not { } proposal ? new Checked<Suggestion>(null)
                : ProposalCheck.Check(proposal, [runbook], text, agent.Framework) is { } believed ? new(believed)
                : null,
            cancellationToken);
        if (asked is not { } answer)
            return null;
        Note(turn, answer.Failed, answered: answer.Value is not null);
        var suggestion = answer.Value?.Value;
        if (suggestion is not null && asking is not null && turn.Memory.Suggested is { } before && before.RunbookId == runbook.Id)
            suggestion = suggestion with { Values = [.. suggestion.Values, .. before.Values.ExceptBy(suggestion.Values.Select(v => v.Parameter).Append(asking), v => v.Parameter)] };
        turn.Memory = turn.Memory with { Suggested = suggestion ?? Asked(text, answer.By) };
        return suggestion is { Values.Count: > 0 } ? suggestion : null;
    }

    private sealed record Checked<T>(T? Value);

    private async Task<DialogTrigger?> AskAsync(DialogTurn turn, Retrieve wish, IReadOnlyList<Wish> parts, Retrieval found, CancellationToken cancellationToken)
    {
        var several = wish.MayBeSeveral && (agents.AsksAlways || parts.Count > 1 || wish.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length >= WordsOfALongMessage);
        if (!several && !agents.AsksAlways && found.Verdict is RetrievalVerdict.Match)
            return null;
        var each = new List<Retrieval>();
        foreach (var part in several && parts.Count > 1 ? parts : [])
            each.Add(await retriever.RetrieveAsync(part.Text, cancellationToken));
        var offered = Offered(found, each);
        if (offered.Count == 0)
            return null;
        var task = TaskOf(turn, wish.Text, offered);
        return several
            ? await DecomposeAsync(turn, wish, task, found, each.Count(part => part.Verdict is RetrievalVerdict.Match), cancellationToken)
            : await ChooseAsync(turn, wish, task, found, cancellationToken);
    }

    /// <param name="atLeast">So many parts the rules found a runbook for: an agent that names fewer wishes may have dropped one of them, and the rules' parts stand.</param>
    private async Task<DialogTrigger?> DecomposeAsync(DialogTurn turn, Retrieve wish, AgentTask task, Retrieval found, int atLeast, CancellationToken cancellationToken)
    {
        var asked = await agents.AskAsync(
            task.Offered[0],
            "wishes",
            async (agent, stop) => ProposalCheck.Check(await agent.DecomposeTaskAsync(task, stop), task.Offered, wish.Text, agent.Framework),
            cancellationToken);
        if (asked is not { } answer)
            return null;
        Note(turn, answer.Failed, answered: answer.Value is not null);
        turn.Memory = turn.Memory with { Suggested = Asked(wish.Text, answer.By) };
        return answer.Value switch
        {
            null => null,
            var fewer when fewer.Count < atLeast => null,
            [{ Suggested: var only }] => Chosen(turn, wish, only is null ? [] : [only with { Text = wish.Text }], found),
            var several => Several(turn, wish.Text, several, answer.By),
        };
    }

    private async Task<DialogTrigger?> ChooseAsync(DialogTurn turn, Retrieve wish, AgentTask task, Retrieval found, CancellationToken cancellationToken)
    {
        var asked = await agents.AskAsync(
            task.Offered[0], "runbooks", async (agent, stop) => Believed(await agent.RetrieveInstructionsAsync(task, stop), task, wish.Text, agent.Framework), cancellationToken);
        if (asked is not { } answer)
            return null;
        Note(turn, answer.Failed, answered: answer.Value is not null);
        turn.Memory = turn.Memory with { Suggested = Asked(wish.Text, answer.By) };
        return answer.Value?.Value is { } believed ? Chosen(turn, wish, believed, found) : null;
    }

    /// <summary>None when the agent named something and nothing of it can be believed, which is no better than silence.</summary>
    private static Checked<IReadOnlyList<Suggestion>>? Believed(IReadOnlyList<AgentProposal> proposals, AgentTask task, string text, string by)
    {
        List<Suggestion> believed =
            [.. proposals.Take(MostOffered).Select(p => ProposalCheck.Check(p, task.Offered, text, by)).OfType<Suggestion>().DistinctBy(s => s.RunbookId)];
        return believed.Count == 0 && proposals.Count > 0 ? null : new(believed);
    }

    /// <summary>None when the agent found nothing, or is less sure than the rules: then their verdict stands.</summary>
    private static Found? Chosen(DialogTurn turn, Retrieve wish, IReadOnlyList<Suggestion> suggestions, Retrieval found)
    {
        if (suggestions.Count == 0)
            return null;
        var nothing = found.Verdict is RetrievalVerdict.Nothing;
        if (suggestions[0].Confidence < (nothing ? SureAgainstTheRules : ProposalCheck.Sure))
        {
            return found.Verdict is RetrievalVerdict.Match
                ? null
                : Of(wish, RetrievalVerdict.NearTie, suggestions.Select(s => s.RunbookId).Concat(nothing ? [] : found.Ranked.Select(r => r.RunbookId)));
        }

        turn.Memory = turn.Memory with { Suggested = suggestions[0] };
        return Of(wish, RetrievalVerdict.Match, suggestions.Select(s => s.RunbookId));
    }

    /// <param name="by">The framework of the agent that took the message apart; none when the rules did.</param>
    private static FoundSeveral Several(DialogTurn turn, string message, IReadOnlyList<Wish> wishes, string? by)
    {
        var taken = wishes.Take(ProposalCheck.MostWishes).ToList();
        turn.Memory = turn.Memory.With([.. taken.Where(w => w.Text != message).Select(w => new MessagePart(w.Text, ProposalCheck.Around(w.Text, message, ServiceRequest.WordsLimit), by))]);
        return new(taken) { Left = [.. wishes.Skip(taken.Count).Select(w => w.Text)] };
    }

    private static Found Of(Retrieve wish, Retrieval found) => Of(wish, found.Verdict, found.Ranked.Select(r => r.RunbookId));

    private static Found Of(Retrieve wish, RetrievalVerdict verdict, IEnumerable<string> runbookIds) =>
        new(wish.Text, wish.Leaning, verdict, [.. runbookIds.Distinct().Take(3)]) { Obstacle = wish.Obstacle };

    private List<Runbook> Offered(Retrieval found, IReadOnlyList<Retrieval> parts)
    {
        var ids = found.Ranked.Concat(parts.SelectMany(p => p.Ranked.Take(OfferedOfAPart))).Select(r => r.RunbookId);
        var likely = ids.Distinct().Select(id => runbooks.Find(id)).OfType<Runbook>().Where(r => r.IsFound).Take(MostOffered);
        var whole = found.Verdict is RetrievalVerdict.Nothing or RetrievalVerdict.Vague ? runbooks.All.Where(r => r.IsFound).OrderBy(r => r.Id, StringComparer.Ordinal).ToList() : [];
        return [.. whole.Count is > 0 and <= SmallLibrary ? likely.UnionBy(whole, r => r.Id) : likely];
    }

    private static AgentTask TaskOf(DialogTurn turn, string text, IReadOnlyList<Runbook> offered) => new(PromptText.Of(text), turn.Memory.Language, offered)
    {
        Requester = turn.Actor.Id,
        Thread = ThreadOf(turn.Conversation),
        Earlier = turn.Memory.Wish.Length > 0 && turn.Memory.Wish != text ? [PromptText.Of(turn.Memory.Wish)] : [],
    };

    private static string ThreadOf(ConversationId conversation) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"thread {conversation}")).AsSpan(0, 16));

    /// <summary>Remembers that these words were asked about, so that nobody is asked twice.</summary>
    private static Suggestion Asked(string text, string? by) => new(text, "", by ?? AgentFrameworks.BuiltIn, []);

    /// <summary>The person hears once that something which usually helps to understand them is away, and not again before it was back.</summary>
    private static void Note(DialogTurn turn, string? failed, bool answered)
    {
        turn.AgentAsked |= answered || failed is not null;
        if (failed is not null && turn.Memory.WithoutAgent != failed)
            turn.Say(turn.Words.ReadWithout(failed));
        if (failed is not null || answered)
            turn.Memory = turn.Memory with { WithoutAgent = failed };
    }
}
