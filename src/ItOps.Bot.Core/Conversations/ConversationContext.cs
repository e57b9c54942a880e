using ItOps.Bot.Agents;
using ItOps.Bot.Dialogs;
using ItOps.Bot.People;

namespace ItOps.Bot.Conversations;

/// <summary>
/// What the bot keeps of a conversation between turns. <see cref="Schema"/> lets a state stored by an older version resume;
/// <see cref="Version"/> makes two simultaneous writers conflict.
/// </summary>
public sealed record ConversationContext(ConversationId Id)
{
    public const int CurrentSchema = 1;

    public int Schema { get; init; } = CurrentSchema;

    /// <summary>Grows by one with each save; 0 has never been stored.</summary>
    public int Version { get; init; }

    /// <summary>The one person who speaks here, from their first turn on; nobody else's turns count (I4). None before it.</summary>
    public PersonId? Person { get; init; }

    public DialogState State { get; init; } = new Idle();

    public Memory Memory { get; init; } = new();

    /// <summary>What the opaque ids on buttons mean, newest last; capped, so the oldest questions close.</summary>
    public IReadOnlyList<Offer> Offers { get; init; } = [];
}

/// <summary>What a button means when it is tapped. <paramref name="Group"/> is the question it belongs to: one answer closes it.</summary>
public sealed record Offer(string ChoiceId, string Group, DialogTrigger Trigger, string Label);

/// <summary>What follow-ups lean on.</summary>
public sealed record Memory
{
    private const int MostParts = 32;

    public string? RunbookId { get; init; }

    /// <summary>The parameters of the last request, as resolved, by name.</summary>
    public IReadOnlyDictionary<string, Plans.ParameterValue> Parameters { get; init; } = new Dictionary<string, Plans.ParameterValue>();

    public PersonId? OtherPerson { get; init; }

    public string? RequestId { get; init; }

    /// <summary>The last wish, in the person's words, for whoever takes over.</summary>
    public string Wish { get; init; } = "";

    /// <summary>What messages were taken apart into, the newest first.</summary>
    public IReadOnlyList<MessagePart> Parts { get; init; } = [];

    public string Language { get; init; } = "en";

    /// <summary>When codes were sent for this conversation in the last hour.</summary>
    public IReadOnlyList<DateTimeOffset> CodesSentAt { get; init; } = [];

    /// <summary>What was proved beyond the session since the last request; used up by the next one.</summary>
    public IReadOnlyList<Assurance.AssuranceEvidence> Evidence { get; init; } = [];

    /// <summary>What an agent said last about a wish of this conversation, checked.</summary>
    public Suggestion? Suggested { get; init; }

    /// <summary>The agent that is away, of which the person was told; none while all is well.</summary>
    public string? WithoutAgent { get; init; }

    /// <summary>The button tapped last: tapping it twice is one tap.</summary>
    public string? LastChoice { get; init; }

    public Memory With(IReadOnlyList<MessagePart> parts) => this with { Parts = [.. parts.Concat(Parts).DistinctBy(p => p.Text).Take(MostParts)] };

    /// <summary>The message that the text was cut out of; none when the text is what the person wrote.</summary>
    public MessagePart? PartOf(string text) => Parts.FirstOrDefault(p => p.Text == text);

    /// <summary>The person wrote this themselves, as a message of its own.</summary>
    public Memory Hearing(string text) => this with { Parts = [.. Parts.Where(p => p.Text != text)] };
}
