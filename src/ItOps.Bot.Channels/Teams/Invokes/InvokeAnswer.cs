using ItOps.Bot.Channels.Teams.Cards;
using Microsoft.AspNetCore.Http;

namespace ItOps.Bot.Channels.Teams.Invokes;

/// <summary>What an invoke is answered with: a card, or what went wrong in plain words. The HTTP status stays 200 in both cases.</summary>
internal sealed record InvokeAnswer(int StatusCode, string Type, object Value)
{
    public static InvokeAnswer Card(AdaptiveCard card) => new(StatusCodes.Status200OK, TeamsPayloads.CardType, card);

    public static InvokeAnswer Error(int status, string code, string ours) => new(status, TeamsPayloads.ErrorType, new InvokeError(code, ours));
}

internal sealed record InvokeError(string Code, string Message);
