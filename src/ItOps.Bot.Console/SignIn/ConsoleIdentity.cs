using ItOps.Bot.Conversations;
using ItOps.Bot.People;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Console.SignIn;

/// <summary>How a person is called in the console, and where their conversation is.</summary>
internal static class ConsoleIdentity
{
    public const string Channel = "console";

    /// <summary>Whoever was picked in the practice sign-in.</summary>
    public static ChannelIdentity Of(string userName) => new(Channel, "sandbox", userName);

    public static ConversationId ConversationOf(string userName) => new(Channel, userName);

    /// <summary>The first name by which the directory knows somebody is the one they sign in with.</summary>
    public static string? UserNameOf(Person person) => person.Names is [var first, ..] ? first : null;
}
