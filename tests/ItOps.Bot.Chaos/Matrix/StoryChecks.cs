using ItOps.Bot.Accounts;
using ItOps.Bot.Approvals;
using ItOps.Bot.Auditing;
using ItOps.Bot.Chaos.Bots;
using ItOps.Bot.Conversations;
using ItOps.Bot.Replies;
using ItOps.Bot.Requests;
using ItOps.Bot.Secrets;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Chaos.Matrix;

/// <summary>What must be true of the bot after a crash and a restart, read through the real stores. What is true of the target is the target's to say.</summary>
internal sealed class StoryChecks(IServiceProvider bot, Script script)
{
    private readonly List<string> _problems = [];

    public async Task<Recovery> RunAsync()
    {
        var isUnknown = await CheckRequestsAsync();
        var left = await Leftovers.CountAsync(bot);
        Check(left == 0, $"{left} turns or messages are left");
        await CheckMessagesAsync(isUnknown);
        var ledger = (await bot.GetRequiredService<ISandboxState>().EffectsAsync(default)).Select(e => $"{e.Operation} {e.ObjectId}").ToList();
        var password = script.Play.HandsOutPassword && !isUnknown ? await PasswordAsync() : null;
        await CheckAuditAsync();
        return new(_problems, isUnknown, password, ledger);
    }

    /// <summary>Each ended as it should, or nobody knows and a person is asked.</summary>
    private async Task<bool> CheckRequestsAsync()
    {
        var alice = await Cast.PrincipalAsync(bot, "alice");
        var requests = (await bot.GetRequiredService<IRequestStore>().ByRequesterAsync(alice.Id, take: 10, default)).OrderBy(r => r.OpenedAt).ToList();
        var asked = await bot.GetRequiredService<IApprovalStore>().PendingAsync(default);
        foreach (var unknown in requests.Where(r => r.Status == RequestStatus.Unknown))
            Check(asked.Any(a => a.RequestId == unknown.Id && a.Purpose == ApprovalPurpose.Outcome), "nobody knows what happened, and nobody is asked");
        Check(
            requests.Count == script.Play.Ends.Count && requests.Zip(script.Play.Ends).All(r => r.First.Status == r.Second || r.First.Status == RequestStatus.Unknown),
            $"the requests are {string.Join(", ", requests.Select(r => $"{r.Status} {r.Problem}"))}");
        return requests.Exists(r => r.Status == RequestStatus.Unknown);
    }

    private async Task CheckMessagesAsync(bool isUnknown)
    {
        foreach (var person in new[] { "alice", "mona", "omar" })
        {
            var replies = (await ReadAsync(person)).Select(m => m.Reply!).ToList();
            var twice = replies.GroupBy(r => (r.Text, r.Card?.Title, r.Card?.ApprovalId, r.Card?.StateText, r.Choices.Count)).Where(g => g.Count() > 1).Select(g => g.Key.Text);
            Check(!twice.Any(), $"{person} was told twice: {string.Join(" | ", twice)}");
            var open = replies.Count(r => r.Card is { } card && card.Buttons.Any(b => b.Action == CardAction.Approve));
            Check(open == 0, $"{open} of {person}'s cards can still be approved");
        }

        var told = (await ReadAsync("alice")).Count(m => m.Reply!.Text.EndsWith(Words.English.DidThatHelp(""), StringComparison.Ordinal));
        var done = script.Play.Ends.Count(e => e == RequestStatus.Succeeded);
        Check(told == done || isUnknown, $"alice was told {told} times that it is done, instead of {done}");
    }

    /// <summary>The link opens once.</summary>
    private async Task<string?> PasswordAsync()
    {
        var alice = await Cast.PrincipalAsync(bot, "alice");
        var links = (await ReadAsync("alice")).Select(m => m.Reply!.Link).OfType<SecretLink>().ToList();
        Check(links.Count == 1, $"{links.Count} links to a password instead of one");
        if (links.Count == 0)
            return null;
        var token = links[0].Url.Reveal().Split('/')[^1];
        var secrets = bot.GetRequiredService<SecretLinks>();
        var taken = await secrets.TakeAsync(token, alice, default);
        Check(!taken.Failed, $"the link does not open: {taken.Problem}");
        if (taken.Failed)
            return null;
        Check((await secrets.TakeAsync(token, alice, default)).Problem?.Code == ProblemCode.SecretGone, "the link opens twice");
        if (SandboxSeed.Systems.ContainsKey(script.System))
        {
            var signedIn = await bot.GetRequiredService<IPracticeSignIn>().TryAsync(script.System, "alice", taken.Value.Value, default);
            Check(signedIn == PracticeOutcome.MustChangePassword, $"the password of the link is {signedIn}");
        }

        return taken.Value.Value.Reveal();
    }

    private async Task CheckAuditAsync()
    {
        var log = bot.GetRequiredService<IAuditLog>();
        var verdict = await AuditChain.VerifyAsync(log, default);
        Check(verdict.Ok, $"the audit chain is broken at {verdict.FirstBroken}: {verdict.What}");
        var granted = await log.ReadAsync(0, default).Where(r => r.Entry.Action is "approval.granted" or "report.pressed").Select(r => r.Entry.Subject).ToListAsync();
        Check(granted.Count > 0 && granted.Distinct().Count() == granted.Count, $"{granted.Count} grants on record for {granted.Distinct().Count()} approvals");
    }

    private async Task<IEnumerable<TranscriptMessage>> ReadAsync(string person) =>
        (await bot.GetRequiredService<ITranscript>().ReadAsync(Cast.Conversation(person), take: 200, default)).Where(m => m.Reply is not null);

    private void Check(bool holds, string otherwise)
    {
        if (!holds)
            _problems.Add(otherwise);
    }
}
