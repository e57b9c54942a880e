using ItOps.Bot.HandOffs;
using ItOps.Bot.Replies;

namespace ItOps.Bot.Channels.Teams;

/// <summary>What the platform takes, as it documents it.</summary>
internal static class TeamsLimits
{
    /// <summary>A message with its card is refused from 28 KB on; the rest is for what the connector adds.</summary>
    public const int MessageBytes = 27 * 1024;

    /// <summary>Inbound activities are about as large as outbound ones, but carry a person's pasted text and a list of members.</summary>
    public const int InboundBytes = 256 * 1024;

    /// <summary><c>refresh.userIds</c> takes no more; in larger places the others refresh by hand.</summary>
    public const int RefreshUsers = 60;

    /// <summary>A card shows six actions; more go into a list to choose from.</summary>
    public const int Actions = 6;

    /// <summary>Longer button titles are cut by the clients.</summary>
    public const int ButtonTitle = 60;

    /// <summary>As long as a note may be in the console.</summary>
    public const int Note = 500;

    public static int NoteOf(CardAction action) => action == CardAction.Reply ? HandOffMessage.Longest : Note;

    /// <summary>Our own, so that the label of a form stays one.</summary>
    public const int NameToType = 120;

    /// <summary>Adaptive Cards with Action.Execute and refresh need it, and no later version is known to Teams everywhere.</summary>
    public const string CardVersion = "1.5";

    /// <summary>Clocks may differ by that much.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    /// <summary>Waited for in place when the platform asks for it; longer waits are the outbox's.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    /// <summary>How often a message that the platform was too busy for is offered again at once.</summary>
    public const int BusyAttempts = 3;

    /// <summary>Per bot and conversation: 7 in 1 s, 8 in 2 s, 60 in 30 s, 1,800 in an hour.</summary>
    public static readonly (int Count, TimeSpan Per)[] Rates =
        [(7, TimeSpan.FromSeconds(1)), (8, TimeSpan.FromSeconds(2)), (60, TimeSpan.FromSeconds(30)), (1_800, TimeSpan.FromHours(1))];
}
