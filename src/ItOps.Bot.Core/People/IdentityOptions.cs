using ItOps.Bot.Accounts;

namespace ItOps.Bot.People;

/// <summary>How people are recognised beyond what the directory binds.</summary>
public sealed record IdentityOptions
{
    /// <summary>
    /// Whom nobody bound may be recognised by the e-mail address of their chat account. Weaker: whoever can set an address in the chat platform can be that person
    /// here. So it is off unless somebody turns it on, cards say it, and nobody decides by it.
    /// </summary>
    public bool MatchByEmail { get; init; }

    public IReadOnlyList<ChannelBinding> Bindings { get; init; } = [];

    public IReadOnlyList<AccountBinding> AccountBindings { get; init; } = [];

    /// <summary>How long a route that came or changed is no evidence, and decides nothing.</summary>
    public TimeSpan CoolDown { get; init; } = TimeSpan.FromHours(72);
}
