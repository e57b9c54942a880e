using ItOps.Bot.Approvals;
using ItOps.Bot.Console.SignIn;
using ItOps.Bot.Replies;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;

namespace ItOps.Bot.Console.Frame;

/// <summary>Makes the frame of a page for the browser that asks.</summary>
internal sealed class Framing(IAntiforgery antiforgery, ApprovalQueue queue, TimeProvider time)
{
    /// <summary>For a page outside the shell. Making the anti-forgery pair also forbids every cache to keep the page.</summary>
    public PageFrame Alone(HttpContext http)
    {
        var tokens = antiforgery.GetAndStoreTokens(http);
        return new(Clock.For(time.GetUtcNow(), http.Request.Cookies[Clock.ZoneCookie]), new(tokens.FormFieldName, tokens.RequestToken!));
    }

    /// <summary>For a page of somebody who is signed in.</summary>
    public async Task<PageFrame> ForAsync(HttpContext http, Visitor visitor)
    {
        var waiting = await queue.PendingForAsync(visitor.Principal, http.RequestAborted);
        return Alone(http) with
        {
            Visitor = visitor,
            Path = http.Request.Path,
            Waiting = waiting.Count,
            Note = NoteIn(http.Request.Query),
        };
    }

    private static OpenNote? NoteIn(IQueryCollection query) =>
        query["approval"] is [{ Length: > 0 } approval]
        && Enum.TryParse<CardAction>(query["note"], out var action)
        && Enum.IsDefined(action) && action.Note() != CardNote.None
            ? new(approval, action, "")
            : null;
}
