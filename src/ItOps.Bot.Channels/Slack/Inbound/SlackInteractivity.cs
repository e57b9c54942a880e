using ItOps.Bot.Channels.Slack.Blocks;
using ItOps.Bot.Channels.Slack.Home;
using ItOps.Bot.Channels.Slack.Modals;
using ItOps.Bot.Commits;
using ItOps.Bot.Replies;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Channels.Slack.Inbound;

/// <summary>Presses, forms that were sent, and the shortcut on a message.</summary>
internal sealed class SlackInteractivity(SlackGate gate, ITurnIntake intake, SlackTurnTranslator translator, SlackDesk desk)
{
    private static readonly Words W = Words.English;

    public async Task<SlackAnswer> HandleAsync(SlackInteraction interaction, CancellationToken cancellationToken)
    {
        if (await gate.AdmitAsync(interaction.User?.Id, interaction.User?.TeamId, interaction.Team?.Id, cancellationToken) is not { } from)
            return SlackAnswer.Done;
        switch (interaction.Type)
        {
            case "block_actions" when interaction.Actions is [{ ActionId: { } action } pressed, ..]:
                await PressAsync(from, interaction, action, pressed, cancellationToken);
                return SlackAnswer.Done;
            case "view_submission" when interaction.View is { Id: { } id } view:
                return await SubmitAsync(from, view, id, cancellationToken);
            case "message_action" when interaction.CallbackId == SlackModals.AskIt:
                desk.Open(from, interaction.TriggerId, SlackModals.ForMessage(interaction.Message?.Text));
                return SlackAnswer.Done;
            default:
                return SlackAnswer.Done;
        }
    }

    private async Task PressAsync(ChannelIdentity from, SlackInteraction interaction, string action, SlackAction pressed, CancellationToken cancellationToken)
    {
        if (action == SlackActions.Answer)
        {
            desk.Open(from, interaction.TriggerId, SlackModals.ForWords(interaction.Message?.Text));
            return;
        }

        if ((pressed.SelectedOption?.Value ?? pressed.Value) is not { Length: > 0 and <= SlackLimits.OptionValue } id)
            return;
        if (SlackActions.IsChoice(action))
        {
            if (await TakeInAsync(from, interaction, translator.Choice(from, id, pressed.ActionTs), cancellationToken))
                ShowChosen(from, interaction, pressed);
        }
        else if (action == SlackActions.ApproveTyped)
            desk.Open(from, interaction.TriggerId, SlackModals.ForTyped(id));
        else if (SlackActions.TryVerdict(action, out var verdict) && verdict.Button().Note() != CardNote.None)
            desk.Open(from, interaction.TriggerId, SlackModals.ForNote(verdict, id));
        else if (SlackActions.TryVerdict(action, out verdict))
            await TakeInAsync(from, interaction, translator.Decision(from, id, verdict, pressed.ActionTs), cancellationToken);
        else if (action == SlackActions.Details)
            desk.ShowApproval(from, interaction.TriggerId, id);
        else if (action == SlackActions.Request)
            desk.ShowRequest(from, interaction.TriggerId, id);
    }

    /// <summary>A question that was answered has no buttons left; what was chosen stands in their place.</summary>
    private void ShowChosen(ChannelIdentity from, SlackInteraction interaction, SlackAction pressed)
    {
        if (interaction is not { ResponseUrl: { } url, Message.Text: { } question, Container: { Type: "message", IsEphemeral: not true } })
            return;
        var label = pressed.SelectedOption?.Text?.Text ?? pressed.Text?.Text ?? "";
        var answered = SlackRenderer.Plainly($"{SlackText.Plain(question)}\n✓ {SlackText.FitLine(label, SlackLimits.ButtonText)}");
        desk.Respond(from, url, new() { ReplaceOriginal = true, Text = answered.Text, Blocks = answered.Blocks });
    }

    /// <summary>The answer to a press cannot say anything, so what must be said goes to the response_url. <c>true</c> when it was new.</summary>
    private async Task<bool> TakeInAsync(ChannelIdentity from, SlackInteraction interaction, Turn turn, CancellationToken cancellationToken)
    {
        var inHome = interaction.View?.Type == "home";
        if (inHome)
            desk.ShowHomeAfter(turn.Id, from);
        try
        {
            var isNew = await intake.AcceptAsync(turn, cancellationToken);
            if (inHome && !isNew)
                desk.Forget(turn.Id);

            // Such a message cannot be updated later, so it goes; the card in the direct conversation stays and becomes the receipt.
            if (interaction.Container?.IsEphemeral == true)
                desk.Respond(from, interaction.ResponseUrl, new() { DeleteOriginal = true });
            return isNew;
        }
        catch (StoreUnavailableException)
        {
            desk.Forget(turn.Id);
            if (interaction.ResponseUrl is not null)
                desk.Respond(from, interaction.ResponseUrl, SlackResponse.Ephemeral(SlackRenderer.Plainly(W.CannotTakeIn)));
            return false;
        }
    }

    private async Task<SlackAnswer> SubmitAsync(ChannelIdentity from, SlackViewRef view, string id, CancellationToken cancellationToken)
    {
        var text = view.State?.Values?.GetValueOrDefault(SlackModals.Input)?.GetValueOrDefault(SlackModals.Input)?.Value?.Trim() ?? "";
        if (text.Length == 0 && !SlackModals.MayBeEmpty(view))
            return SlackAnswer.Complaint(SlackModals.Input, W.PleaseWriteSomething);
        if (Turn(from, view, id, text) is not { } turn)
            return SlackAnswer.Done;
        try
        {
            await intake.AcceptAsync(turn, cancellationToken);
            return SlackAnswer.Close;
        }
        catch (StoreUnavailableException)
        {
            return SlackAnswer.Complaint(SlackModals.Input, W.CannotTakeIn);
        }
    }

    private Turn? Turn(ChannelIdentity from, SlackViewRef view, string id, string text) => view.CallbackId switch
    {
        SlackModals.Words or SlackModals.AskIt => translator.Written(from, id, text),
        SlackModals.Note when view.PrivateMetadata?.Split(' ') is [var verdict, { Length: > 0 and <= SlackLimits.OptionValue } approval] && Noted(verdict) is { } noted =>
            translator.Decision(from, approval, noted, id, text),
        SlackModals.Typed when view.PrivateMetadata is { Length: > 0 and <= SlackLimits.OptionValue } approval => translator.Typed(from, approval, id, text),
        _ => null,
    };

    private static Verdict? Noted(string word) => word switch
    {
        nameof(Verdict.Deny) => Verdict.Deny,
        nameof(Verdict.Ask) => Verdict.Ask,
        nameof(Verdict.Reply) => Verdict.Reply,
        nameof(Verdict.Resolve) => Verdict.Resolve,
        _ => null,
    };
}
