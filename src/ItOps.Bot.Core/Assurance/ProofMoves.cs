using System.Globalization;
using System.Security.Cryptography;
using ItOps.Bot.Auditing;
using ItOps.Bot.Commits;
using ItOps.Bot.Dialogs;
using ItOps.Bot.Replies;
using ItOps.Bot.Secrets;

namespace ItOps.Bot.Assurance;

/// <summary>What a turn does to prove who is writing: sends a code, and reads it back. Everything goes into the turn's commit.</summary>
public sealed class ProofMoves(AssurancePolicy policy, SecondRoutes routes, TimeProvider time)
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>Ends in <see cref="CodeSent"/>, or in <see cref="Refused"/> without a word about why.</summary>
    public async Task<DialogTrigger> SendCodeAsync(DialogTurn turn, SendCode send, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var recent = turn.Memory.CodesSentAt.Where(at => at > now - Hour).ToList();
        var route = (await routes.OfAsync(turn.Actor, cancellationToken)).FirstOrDefault(r => r.Channel == send.Through);
        if (route is null || recent.Count >= policy.Codes.PerHour)
            return NotProven(turn, send.RunbookId, route is null ? "no such route" : "too many codes");

        var code = new Secret<string>(RandomNumberGenerator.GetString("0123456789", policy.Codes.Digits));
        turn.Memory = turn.Memory with { CodesSentAt = [.. recent, now] };
        turn.Commit
            .Add(new MessageQueued(new(Id.New(time), route.Conversation, new(turn.Words.YourCode(Words.Named(turn.Actor.Via.Channel), policy.Codes.ValidFor)) { Code = code }, now)))
            .Audit(AuditEntry.By(turn.Actor.Person, "assurance.code-sent", turn.Actor.Id.Value, null, ("through", route.Channel), ("asked-in", turn.Actor.Via.Channel)));
        return new CodeSent(send.RunbookId, send.Text, send.Filled, new(code, route.Channel, now + policy.Codes.ValidFor, policy.Codes.Tries));
    }

    /// <summary>Ends in <see cref="CodeRead"/>, <see cref="CodeWrong"/>, or <see cref="Refused"/>. What was wrong is for the audit log alone.</summary>
    public DialogTrigger CheckCode(DialogTurn turn, CheckCode check)
    {
        var now = time.GetUtcNow();
        var said = System.Text.Encoding.UTF8.GetBytes(OnlyDigits(check.Said));
        var isRight = CryptographicOperations.FixedTimeEquals(said, System.Text.Encoding.UTF8.GetBytes(check.Challenge.Code.Reveal()));
        if (isRight && now < check.Challenge.ExpiresAt)
        {
            var evidence = new AssuranceEvidence(AssuranceMethod.Code, now) { Through = check.Challenge.Through };
            turn.Memory = turn.Memory with { Evidence = [.. turn.Memory.Evidence.Where(e => e.Method != AssuranceMethod.Code), evidence] };
            turn.Commit.Audit(AuditEntry.By(turn.Actor.Person, "assurance.code-read", turn.Actor.Id.Value, null, ("through", check.Challenge.Through)));
            return new CodeRead();
        }

        var left = check.Challenge with { TriesLeft = check.Challenge.TriesLeft - 1 };
        if (left.TriesLeft <= 0 || now >= left.ExpiresAt)
            return NotProven(turn, check.RunbookId, isRight ? "the code was too old" : "the code was wrong");
        turn.Commit.Audit(AuditEntry.By(turn.Actor.Person, "assurance.failed", turn.Actor.Id.Value, null, ("why", "the code was wrong"), ("left", left.TriesLeft.ToString(CultureInfo.InvariantCulture))));
        return new CodeWrong(left);
    }

    private static Refused NotProven(DialogTurn turn, string runbookId, string why)
    {
        turn.Commit.Audit(AuditEntry.By(turn.Actor.Person, "assurance.failed", turn.Actor.Id.Value, null, ("why", why)));
        return new(new(ProblemCode.IdentityNotProven, why), runbookId, null);
    }

    /// <summary>People put blanks and dashes where they read them easier; other alphabets' digits are none.</summary>
    private static string OnlyDigits(string said) => new([.. said.Where(char.IsAsciiDigit)]);
}
