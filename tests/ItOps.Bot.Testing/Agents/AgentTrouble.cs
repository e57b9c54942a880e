namespace ItOps.Bot.Testing.Agents;

/// <summary>What can go wrong with an agent, or with the model behind it.</summary>
public enum AgentTrouble
{
    None,

    /// <summary>It takes the question and never answers.</summary>
    Hangs,

    /// <summary>It answers bytes that mean nothing.</summary>
    Garbage,

    /// <summary>It answers, and goes on answering.</summary>
    Endless,

    /// <summary>It answers 10 MB, well wrapped.</summary>
    Huge,

    /// <summary>It breaks off in the middle of its answer.</summary>
    Dies,

    /// <summary>It answers JSON of which a member's name is no text.</summary>
    HalfCharacters,

    /// <summary>It says that it failed, in its protocol's own way.</summary>
    Fails,

    /// <summary>Something in front of it says that it is not there.</summary>
    Down,
}
