using ItOps.Bot.Channels.Slack.Blocks;
using ItOps.Bot.Channels.Slack.Home;
using ItOps.Bot.Commits;
using ItOps.Bot.Replies;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Channels.Slack.Inbound;

/// <summary>"/itops …": a message, written where it stands least in the way; its answer comes in the direct conversation.</summary>
internal sealed class SlackCommands(
    SlackGate gate, ITurnIntake intake, SlackTurnTranslator translator, SlackChannel channel, SlackDesk desk, SlackOptions options)
{
    private static readonly Words W = Words.English;

    /// <param name="command">What came.</param>
    /// <param name="delivery">What is unique about this delivery.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task<SlackAnswer> HandleAsync(SlackCommand command, string delivery, CancellationToken cancellationToken)
    {
        if (await gate.AdmitAsync(command.UserId, null, command.TeamId, cancellationToken) is not { } from)
            return Say(W.NotFromThere);
        var text = SlackText.Plain(command.Text ?? "");
        switch (text.ToLowerInvariant())
        {
            case "approvals" or "approval":
                desk.ShowQueue(from, command.ResponseUrl);
                return SlackAnswer.Done;
            case "console":
                return SlackAnswer.Ephemeral(new(SlackText.Escape($"{W.ConsoleIsAt} {options.PublicUrl}"), [.. SlackRenderer.Paragraphs(W.ConsoleIsAt, SlackLimits.SectionText), LinkTo(options.PublicUrl)]));
            case "":
                text = "help";
                break;
        }

        try
        {
            await intake.AcceptAsync(translator.Command(from, command, text, delivery), cancellationToken);
            return channel.IsDirect(from.User, command.ChannelId) ? SlackAnswer.Done : Say(W.OnItInDirect);
        }
        catch (StoreUnavailableException)
        {
            return Say(W.CannotTakeIn);
        }
    }

    private static ActionsBlock LinkTo(Uri address) => new([new Button(SlackActions.Link, new(W.OpenInConsole)) { Url = address.AbsoluteUri }]);

    private static SlackAnswer Say(string text) => SlackAnswer.Ephemeral(SlackRenderer.Plainly(text));
}
