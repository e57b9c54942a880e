using System.Diagnostics;
using ItOps.Bot.Approvals;
using ItOps.Bot.Auditing;
using ItOps.Bot.Commits;
using ItOps.Bot.Conversations;
using ItOps.Bot.Dialogs;
using ItOps.Bot.Replies;
using ItOps.Bot.Requests;
using Microsoft.Extensions.Logging;

namespace ItOps.Bot.Turns;

/// <summary>
/// Handles one turn: who is it, where does the conversation stand, what happens, and one commit with everything. Whatever goes wrong, the person gets an answer in
/// plain words and the turn leaves the inbox, or it stays there to be handled when the store is back.
/// </summary>
public sealed class TurnHandler(
    IIdentityResolver identities,
    IConversationStore conversations,
    IRequestStore requests,
    Interpreter interpreter,
    DialogRunner dialogs,
    RequestNews news,
    Presses presses,
    Committer committer,
    TimeProvider time,
    ILogger<TurnHandler> log) : ITurnHandler
{
    private const int ConflictLimit = 5;

    public async Task HandleAsync(Turn turn, CancellationToken cancellationToken)
    {
        using var activity = Telemetry.Source.StartActivity("turn");
        activity?.SetTag("kind", turn.GetType().Name);
        var result = "handled";
        try
        {
            await DispatchAsync(turn, cancellationToken);
        }
        catch (StoreUnavailableException e)
        {
            result = "postponed";
            log.LogError(e, "Turn {TurnId} waits until the store is back", turn.Id);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            result = "failed";
            log.LogError(e, "Turn {TurnId} in {Conversation} failed", turn.Id, turn.Conversation);
            await GiveUpAsync(turn, e, cancellationToken);
        }

        Telemetry.Turns.Add(1, new KeyValuePair<string, object?>("kind", turn.GetType().Name), new("result", result));
        Telemetry.TurnSeconds.Record((time.GetUtcNow() - turn.At).TotalSeconds);
    }

    private async Task DispatchAsync(Turn turn, CancellationToken cancellationToken)
    {
        var principal = turn is RequestTurn news ? await RequesterAsync(news, cancellationToken) : await identities.ResolveAsync(turn.From, cancellationToken);
        if (principal.Failed)
            await RefuseAsync(turn, principal.Problem, cancellationToken);
        else if (turn is DecisionTurn decision)
            await DecideAsync(decision, principal.Value, cancellationToken);
        else
            await ConverseAsync(turn, principal.Value, cancellationToken);
    }

    private async Task ConverseAsync(Turn turn, Principal principal, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var conversation = await conversations.LoadAsync(turn.Conversation, cancellationToken);
            if (conversation.Person is { } owner && owner != principal.Id)
            {
                await RefuseAsync(turn, new(ProblemCode.NotYours, $"{principal.Id} spoke in a conversation of {owner}."), cancellationToken);
                return;
            }

            conversation = conversation with { Person = principal.Id };
            var dialog = new DialogTurn(conversation, principal, time);
            var state = conversation.State;
            if (await TriggerAsync(turn, conversation, dialog, cancellationToken) is { } trigger)
                state = await dialogs.RunAsync(state, trigger, dialog, cancellationToken);
            dialog.Commit.Add(new TurnHandled(turn.Id)).Add(new ConversationSaved(dialog.After(state)));
            if (await committer.CommitAsync(dialog.Commit, cancellationToken) == CommitOutcome.Committed)
                return;
            if (attempt == ConflictLimit)
                throw new InvalidOperationException($"Turn {turn.Id} conflicted {ConflictLimit} times.");
        }
    }

    /// <summary>What the turn means; none when it means nothing (a second tap on the same button).</summary>
    private async Task<DialogTrigger?> TriggerAsync(Turn turn, ConversationContext conversation, DialogTurn dialog, CancellationToken cancellationToken)
    {
        switch (turn)
        {
            case MessageTurn { Text.Length: > MessageText.Limit }:
                dialog.Say(dialog.Words.TooLong(MessageText.Limit));
                return null;
            case MessageTurn message:
                var said = UtteranceGrammar.Read(MessageText.Clean(message.Text));
                if (said is { Kind: UtteranceKind.Request, TellsLanguage: true })
                    dialog.Memory = dialog.Memory with { Language = said.Language };
                var trigger = interpreter.Read(said, conversation.State, conversation.Memory);
                if (trigger is Asked or Corrected)
                    dialog.Memory = dialog.Memory with { Wish = ServiceRequest.CutWords(said.Said) };
                if (trigger switch { Asked asked => asked.Text, Corrected corrected => corrected.Text, Answered answered => answered.Text, _ => null } is { } own)
                    dialog.Memory = dialog.Memory.Hearing(own);
                return trigger;
            case ChoiceTurn { ChoiceId: var id } when id == conversation.Memory.LastChoice:
                return null;
            case ChoiceTurn choice:
                dialog.Memory = dialog.Memory with { LastChoice = choice.ChoiceId };
                return dialog.Take(choice.ChoiceId) ?? new TappedClosed();
            case RequestTurn happened:
                return await news.TriggerAsync(happened, cancellationToken);
            default:
                throw new ArgumentOutOfRangeException(nameof(turn), turn, "A turn that nobody handles.");
        }
    }

    private async Task DecideAsync(DecisionTurn turn, Principal principal, CancellationToken cancellationToken)
    {
        var decided = await presses.DecideAsync(principal, turn.ApprovalId, turn.Verdict, turn.Note, turn.Typed, cancellationToken);
        Telemetry.Decisions.Add(1, new KeyValuePair<string, object?>("result", decided.Kind.ToString()));
        var commit = new Commit().Add(new TurnHandled(turn.Id));
        if (decided.Kind != DecidedKind.Counted)
            commit.Add(new MessageQueued(new(Id.New(time), turn.Conversation, new(decided.Text), time.GetUtcNow())));
        await committer.CommitAsync(commit, cancellationToken);
    }

    /// <summary>News of a request is told as from the requester's own side of the conversation.</summary>
    private async Task<Result<Principal>> RequesterAsync(RequestTurn turn, CancellationToken cancellationToken) =>
        await requests.FindAsync(turn.RequestId, cancellationToken) is { } request
            ? await identities.RequesterAsync(request, cancellationToken)
            : new Problem(ProblemCode.UnknownPerson, $"Request {turn.RequestId} is not stored.");

    private async Task RefuseAsync(Turn turn, Problem problem, CancellationToken cancellationToken)
    {
        var commit = new Commit()
            .Add(new TurnHandled(turn.Id))
            .Audit(new("identity.refused", turn.From.ToString(), turn.From.ToString(), turn.Id, null, new Dictionary<string, string> { ["why"] = problem.Code.ToString() }));
        if (turn is not RequestTurn)
        {
            var text = problem.Code switch
            {
                ProblemCode.NotYours => Words.English.NotYourConversation,
                ProblemCode.SystemUnavailable => Words.English.CannotTellWhoYouAre,
                _ => Words.English.NotKnownHere,
            };
            commit.Add(new MessageQueued(new(Id.New(time), turn.Conversation, new(text), time.GetUtcNow())));
        }

        await committer.CommitAsync(commit, cancellationToken);
    }

    /// <summary>A turn that always fails must not block its conversation for ever.</summary>
    private async Task GiveUpAsync(Turn turn, Exception e, CancellationToken cancellationToken)
    {
        var commit = new Commit()
            .Add(new TurnHandled(turn.Id))
            .Audit(AuditEntry.ByBot("turn.failed", turn.Id, null, ("error", e.GetType().Name)))
            .Add(new MessageQueued(new(Id.New(time), turn.Conversation, new(Words.English.SomethingBroke), time.GetUtcNow())));
        try
        {
            await committer.CommitAsync(commit, cancellationToken);
        }
        catch (StoreUnavailableException unavailable)
        {
            log.LogError(unavailable, "Turn {TurnId} stays in the inbox", turn.Id);
        }
    }
}
