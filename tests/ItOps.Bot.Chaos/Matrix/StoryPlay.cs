using ItOps.Bot.Accounts;
using ItOps.Bot.Requests;

namespace ItOps.Bot.Chaos.Matrix;

/// <summary>What alice wants, and how it goes on after that.</summary>
/// <param name="Needs">What a directory must offer.</param>
/// <param name="Ends">How her requests end, the first one first.</param>
internal sealed record StoryPlay(string Name, Wish Wish, AccountAbilities Needs, params IReadOnlyList<RequestStatus> Ends)
{
    public static readonly IReadOnlyList<StoryPlay> All =
    [
        new("unlock", Wish.Unlock, AccountAbilities.Unlock, RequestStatus.Succeeded),
        new("reset", Wish.Reset, AccountAbilities.ResetPassword, RequestStatus.Succeeded),

        // Dies at the second step of the reset.
        new("reset, sign-out", Wish.Reset, AccountAbilities.ResetPassword | AccountAbilities.RevokeSessions, RequestStatus.Succeeded) { DiesAt = Effect.SignOut },
        new("sign-out", Wish.SignOut, AccountAbilities.RevokeSessions, RequestStatus.Succeeded),
        new("join", Wish.Access, AccountAbilities.Membership, RequestStatus.Succeeded),
        new("undo", Wish.Access, AccountAbilities.Membership, RequestStatus.Succeeded, RequestStatus.Succeeded) { DiesAt = Effect.Leave },

        // Security takes over what was reported, whatever the block came to.
        new("not me", Wish.Reset, AccountAbilities.ResetPassword | AccountAbilities.Block, RequestStatus.Succeeded, RequestStatus.HandedOff) { DiesAt = Effect.Block },
    ];

    /// <summary>The effect at which the process dies; the first when none is named.</summary>
    public Effect? DiesAt { get; init; }

    public bool IsUndone => DiesAt == Effect.Leave;

    public bool IsReported => DiesAt == Effect.Block;

    /// <summary>The password of the link is looked at; one of a blocked account opens nothing.</summary>
    public bool HandsOutPassword => Wish == Wish.Reset && !IsReported;

    public static StoryPlay Named(string name) => All.Single(s => s.Name == name);

    /// <summary>What the target's ledger must hold after it, in order, each once.</summary>
    public IReadOnlyList<Effect> Effects(AccountAbilities offered) => (Wish, this) switch
    {
        (Wish.Unlock, _) => [Effect.Unlock],
        (Wish.SignOut, _) => [Effect.SignOut],
        (Wish.Access, { IsUndone: true }) => [Effect.Join, Effect.Leave],
        (Wish.Access, _) => [Effect.Join],
        (_, { IsReported: true }) => [.. Reset(offered), Effect.Block, .. SignOut(offered)],
        _ => [.. Reset(offered)],
    };

    /// <summary>How many steps are over when the one comes at which the process dies.</summary>
    public int StepsBefore(AccountAbilities offered) => DiesAt is { } effect ? Effects(offered).Index().First(e => e.Item == effect).Index : 0;

    private static IEnumerable<Effect> Reset(AccountAbilities offered) => [Effect.Reset, .. SignOut(offered)];

    private static IEnumerable<Effect> SignOut(AccountAbilities offered) => offered.HasFlag(AccountAbilities.RevokeSessions) ? [Effect.SignOut] : [];
}

internal enum Wish { Unlock, Reset, SignOut, Access }
