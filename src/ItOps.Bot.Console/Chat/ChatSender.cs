using System.Security.Cryptography;
using System.Text;
using ItOps.Bot.Console.Live;
using ItOps.Bot.Console.SignIn;
using ItOps.Bot.Conversations;
using ItOps.Bot.Replies;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Console.Chat;

/// <summary>
/// Takes in what a person wrote or chose: first into their transcript, then as a turn, both under one id, so that repeating it changes nothing.
/// </summary>
internal sealed class ChatSender(ITranscript transcript, ITurnIntake intake, ConsoleFeed feed, TimeProvider time)
{
    public const int LongestMessage = 8_000;

    public async Task SayAsync(Visitor visitor, string text, string? nonce, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var id = IdOf(visitor, text, nonce);
        await PostAsync(new(id, ConversationOf(visitor), now, text, Reply: null), cancellationToken);
        await intake.AcceptAsync(new MessageTurn(id, visitor.Principal.Via, ConversationOf(visitor), now, text), cancellationToken);
    }

    /// <summary><c>false</c> when the person was never offered this choice.</summary>
    public async Task<bool> ChooseAsync(Visitor visitor, string choiceId, CancellationToken cancellationToken)
    {
        var conversation = ConversationOf(visitor);
        var shown = await transcript.ReadAsync(conversation, ChatLine.Most, cancellationToken);
        var offered = shown.SelectMany(m => m.Reply?.Choices ?? []).FirstOrDefault(c => c.Id == choiceId);
        if (offered is null)
            return false;
        var now = time.GetUtcNow();
        var id = ChatLine.IdOfChoice(visitor.UserName, choiceId);
        await PostAsync(new(id, conversation, now, offered.Label, Reply: null), cancellationToken);
        await intake.AcceptAsync(new ChoiceTurn(id, visitor.Principal.Via, conversation, now, choiceId), cancellationToken);
        return true;
    }

    public string NewNonce() => Id.New(time);

    private static ConversationId ConversationOf(Visitor visitor) => ConsoleIdentity.ConversationOf(visitor.UserName);

    // Time-ordered first; then what ties it to this person and these words, since the first part comes from the browser.
    private string IdOf(Visitor visitor, string text, string? nonce)
    {
        var first = nonce is { Length: 32 } && nonce.All(char.IsAsciiHexDigitLower) ? nonce : NewNonce();
        return first + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{visitor.UserName}\n{text}")))[..16];
    }

    private async Task PostAsync(TranscriptMessage message, CancellationToken cancellationToken)
    {
        await transcript.PostAsync(message, cancellationToken);
        feed.Publish(message.Conversation);
    }
}
