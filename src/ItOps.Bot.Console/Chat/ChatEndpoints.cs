using ItOps.Bot.Commits;
using ItOps.Bot.Console.Cards;
using ItOps.Bot.Console.Frame;
using ItOps.Bot.Console.SignIn;
using ItOps.Bot.Conversations;
using ItOps.Bot.Replies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ItOps.Bot.Console.Chat;

/// <summary>A person's conversation with the bot. Approvers get their cards here too.</summary>
internal static class ChatEndpoints
{
    private const string Path = "/chat";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, (HttpContext http, ChatScreen screen) => screen.ShowAsync(http));
        routes.MapPost(Path, HandleAsync);
    }

    private static async Task<IResult> HandleAsync(HttpContext http, ChatScreen screen, ChatSender sender, DecisionForms decisions)
    {
        var visitor = SignedInOnly.VisitorOf(http);
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (form.ContainsKey("approval"))
            return await decisions.HandleAsync(http, visitor, answer => screen.ShowAsync(http, answer));
        if (form["choice"] is [{ } choice])
        {
            return await sender.ChooseAsync(visitor, choice, http.RequestAborted)
                ? Page.See(http, Path)
                : await screen.ShowAsync(http, new(CardState.Cancelled, "That choice is closed.", Words.English.QuestionIsClosed));
        }

        var text = ((string?)form["message"] ?? "").ReplaceLineEndings("\n").Trim();
        string? nonce = form["nonce"];
        if (text.Length == 0)
            return Page.See(http, Path);
        if (text.Length > ChatSender.LongestMessage)
        {
            var tooLong = new Answer(CardState.Failed, $"That has {text.Length:N0} characters.", Words.English.TooLong(ChatSender.LongestMessage));
            return await screen.ShowAsync(http, tooLong, text, nonce);
        }

        try
        {
            await sender.SayAsync(visitor, text, nonce, http.RequestAborted);
            return Page.See(http, Path);
        }
        catch (StoreUnavailableException)
        {
            var later = new Answer(
                CardState.Failed, "That can’t be stored right now.", "Your words are still here. Please send them again in a minute.");
            return await screen.ShowAsync(http, later, text, nonce);
        }
    }
}

internal sealed class ChatScreen(ITranscript transcript, ChatSender sender, Framing framing)
{
    /// <summary>With <paramref name="draft"/>, words that were not taken: they stay in the box, under the same <paramref name="nonce"/>.</summary>
    public async Task<IResult> ShowAsync(HttpContext http, Answer? answer = null, string? draft = null, string? nonce = null)
    {
        var visitor = SignedInOnly.VisitorOf(http);
        var frame = await framing.ForAsync(http, visitor) with { Answer = answer };
        var messages = await transcript.ReadAsync(ConsoleIdentity.ConversationOf(visitor.UserName), ChatLine.Most, http.RequestAborted);
        return Page.Show<ChatPage>(
            frame,
            parameters: [("Lines", ChatLine.Of(messages, visitor.UserName)), ("Nonce", nonce ?? sender.NewNonce()), ("Draft", draft)]);
    }
}
