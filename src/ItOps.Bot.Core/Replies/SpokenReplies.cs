using System.Text;
using ItOps.Bot.Commits;
using ItOps.Bot.Dialogs;
using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Replies;

/// <summary>
/// Says in the person's language what stands in a runbook in another one. Only texts that are the same for everybody are translated, inside what is said; cards,
/// codes, links and buttons stay as they are. Without a translator, or when it fails, nothing changes.
/// </summary>
public sealed class SpokenReplies(RunbookCatalog runbooks, IEnumerable<ITextTranslator> translators)
{
    /// <summary>In which runbooks are written.</summary>
    private const string Written = "en";

    private readonly ITextTranslator? _translator = translators.FirstOrDefault();
    private (IReadOnlyCollection<Runbook>? Of, FixedTexts Texts) _known = (null, new([]));

    public async Task RenderAsync(DialogTurn turn, CancellationToken cancellationToken)
    {
        var language = turn.Memory.Language;
        if (_translator is null || language == Written || turn is { AgentAsked: true, Memory.WithoutAgent: not null })
            return;
        var known = Known();
        var texts = turn.Commit.Changes.OfType<MessageQueued>().Where(m => IsSpoken(m, turn)).SelectMany(m => known.In(m.Message.Reply.Text)).Select(f => f.Text).ToHashSet(StringComparer.Ordinal);
        if (texts.Count == 0)
            return;
        var translated = await _translator.TranslateAsync(texts, language, turn.Actor.Id, cancellationToken);
        if (translated.Count > 0)
            turn.Commit.Replace<MessageQueued>(m => IsSpoken(m, turn) ? m with { Message = m.Message with { Reply = m.Message.Reply with { Text = Rendered(m.Message.Reply.Text, known, translated) } } } : m);
    }

    private static bool IsSpoken(MessageQueued queued, DialogTurn turn) => queued.Message.To == turn.Conversation && queued.Message.Reply is { Card: null, Code: null, Link: null };

    private static string Rendered(string said, FixedTexts known, IReadOnlyDictionary<string, string> translated)
    {
        var text = new StringBuilder();
        var done = 0;
        foreach (var (at, part) in known.In(said))
        {
            text.Append(said, done, at - done).Append(translated.GetValueOrDefault(part, part));
            done = at + part.Length;
        }

        return text.Append(said, done, said.Length - done).ToString();
    }

    /// <summary>Built anew when the catalogue was exchanged.</summary>
    private FixedTexts Known()
    {
        var all = runbooks.All;
        var known = _known;
        if (ReferenceEquals(known.Of, all))
            return known.Texts;
        known = (all, new(all));
        _known = known;
        return known.Texts;
    }
}
