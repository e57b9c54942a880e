using System.Collections.Concurrent;
using ItOps.Bot.Replies;

namespace ItOps.Bot.Channels.Teams.Cards;

/// <summary>
/// The questions asked lately, by the ids of their choices, so that a tap can be answered with the same card and what was tapped. Forgetting one costs no more than
/// that.
/// </summary>
internal sealed class OpenQuestions
{
    private const int Capacity = 2_000;

    private readonly ConcurrentDictionary<string, Reply> _byChoice = new(StringComparer.Ordinal);

    public void Asked(Reply reply)
    {
        if (_byChoice.Count >= Capacity)
            _byChoice.Clear();
        foreach (var choice in reply.Choices)
            _byChoice[choice.Id] = reply;
    }

    /// <summary>The question without its other answers, and the answer that was chosen.</summary>
    public (Reply Question, Choice Chosen)? Answer(string choiceId) =>
        _byChoice.TryRemove(choiceId, out var reply) && reply.Choices.FirstOrDefault(c => c.Id == choiceId) is { } chosen
            ? (reply with { Choices = [], Link = null }, chosen)
            : null;
}
