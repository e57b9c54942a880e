using ItOps.Bot.Commits;
using ItOps.Bot.Conversations;
using ItOps.Bot.Replies;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Dialogs;

/// <summary>
/// One turn while it is worked on: what it will commit, what it says, and which buttons it offers. Nothing of it is stored or sent before its commit.
/// </summary>
public sealed class DialogTurn(ConversationContext conversation, Principal actor, TimeProvider time)
{
    private const int OfferLimit = 60;

    private readonly List<Offer> _offers = [.. conversation.Offers];

    public ConversationId Conversation => conversation.Id;

    /// <summary>The person whose conversation this is.</summary>
    public Principal Actor { get; } = actor;

    public Commit Commit { get; } = new();

    /// <summary>What the message that began this asked for as well, as it stood before this turn.</summary>
    public IReadOnlyList<Knowledge.Wish> Waiting => conversation.State.Waiting;

    public Memory Memory { get; set; } = conversation.Memory;

    /// <summary>An agent was asked in this turn: asking once is enough to wait for.</summary>
    public bool AgentAsked { get; set; }

    public Words Words => Words.For(Memory.Language);

    /// <summary>Stands before the next thing that is said in this turn: which of several wishes it is about.</summary>
    public string? About { get; set; }

    public string NewId() => Id.New(time);

    public void Say(string text, params IReadOnlyList<Option> options)
    {
        var question = Id.New(time);
        var choices = new List<Choice>();
        foreach (var option in options)
        {
            var offer = new Offer(Id.New(time), question, option.Trigger, option.Label(Words));
            _offers.Add(offer);
            choices.Add(new(offer.ChoiceId, offer.Label, option.Hint));
        }

        Queue(new(text) { Choices = choices });
    }

    public void Queue(Reply reply)
    {
        if (About is { } about && reply.Text.Length > 0)
            reply = reply with { Text = $"{about} {reply.Text}" };
        About = null;
        Post(reply);
    }

    private void Post(Reply reply) => Commit.Add(new MessageQueued(new(Id.New(time), Conversation, reply, time.GetUtcNow())));

    /// <summary>What a button means; taking it closes its question.</summary>
    public DialogTrigger? Take(string choiceId)
    {
        var offer = _offers.Find(o => o.ChoiceId == choiceId);
        if (offer is not null)
            _offers.RemoveAll(o => o.Group == offer.Group);
        return offer?.Trigger;
    }

    /// <summary>The conversation as it is after this turn.</summary>
    public ConversationContext After(DialogState state) => conversation with
    {
        Schema = ConversationContext.CurrentSchema,
        Version = conversation.Version + 1,
        State = state,
        Memory = Memory,
        Offers = [.. _offers.TakeLast(OfferLimit)],
    };
}
