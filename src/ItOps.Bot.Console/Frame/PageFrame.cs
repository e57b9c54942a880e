using ItOps.Bot.Console.SignIn;
using ItOps.Bot.Replies;

namespace ItOps.Bot.Console.Frame;

/// <summary>What every page knows besides its own matter.</summary>
public sealed record PageFrame(Clock Clock, FormToken Token)
{
    public Visitor? Visitor { get; init; }

    /// <summary>The page's own address, where its forms go.</summary>
    public string Path { get; init; } = "/";

    /// <summary>How many approvals wait for the visitor.</summary>
    public int Waiting { get; init; }

    /// <summary>What came of what the visitor just did.</summary>
    public Answer? Answer { get; init; }

    /// <summary>An approval whose card shows a form for a note instead of its buttons.</summary>
    public OpenNote? Note { get; init; }
}

/// <summary>The anti-forgery pair of a form.</summary>
public sealed record FormToken(string Field, string Value);

/// <summary>A banner: the answer to something just done.</summary>
public sealed record Answer(CardState State, string Title, string Text);

/// <summary>A question or a reason that is being written; <paramref name="Text"/> is what is there already.</summary>
public sealed record OpenNote(string ApprovalId, CardAction Action, string Text);
