using ItOps.Bot.Approvals;
using ItOps.Bot.Auditing;
using ItOps.Bot.Commits;
using ItOps.Bot.Conversations;
using ItOps.Bot.People;
using ItOps.Bot.Plans;
using ItOps.Bot.Replies;
using ItOps.Bot.Requests;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Secrets;

/// <summary>
/// One-time links: 256 bits of token of which only the hash is stored, a payload encrypted at rest, 15 minutes, read once, by POST, by the person it is for.
/// </summary>
public sealed class SecretLinks(ISecretStore store, ISecretProtector protector, Committer committer, Reach reach, TimeProvider time)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    private const string Purpose = "one-time-secret";

    internal static readonly Problem Gone = new(ProblemCode.SecretGone, "No such secret, or it was read or expired.");

    /// <summary>What a link leads to; none when it is over.</summary>
    internal async Task<OneTimeSecret?> FindAsync(string tokenHash, CancellationToken cancellationToken) =>
        await store.FindAsync(tokenHash, cancellationToken) is { } secret && time.GetUtcNow() < secret.ExpiresAt ? secret : null;

    /// <summary>What a link would show, without showing it.</summary>
    public async Task<Result<OneTimeSecret>> PeekAsync(string token, Principal reader, CancellationToken cancellationToken)
    {
        if (await FindAsync(OneTimeToken.HashOf(token), cancellationToken) is not { } secret)
            return Gone;
        return secret.Recipient == reader.Id ? secret : new Problem(ProblemCode.SecretNotYours, $"It is not for {reader.Id}.");
    }

    /// <summary>Shows it, once: whoever loses the race gets <see cref="ProblemCode.SecretGone"/>.</summary>
    public async Task<Result<(string Label, Secret<string> Value)>> TakeAsync(string token, Principal reader, CancellationToken cancellationToken)
    {
        var found = await PeekAsync(token, reader, cancellationToken);
        if (found.Failed)
        {
            if (found.Problem.Code == ProblemCode.SecretNotYours)
                await committer.CommitAsync(new Commit().Audit(AuditEntry.By(reader.Person, "secret.refused", OneTimeToken.HashOf(token)[..12], null)), cancellationToken);
            return found.Problem;
        }

        return await TakeAsync(new Commit(), found.Value.TokenHash, reader.Person, ("channel", reader.Via.Channel), cancellationToken);
    }

    /// <summary>Shows it once, together with the commit, to the person it is for.</summary>
    internal async Task<Result<(string Label, Secret<string> Value)>> TakeAsync(
        Commit commit, string tokenHash, Person recipient, (string, string) how, CancellationToken cancellationToken)
    {
        if (await FindAsync(tokenHash, cancellationToken) is not { } secret || secret.Recipient != recipient.Id)
            return Gone;
        commit.Add(new SecretTaken(secret.TokenHash)).Audit(AuditEntry.By(recipient, "secret.read", secret.TokenHash[..12], secret.RequestId, how));
        if (await committer.CommitAsync(commit, cancellationToken) != CommitOutcome.Committed)
            return new Problem(ProblemCode.SecretGone, "It was read a moment ago.");
        return (secret.Label, new Secret<string>(protector.Unprotect(Purpose, secret.ProtectedPayload)));
    }

    /// <summary>
    /// Adds a secret for the owner of a target, and the message that brings its link, to a commit. The link goes to the owner's own conversations, whoever asked.
    /// </summary>
    public async Task DeliverAsync(Commit commit, ServiceRequest request, PlanTarget target, Secret<string> payload, CancellationToken cancellationToken)
    {
        if (target.Owner is not { } owner)
            throw new InvalidOperationException($"A secret for {target.Id}, which belongs to nobody.");
        var (token, hash) = OneTimeToken.New();
        var account = $"{target.Display} in {target.SystemName}";
        var label = Words.English.PasswordFor(account);
        var text = owner == request.Requester ? Words.English.SecretDelivered : Words.English.SecretDeliveredFor(account, request.RequesterName);
        var expires = time.GetUtcNow() + Lifetime;
        IReadOnlyList<ConversationId> places = owner == request.Requester ? [request.Conversation] : await reach.OfAsync(owner, cancellationToken);
        commit.Add(new SecretStored(new(hash, owner, label, protector.Protect(Purpose, payload.Reveal()), expires, request.Id) { SentTo = places }));
        commit.Audit(AuditEntry.ByBot("secret.delivered", hash[..12], request.Id, ("to", owner.Value)));
        foreach (var place in places)
        {
            var link = new SecretLink(Words.English.OpenSecret, new($"/secrets/{token}"), expires);
            commit.Add(new MessageQueued(new(Id.New(time), place, new(text) { Link = link }, time.GetUtcNow())));
        }
    }

    /// <summary>Removes what nobody read in time.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        foreach (var secret in await store.ExpiredAsync(time.GetUtcNow(), take: 100, cancellationToken))
        {
            var commit = new Commit()
                .Add(new SecretTaken(secret.TokenHash))
                .Audit(AuditEntry.ByBot("secret.expired", secret.TokenHash[..12], secret.RequestId));
            await committer.CommitAsync(commit, cancellationToken);
        }
    }
}
