using ItOps.Bot.Replies;

namespace ItOps.Bot.Console.Cards;

internal static class CardExtent
{
    /// <summary>It is over, and nothing on it can be pressed.</summary>
    public static bool IsReceipt(this Card card) => card.State is not (CardState.Waiting or CardState.Running) && card.Buttons.Count == 0;
}
