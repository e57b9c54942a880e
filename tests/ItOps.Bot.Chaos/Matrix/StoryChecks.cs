using ItOps.Bot.Accounts;
using ItOps.Bot.Auditing;
using ItOps.Bot.Chaos.Bots;
using ItOps.Bot.Conversations;
using ItOps.Bot.Replies;
using ItOps.Bot.Requests;
using ItOps.Bot.Secrets;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Chaos.Matrix;

/// <summary>What must be true after a crash and a restart, read through the real stores.</summary>
internal sealed class StoryChecks(IServiceProvider bot, StoryPlay story)
{
    private static readonly AccountId s_account = new("directory", "D2001");

    private readonly List<string> _problems = [];

    public async Task<IReadOnlyList<string>> RunAsync()
    {
        var alice = await Cast.PrincipalAsync(bot, "alice");
        var requests = await bot.GetRequiredService<IRequestStore>().ByRequesterAsync(alice.Id, take: 10, default);
        Check(requests.Count == 1, $"{requests.Count} requests instead of one");
        Check(requests is [{ Status: RequestStatus.Succeeded }, ..], $"the request is {string.Join(", ", requests.Select(r => r.Status))}");
        var left = await Leftovers.CountAsync(bot);
        Check(left == 0, $"{left} turns or messages are left");
        await CheckEffectAsync();
        await CheckMessagesAsync();
        if (story.Name == "reset")
            await CheckPasswordAsync();
        await CheckAuditAsync();
        return _problems;
    }

    private async Task CheckEffectAsync()
    {
        var effects = await bot.GetRequiredService<ISandboxState>().EffectsAsync(default);
        Check(effects.Count == 1, $"{effects.Count} effects instead of one");
        Check(effects.All(e => e.Operation == story.Effect && e.ObjectId == s_account.ObjectId), "an effect that nobody asked for");
        var account = await bot.GetRequiredService<AccountDirectories>().All.Single(d => d.System == s_account.System).ReadAsync(s_account, default);
        Check(account is { LockedSince: null }, "the account is still locked");
    }

    private async Task CheckMessagesAsync()
    {
        foreach (var person in new[] { "alice", "omar" })
        {
            var replies = (await ReadAsync(person)).Select(m => m.Reply!).ToList();
            var twice = replies.GroupBy(r => (r.Text, r.Card?.Title, r.Choices.Count)).Where(g => g.Count() > 1).Select(g => g.Key.Text);
            Check(!twice.Any(), $"{person} was told twice: {string.Join(" | ", twice)}");
        }

        var told = (await ReadAsync("alice")).Count(m => m.Reply!.Text.EndsWith(Words.English.DidThatHelp(""), StringComparison.Ordinal));
        Check(told == 1, $"alice was told {told} times that it is done");
        var open = (await ReadAsync("omar")).Count(m => m.Reply!.Card is { Buttons.Count: > 0 });
        Check(open == 0, $"{open} of omar's cards can still be pressed");
    }

    /// <summary>The link opens once, and what it shows is the password that works.</summary>
    private async Task CheckPasswordAsync()
    {
        var alice = await Cast.PrincipalAsync(bot, "alice");
        var links = (await ReadAsync("alice")).Select(m => m.Reply!.Link).OfType<SecretLink>().ToList();
        Check(links.Count == 1, $"{links.Count} links to a password instead of one");
        if (links.Count == 0)
            return;
        var token = links[0].Url.Reveal().Split('/')[^1];
        var secrets = bot.GetRequiredService<SecretLinks>();
        var taken = await secrets.TakeAsync(token, alice, default);
        Check(!taken.Failed, $"the link does not open: {taken.Problem}");
        if (taken.Failed)
            return;
        var signedIn = await bot.GetRequiredService<IPracticeSignIn>().TryAsync(s_account.System, "alice", taken.Value.Value, default);
        Check(signedIn == PracticeOutcome.MustChangePassword, $"the password of the link is {signedIn}");
        Check((await secrets.TakeAsync(token, alice, default)).Problem?.Code == ProblemCode.SecretGone, "the link opens twice");
    }

    private async Task CheckAuditAsync()
    {
        var log = bot.GetRequiredService<IAuditLog>();
        var verdict = await AuditChain.VerifyAsync(log, default);
        Check(verdict.Ok, $"the audit chain is broken at {verdict.FirstBroken}: {verdict.What}");
        var granted = await log.ReadAsync(0, default).CountAsync(r => r.Entry.Action == "approval.granted");
        Check(granted == 1, $"{granted} grants on record instead of one");
    }

    private async Task<IEnumerable<TranscriptMessage>> ReadAsync(string person) =>
        (await bot.GetRequiredService<ITranscript>().ReadAsync(Cast.Conversation(person), take: 200, default)).Where(m => m.Reply is not null);

    private void Check(bool holds, string otherwise)
    {
        if (!holds)
            _problems.Add(otherwise);
    }
}
