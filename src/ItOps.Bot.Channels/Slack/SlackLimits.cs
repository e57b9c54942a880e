namespace ItOps.Bot.Channels.Slack;

/// <summary>What Slack takes and how fast, with where it says so. Lengths are in UTF-16 code units, which is never more than Slack counts.</summary>
internal static class SlackLimits
{
    /// <summary>A forged request must not make us read for long; Slack's own largest payloads (a view with its state) stay under 250 KB.</summary>
    public const int Body = 512 * 1024;

    /// <summary>Slack's answers are small; a longer one is not Slack's.</summary>
    public const int Answer = 1024 * 1024;

    /// <summary>"If the timestamp is more than five minutes from local time, it could be a replay attack."</summary>
    public static readonly TimeSpan SignatureAge = TimeSpan.FromMinutes(5);

    /// <summary>A signature up to five minutes from the future stays valid for ten.</summary>
    public static readonly TimeSpan SignatureMemory = TimeSpan.FromMinutes(10);

    /// <summary>30,000 events an hour and workspace are the most that Slack sends; ten minutes of that, several times over.</summary>
    public const int SignaturesRemembered = 50_000;

    /// <summary>Blocks in one message (chat.postMessage).</summary>
    public const int BlocksInMessage = 50;

    /// <summary>Blocks in a modal or a Home tab.</summary>
    public const int BlocksInView = 100;

    /// <summary>All text of a view: 250 KB of JSON, in which a character may take six bytes.</summary>
    public const int TextInView = 30_000;

    /// <summary>All text of a message's blocks. Not documented; msg_blocks_too_long was seen from some 11,000 characters on.</summary>
    public const int TextInBlocks = 10_000;

    /// <summary>The share of that for a card, whose lines and their number are limited each.</summary>
    public const int TextInCard = 4_000;

    /// <summary>The same for a card of several requests.</summary>
    public const int TextInGroup = 9_600;

    /// <summary>What all requests of one card have in common: who asks, and how that is known.</summary>
    public const int FactsOfAll = 3;

    /// <summary>Lines for all of them that are open, without their titles; the fewer they are, the more each has.</summary>
    public const int LinesInGroup = 25;

    /// <summary>Title of one of them, and each name of who decided it.</summary>
    public const int TextInPart = 150;

    /// <summary>The share of that for a menu: a hundred entries of fifty characters.</summary>
    public const int TextInMenu = 5_000;

    /// <summary>Entries of a menu that have room for a second line.</summary>
    public const int OptionsWithHint = 25;

    /// <summary>The text beside blocks is what notifications show; "limit the number of characters in the text field to 4,000".</summary>
    public const int FallbackText = 3_000;

    /// <summary>The text of a section; kept for one run of rich text as well, whose limit is not documented.</summary>
    public const int SectionText = 3_000;

    /// <summary>One fact of a card's details: the longest words that a request keeps, several times over.</summary>
    public const int TextInParagraph = 6_000;

    public const int HeaderText = 150;

    public const int ElementsInActions = 25;

    /// <summary>block_id, action_id and callback_id.</summary>
    public const int Id = 255;

    public const int ButtonText = 75;

    public const int ButtonValue = 2_000;

    public const int ButtonUrl = 3_000;

    public const int Options = 100;

    public const int OptionText = 75;

    public const int OptionValue = 150;

    public const int Placeholder = 150;

    /// <summary>Title, submit and close of a modal.</summary>
    public const int ModalTitle = 24;

    public const int PrivateMetadata = 3_000;

    /// <summary>The most that a plain-text input lets a person type, and that may be filled in beforehand.</summary>
    public const int InputText = 3_000;

    /// <summary>What an approval keeps of a reason or a question.</summary>
    public const int Note = 500;

    /// <summary>From here on buttons are a wall; a menu takes over.</summary>
    public const int ChoicesAsButtons = 5;

    /// <summary>Short enough for one line of a card on a telephone, twice.</summary>
    public const int LineText = 200;

    /// <summary>Under twelve lines with the title; the rest is behind a button.</summary>
    public const int LinesInCard = 10;

    /// <summary>"1 per second per channel"; short bursts are tolerated.</summary>
    public static readonly (int Count, TimeSpan Per) MessagesInChannel = (3, TimeSpan.FromSeconds(3));

    /// <summary>Slack answers within a second or two; beyond this nobody can tell whether it took the message.</summary>
    public static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(15);

    /// <summary>A shorter Retry-After is waited for in place; for a longer one the message goes back to the outbox.</summary>
    public static readonly TimeSpan WaitInPlace = TimeSpan.FromSeconds(10);

    public const int AttemptsInPlace = 3;

    /// <summary>Beyond this, signatures and expiries are judged by a clock that is wrong.</summary>
    public static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(60);
}
