using ItOps.Bot.Approvals;
using ItOps.Bot.Conversations;
using ItOps.Bot.People;
using ItOps.Bot.Replies;
using ItOps.Bot.Requests;
using ItOps.Bot.Secrets;
using ItOps.Bot.Turns;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Tests.Stories.Stage;

/// <summary>Somebody in a story: what they write and tap, and what they see.</summary>
public sealed class StoryPerson(BotHost bot, string name)
{
    private int _seen;

    public ChannelIdentity Identity { get; } = new("console", "sandbox", name);

    public ConversationId Conversation { get; } = new("console", name);

    /// <summary>Writes a message and waits for all that follows from it.</summary>
    public async Task Says(string text)
    {
        _seen = (await RepliesAsync()).Count;
        await AcceptAsync(new MessageTurn(NewId(), Identity, Conversation, bot.Time.GetUtcNow(), text));
    }

    /// <summary>Taps the newest button whose label begins with the text.</summary>
    public async Task Taps(string label)
    {
        var choice = await ChoiceAsync(label);
        _seen = (await RepliesAsync()).Count;
        await AcceptAsync(new ChoiceTurn(NewId(), Identity, Conversation, bot.Time.GetUtcNow(), choice.Id));
    }

    /// <summary>Has their manager vouch for them, which is what a reset wants beyond a session.</summary>
    public async Task IsVouchedFor()
    {
        var me = await PrincipalAsync();
        await Taps("Ask ");
        var attestation = Assert.Single(await bot.PendingApprovalsAsync(), a => a.Purpose == ApprovalPurpose.Attestation && a.Requester == me.Id);
        var vouching = await bot.Services.GetRequiredService<IPersonDirectory>().FindAsync(me.Person.Manager!.Value, CancellationToken.None);
        Assert.Equal(DecidedKind.Counted, (await bot.Person(vouching!.SignInName!).Presses(attestation.Id, Verdict.Approve)).Kind);
    }

    /// <summary>Shows themselves to somebody who approves, and who then leaves the decision to others.</summary>
    public async Task IsSeenBy(string approver)
    {
        var me = await PrincipalAsync();
        await Taps("Show myself to IT");
        var attestation = Assert.Single(await bot.PendingApprovalsAsync(), a => a.Purpose == ApprovalPurpose.Attestation && a.Requester == me.Id);
        Assert.Equal(DecidedKind.Counted, (await bot.Person(approver).Presses(attestation.Id, Verdict.Approve)).Kind);
    }

    public async Task<Choice> ChoiceAsync(string label)
    {
        var choices = (await RepliesAsync()).SelectMany(r => r.Choices).Reverse().ToList();
        return choices.Find(c => c.Label.StartsWith(label, StringComparison.OrdinalIgnoreCase))
            ?? throw new Xunit.Sdk.XunitException($"{name} sees no button '{label}', only: {string.Join(" | ", choices.Select(c => c.Label))}");
    }

    /// <summary>Since the person's last move, something was said that contains the text.</summary>
    public async Task Sees(string text)
    {
        var said = await NewTextsAsync();
        Assert.True(said.Exists(t => t.Contains(text, StringComparison.OrdinalIgnoreCase)), $"{name} does not see '{text}' in:\n{string.Join('\n', said)}");
    }

    public async Task DoesNotSee(string text) =>
        Assert.DoesNotContain(await NewTextsAsync(), t => t.Contains(text, StringComparison.OrdinalIgnoreCase));

    /// <summary>How often something with this text was said in the whole conversation.</summary>
    public async Task<int> TimesSeen(string text) =>
        (await RepliesAsync()).Count(r => r.Text.Contains(text, StringComparison.OrdinalIgnoreCase));

    public async Task<Card> SeesApproval(string title)
    {
        var pending = await PendingAsync();
        return pending.Find(i => i.Card.Title.Contains(title, StringComparison.OrdinalIgnoreCase))?.Card
            ?? throw new Xunit.Sdk.XunitException($"{name} has no approval '{title}', only: {string.Join(" | ", pending.Select(i => i.Card.Title))}");
    }

    /// <summary>The newest question's buttons, in order.</summary>
    public async Task<IReadOnlyList<string>> ButtonsAsync() =>
        [.. (await RepliesAsync()).Last(r => r.Choices.Count > 0).Choices.Select(c => c.Label)];

    public async Task SeesNoApproval() => Assert.Empty(await PendingAsync());

    /// <summary>Presses Approve, and types what the card asks for, where it asks.</summary>
    public Task<Decided> Approves() => Presses(Verdict.Approve);

    /// <summary>Presses Approve and types this instead of what the card asks for.</summary>
    public async Task<Decided> ApprovesTyping(string? typed)
    {
        var approval = (await PendingAsync())[^1].Approval;
        var decided = await bot.Services.GetRequiredService<ApprovalService>().DecideAsync(await PrincipalAsync(), approval.Id, Verdict.Approve, null, typed, CancellationToken.None);
        await bot.SettleAsync();
        return decided;
    }

    public Task<Decided> Denies(string? reason = null) => Presses(Verdict.Deny, reason);

    public Task<Decided> Asks(string question) => Presses(Verdict.Ask, question);

    /// <summary>Presses on the newest open approval, whether or not this person may; on the one decided last when a faster press closed it.</summary>
    public async Task<Decided> Presses(Verdict verdict, string? note = null)
    {
        var open = await bot.PendingApprovalsAsync();
        var mine = await PendingAsync();
        var approval = mine is [.., var last] ? last.Approval
            : open is [.., var others] ? others
            : (await bot.Services.GetRequiredService<IApprovalStore>().DecidedAsync(1, CancellationToken.None))[0];
        return await Presses(approval.Id, verdict, note);
    }

    public async Task<Decided> Presses(string approvalId, Verdict verdict, string? note = null)
    {
        var decided = await PressesWithoutWaiting(approvalId, verdict, note);
        await bot.SettleAsync();
        return decided;
    }

    /// <summary>Presses, and does not wait for what follows: it may never end.</summary>
    public async Task<Decided> PressesWithoutWaiting(string approvalId, Verdict verdict, string? note = null)
    {
        var asked = await bot.Services.GetRequiredService<IApprovalStore>().FindAsync(approvalId, CancellationToken.None);
        return await bot.Services.GetRequiredService<Presses>().DecideAsync(await PrincipalAsync(), approvalId, verdict, note, asked?.TypeToConfirm, CancellationToken.None);
    }

    /// <summary>The newest state of every card in the conversation.</summary>
    public async Task<IReadOnlyList<Card>> CardsAsync() => [.. (await RepliesAsync()).Select(r => r.Card).OfType<Card>()];

    public async Task<Reply> LastReplyAsync() => (await RepliesAsync())[^1];

    public async Task<IReadOnlyList<ServiceRequest>> RequestsAsync() =>
        await bot.Services.GetRequiredService<RequestDesk>().ListAsync(await PrincipalAsync(), 50, CancellationToken.None);

    public async Task<RequestPage?> OpensAsync(string requestId) =>
        await bot.Services.GetRequiredService<RequestDesk>().OpenAsync(await PrincipalAsync(), requestId, CancellationToken.None);

    /// <summary>Opens the newest one-time link of this conversation.</summary>
    public async Task<Result<(string Label, Secret<string> Value)>> OpensLink() => await OpensLink(await LinkAsync());

    public async Task<Result<(string Label, Secret<string> Value)>> OpensLink(string token) =>
        await bot.Services.GetRequiredService<SecretLinks>().TakeAsync(token, await PrincipalAsync(), CancellationToken.None);

    public async Task<string> LinkAsync() =>
        (await RepliesAsync()).Select(r => r.Link).OfType<SecretLink>().Last().Url.Reveal().Split('/')[^1];

    public async Task<Principal> PrincipalAsync() =>
        (await bot.Services.GetRequiredService<IIdentityResolver>().ResolveAsync(Identity, CancellationToken.None)).Value;

    public async Task AcceptAsync(Turn turn)
    {
        await bot.Services.GetRequiredService<ITurnIntake>().AcceptAsync(turn, CancellationToken.None);
        await bot.SettleAsync();
    }

    public string NewId() => Id.New(bot.Time);

    public async Task<List<Reply>> RepliesAsync() =>
        [.. (await bot.Services.GetRequiredService<ITranscript>().ReadAsync(Conversation, 1000, CancellationToken.None)).Select(m => m.Reply).OfType<Reply>()];

    private async Task<List<ApprovalQueueItem>> PendingAsync() =>
        [.. await bot.Services.GetRequiredService<ApprovalQueue>().PendingForAsync(await PrincipalAsync(), CancellationToken.None)];

    private async Task<List<string>> NewTextsAsync() =>
        [.. (await RepliesAsync()).Skip(_seen).Select(r => r.Text + (r.Card is { } card ? $" [{card.Title}: {card.StateText}]" : ""))];
}
