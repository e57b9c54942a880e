using ItOps.Bot.Accounts;
using ItOps.Bot.Approvals;
using ItOps.Bot.Conversations;
using ItOps.Bot.Replies;
using ItOps.Bot.Secrets;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Host.Drill;

/// <summary>Somebody in a pretext, in one channel, under the identity that this channel's envelope would prove.</summary>
internal sealed class DrillActor(DrillStage stage, string person, string channel)
{
    private readonly ITranscript _transcript = stage.Services.GetRequiredService<ITranscript>();

    public ChannelIdentity Identity { get; } =
        stage.Services.GetRequiredService<SandboxSeed>().People.Single(p => p.SignInName == person).Identities.Single(i => i.Channel == channel);

    public ConversationId Conversation => new(channel, channel == "console" ? person : Identity.User);

    public Task SaysAsync(string text) =>
        AcceptAsync(new MessageTurn(NewId(), Identity, Conversation, stage.Clock.GetUtcNow(), text));

    /// <summary>Taps the newest button whose label begins with the text; nothing happens when there is none.</summary>
    public async Task TapsAsync(string label)
    {
        var choices = (await SaidAsync()).SelectMany(r => r.Choices).Reverse();
        if (choices.FirstOrDefault(c => c.Label.StartsWith(label, StringComparison.Ordinal)) is { } choice)
            await AcceptAsync(new ChoiceTurn(NewId(), Identity, Conversation, stage.Clock.GetUtcNow(), choice.Id));
    }

    public async Task<Decided> PressesAsync(string approvalId, Verdict verdict = Verdict.Approve)
    {
        var principal = await stage.Services.GetRequiredService<IIdentityResolver>().ResolveAsync(Identity, CancellationToken.None);
        if (principal.Failed)
            return new(DecidedKind.Refused, "", principal.Problem);
        var asked = await stage.Services.GetRequiredService<IApprovalStore>().FindAsync(approvalId, CancellationToken.None);
        var decided = await stage.Services.GetRequiredService<Presses>().DecideAsync(principal.Value, approvalId, verdict, null, asked?.TypeToConfirm, CancellationToken.None);
        await stage.SettleAsync();
        return decided;
    }

    public async Task<Result<(string Label, Secret<string> Value)>> OpensAsync(string token)
    {
        var principal = await stage.Services.GetRequiredService<IIdentityResolver>().ResolveAsync(Identity, CancellationToken.None);
        return principal.Failed ? principal.Problem : await stage.Services.GetRequiredService<SecretLinks>().TakeAsync(token, principal.Value, CancellationToken.None);
    }

    /// <summary>What the bot said in this conversation, oldest first.</summary>
    public async Task<IReadOnlyList<Reply>> SaidAsync() =>
        [.. (await _transcript.ReadAsync(Conversation, 200, CancellationToken.None)).Select(m => m.Reply).OfType<Reply>()];

    public async Task<bool> HeardAsync(string text) => (await SaidAsync()).Any(r => r.Shown.Contains(text, StringComparison.OrdinalIgnoreCase));

    /// <summary>The newest code that reached this conversation; none when none did.</summary>
    public async Task<string?> CodeAsync() => (await SaidAsync()).LastOrDefault(r => r.Code is not null)?.Code!.Reveal();

    public async Task<string?> LinkAsync() => (await SaidAsync()).LastOrDefault(r => r.Link is not null)?.Link!.Url.Reveal().Split('/')[^1];

    private string NewId() => Id.New(stage.Clock);

    private async Task AcceptAsync(Turn turn)
    {
        await stage.Services.GetRequiredService<ITurnIntake>().AcceptAsync(turn, CancellationToken.None);
        await stage.SettleAsync();
    }
}
