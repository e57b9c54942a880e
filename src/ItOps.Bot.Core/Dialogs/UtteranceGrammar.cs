namespace ItOps.Bot.Dialogs;

/// <summary>
/// Reads a message as a move in a conversation. Pure and the same in every culture; it knows no runbook, so whatever is not plainly a move is a
/// <see cref="UtteranceKind.Request"/>.
/// </summary>
public static class UtteranceGrammar
{
    /// <summary>The longest message that may be a move as a whole; longer ones are read as wishes.</summary>
    private const int MostWordsOfMove = 12;

    /// <summary>Beyond this many letters somebody pasted a log, and nothing in it is a move.</summary>
    private const int MostLetters = 4_000;

    public static Utterance Read(string text)
    {
        if (text.Length > MostLetters)
            return new Utterance(UtteranceKind.Request, text.Trim()) { Said = text.Trim() };
        if (UtterancePhrases.FindSign(text) is { } sign)
            return new Utterance(sign, "") { Said = text.Trim() };
        var words = new UtteranceText(text);
        if (!words.HasWords)
            return new Utterance(UtteranceKind.Empty, "");

        var language = UtteranceLanguage.Of(words.All);
        var utterance = Whole(words) ?? UtteranceOrdinals.Read(words) ?? UtteranceOpenings.Read(words) ?? new Utterance(UtteranceKind.Request, text.Trim());
        return utterance with { Language = language ?? "en", TellsLanguage = language is not null, Said = text.Trim() };
    }

    private static Utterance? Whole(UtteranceText words)
    {
        if (words.All.Count > MostWordsOfMove)
            return null;

        // As written first: "thank you" is polite through and through, and still a move.
        var kind = UtterancePhrases.Find(words.Line) ?? UtterancePhrases.Find(words.Core) ?? PolitenessAlone(words);
        return kind is null ? null : new Utterance(kind.Value, "");
    }

    /// <summary>"ok", "please", "oh well": "ok" agrees, and the rest is a greeting or thanks by its first word.</summary>
    private static UtteranceKind? PolitenessAlone(UtteranceText words)
    {
        if (words.Core.Length > 0)
            return null;

        foreach (var word in words.All)
        {
            switch (word)
            {
                case "thanks" or "thank" or "thx" or "danke":
                    return UtteranceKind.Thanks;
                case "hi" or "hello" or "hey" or "hallo":
                    return UtteranceKind.Greeting;
                case "ok" or "okay" or "please" or "bitte":
                    return words.All.Any(w => w is "thanks" or "thank" or "thx" or "danke") ? UtteranceKind.Thanks : UtteranceKind.Yes;
            }
        }

        return null;
    }
}
