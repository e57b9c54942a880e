using ItOps.Bot.Agents;
using ItOps.Bot.Assurance;
using ItOps.Bot.Conversations;
using ItOps.Bot.Dialogs;
using ItOps.Bot.Knowledge.Embedded;
using ItOps.Bot.People;
using ItOps.Bot.Runbooks;
using ItOps.Bot.Turns;
using Microsoft.Extensions.Logging.Abstractions;

namespace ItOps.Bot.Knowledge.Evaluation;

/// <summary>Reads messages exactly as a conversation does, with an agent behind the rules, so that what is measured is what people get.</summary>
internal sealed class AsRead : IRetriever, IDecomposer
{
    private static readonly Principal Somebody = new(
        new(new("evaluation"), "Evaluation", "Evaluation", "", null, null, []), new("terminal", "evaluation", "evaluation"), new(AssuranceMethod.Terminal, DateTimeOffset.UnixEpoch));

    private readonly WishReader _reader;
    private readonly string _mode;
    private readonly Dictionary<string, Suggestion?> _suggested = new(StringComparer.Ordinal);

    public AsRead(string mode, IRetriever retriever, IAgent agent, RunbookCatalog catalog)
    {
        _mode = mode;
        _reader = new(retriever, new RuleDecomposer(retriever), new AgentSwitch([agent], new WhenUnsure(agent.Framework), TimeProvider.System, NullLogger<AgentSwitch>.Instance), catalog);
    }

    public async Task<Retrieval> RetrieveAsync(string text, CancellationToken cancellationToken)
    {
        var read = await ReadAsync(new(text, Leaning: false, MayBeSeveral: false) { Suggested = _suggested.GetValueOrDefault(text) }, cancellationToken);
        return read is Found found
            ? new(found.Verdict, [.. found.RunbookIds.Select(id => new RetrievedRunbook(id, 0))], _mode)
            : new(RetrievalVerdict.Nothing, [], _mode);
    }

    public async Task<IReadOnlyList<Wish>> DecomposeAsync(string text, CancellationToken cancellationToken)
    {
        var turn = NewTurn();
        switch (await _reader.ReadAsync(turn, new(text, Leaning: false, MayBeSeveral: true), cancellationToken))
        {
            case FoundSeveral several:
                // Two wishes may be in the same words: each is told apart by where it stands.
                var wishes = several.Wishes.Select((w, i) => w with { Text = w.Text + new string(' ', i) }).ToList();
                wishes.ForEach(w => _suggested[w.Text] = w.Suggested);
                return wishes;
            default:
                _suggested[text] = turn.Memory.Suggested is { RunbookId.Length: > 0 } suggestion ? suggestion : null;
                return [new(text)];
        }
    }

    private Task<DialogTrigger> ReadAsync(Retrieve wish, CancellationToken cancellationToken) => _reader.ReadAsync(NewTurn(), wish, cancellationToken);

    private static DialogTurn NewTurn() => new(new(new ConversationId("terminal", "evaluation")), Somebody, TimeProvider.System);

    private sealed class WhenUnsure(string framework) : IAgentSettings
    {
        public string Framework => framework;

        public bool AskAlways => false;

        public string? FrameworkOf(string runbookId) => null;
    }
}
