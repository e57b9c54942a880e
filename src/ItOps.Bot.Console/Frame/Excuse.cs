namespace ItOps.Bot.Console.Frame;

/// <summary>Why a page cannot be shown, in calm words: never what an error says of itself. <paramref name="Onward"/>: the chat is worth a try.</summary>
public sealed record Excuse(int Status, string Title, string Text, bool Onward = true)
{
    public static readonly Excuse NoSignIn = new(
        403,
        "Sign-in is not configured",
        "The console has no way to tell who you are from here. Ask whoever operates the bot how to sign in.",
        Onward: false);

    public static readonly Excuse ProviderUnavailable = new(
        503, "Sign-in does not answer right now", "The sign-in of your organisation could not be reached. Please try again in a minute.");

    public static readonly Excuse SignInOutOfDate = new(
        400, "This sign-in is out of date", "It took too long, or it was begun in another window. Please begin again.");

    public static readonly Excuse SignInDenied = new(
        403, "You are not signed in", "The sign-in was cancelled, or your organisation does not let you in here.");

    public static readonly Excuse NotKnown = new(
        403, "I don’t know you here", "Your organisation vouches for you, and its directory of people has no such person for me. Please ask IT to look into it.", Onward: false);

    public static readonly Excuse OutOfDate = new(
        400, "This page is out of date", "You may have signed in again since it was opened. Open it anew and try once more.");

    public static readonly Excuse StoreUnavailable = new(
        503, "That can’t be stored right now", "Nothing was changed. Please try again in a minute.");

    public static readonly Excuse TooMuch = new(413, "That is too much at once", "Please send less.");

    public static readonly Excuse Failed = new(500, "Something went wrong on our side", "It has been written down. Please try again.");

    public static readonly Excuse NoSuchRequest = new(
        404, "There is no such request", "Perhaps the address is incomplete. Your own requests are under Requests.");

    public static readonly Excuse NoSuchRunbook = new(
        404, "There is no such runbook", "Perhaps the address is incomplete. Those that there are stand under Runbooks.");
}
