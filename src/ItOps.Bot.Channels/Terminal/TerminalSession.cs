using ItOps.Bot.Commits;
using ItOps.Bot.Replies;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Channels.Terminal;

/// <summary>Reads lines from a person and makes turns of them, until an empty line or the end of the input.</summary>
public sealed class TerminalSession(
    TerminalScreen screen, ChannelIdentity identity, ITurnIntake intake, TurnPump turns, OutboxSender outbox, Execution.RunDispatcher runs, TimeProvider time)
{
    public async Task RunAsync(TextReader input, CancellationToken cancellationToken)
    {
        screen.Say($"You are {identity.User}. Write what you need; a number taps a choice; an empty line ends.");
        while (await input.ReadLineAsync(cancellationToken) is { Length: > 0 } line)
        {
            try
            {
                await intake.AcceptAsync(TurnOf(line), cancellationToken);
                await SettleAsync();
            }
            catch (StoreUnavailableException e)
            {
                screen.Say("I can't take that just now: " + e.Message);
            }
        }
    }

    private Turn TurnOf(string line)
    {
        var id = Id.New(time);
        var conversation = TerminalChannel.ConversationOf(identity.User);
        if (screen.ChoiceFor(line) is { } choice)
            return new ChoiceTurn(id, identity, conversation, time.GetUtcNow(), choice.Id);
        return screen.PressFor(line) is { } press
            ? new DecisionTurn(id, identity, conversation, time.GetUtcNow(), press.ApprovalId, Enum.Parse<Verdict>(press.Action.ToString()), press.Note) { Typed = press.Typed }
            : new MessageTurn(id, identity, conversation, time.GetUtcNow(), line);
    }

    /// <summary>Waits until what the line set off here is done, so that its answers stand above the next line.</summary>
    private async Task SettleAsync()
    {
        await turns.WhenIdleAsync();
        await runs.WhenIdleAsync();
        await turns.WhenIdleAsync();
        await outbox.WhenIdleAsync();
    }
}
