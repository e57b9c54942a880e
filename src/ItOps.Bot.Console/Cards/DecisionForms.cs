using ItOps.Bot.Approvals;
using ItOps.Bot.Commits;
using ItOps.Bot.Console.Frame;
using ItOps.Bot.Console.SignIn;
using ItOps.Bot.HandOffs;
using ItOps.Bot.Replies;
using Microsoft.AspNetCore.Http;

namespace ItOps.Bot.Console.Cards;

/// <summary>Takes a press on a card, whatever page the card stands on.</summary>
internal sealed class DecisionForms(Presses presses)
{
    public const int LongestTyped = 500;

    public static int LongestNote(CardAction action) => action == CardAction.Reply ? HandOffMessage.Longest : LongestTyped;

    public async Task<IResult> HandleAsync(HttpContext http, Visitor visitor, Func<Answer, Task<IResult>> show)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var approval = form["approval"].ToString();
        if (!Enum.TryParse<CardAction>(form["verdict"], out var action) || !Enum.IsDefined(action))
            return await show(new(CardState.Failed, "Nothing was decided.", "Please press one of the buttons."));

        var note = form["note"].ToString().Trim();
        if (note.Length == 0 && (action.Note() == CardNote.Needed || (action.Note() == CardNote.Wanted && !form.ContainsKey("note"))))
            return Page.See(http, $"{http.Request.Path}?note={action}&approval={Uri.EscapeDataString(approval)}");
        var isForAll = ApprovalBundles.IsBundle(approval);
        try
        {
            // What is pressed for several is decided for all of them, also when the person leaves the page meanwhile.
            var decided = await presses.DecideAsync(
                visitor.Principal, approval, action.Verdict(), note.Length == 0 ? null : note, form["typed"].ToString(), isForAll ? CancellationToken.None : http.RequestAborted);
            return await show(AnswerTo(decided, action));
        }
        catch (StoreUnavailableException) when (isForAll)
        {
            return await show(new(CardState.Failed, "Not everything could be stored.", "What was decided stands on the card; press again for the rest."));
        }
        catch (StoreUnavailableException)
        {
            return await show(new(CardState.Failed, "That can’t be stored right now.", "Nothing was decided. Please press again in a minute."));
        }
    }

    private static Answer AnswerTo(Decided decided, CardAction action) => decided.Kind switch
    {
        DecidedKind.Counted => new(action == CardAction.Deny ? CardState.Denied : CardState.Succeeded, "", decided.Text),
        DecidedKind.Partly => new(CardState.Waiting, "", decided.Text),
        DecidedKind.Reported => new(CardState.HandedOff, "", decided.Text),
        DecidedKind.Asked or DecidedKind.Passed => new(CardState.HandedOff, "", decided.Text),
        DecidedKind.AlreadyDecided => new(CardState.Cancelled, "", decided.Text),
        _ => new(CardState.Failed, "", decided.Text),
    };
}
