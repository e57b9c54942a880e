using System.Text.RegularExpressions;

namespace ItOps.Bot.Dialogs;

/// <summary>Moves that open a message and leave something to go on with: "no wait, …", "same for …", "and … too".</summary>
internal static partial class UtteranceOpenings
{
    public static Utterance? Read(UtteranceText words) => Same(words) ?? Agreement(words) ?? Correction(words) ?? Also(words);

    private static Utterance? Same(UtteranceText words)
    {
        var match = SameFor().Match(words.Line);
        if (!match.Success)
            return null;

        var rest = words.After(Count(match.Value)).TrimEnd('.', '!', '?', ' ');
        var person = TrailingPoliteness().Replace(rest, "");
        return person.Length == 0 || Count(person) > 5 ? null : new Utterance(UtteranceKind.SameFor, person);
    }

    private static Utterance? Correction(UtteranceText words)
    {
        if (NotThat().Match(words.Line) is { Success: true } notThat && EndsOrPauses(words, Count(notThat.Value)))
            return new Utterance(UtteranceKind.Correction, words.After(Count(notThat.Value)));

        if (Meant().Match(words.Line) is { Success: true } meant)
            return new Utterance(UtteranceKind.Correction, words.After(Count(meant.Value)));

        // "Wait until Monday" is no correction; "wait, only unlock it" and "no wait only unlock it" are.
        if (Instead().Match(words.Line) is { Success: true } instead && (Count(instead.Value) > 1 || words.PausesAfter(1)))
            return new Utterance(UtteranceKind.Correction, words.After(Count(instead.Value)));

        return Refusal(words);
    }

    /// <summary>A "no" corrects only when the person pauses after it: "no sound" and "no access to jira" are troubles.</summary>
    private static Utterance? Refusal(UtteranceText words)
    {
        var said = No().Match(words.Line) is { Success: true } no ? Count(no.Value) : 0;
        var pause = Enumerable.Range(1, said).FirstOrDefault(words.PausesAfter);
        if (pause == 0)
            return null;

        var rest = words.After(pause);
        var move = UtteranceGrammar.Read(rest);
        return move.Kind switch
        {
            UtteranceKind.No or UtteranceKind.Thanks or UtteranceKind.Empty => new Utterance(UtteranceKind.No, ""),
            UtteranceKind.Request or UtteranceKind.Yes or UtteranceKind.Also or UtteranceKind.Greeting => new Utterance(UtteranceKind.Correction, rest),
            _ => move,
        };
    }

    /// <summary>"Yes, unlock it" agrees; "yes, but only the first" wants something else and is read as a wish.</summary>
    private static Utterance? Agreement(UtteranceText words)
    {
        var said = Yes().Match(words.Line) is { Success: true } yes ? Count(yes.Value) : 0;
        if (said == 0 || !words.PausesAfter(said))
            return null;

        var rest = words.After(said);
        return UtteranceGrammar.Read(rest) switch
        {
            { Kind: UtteranceKind.Yes or UtteranceKind.Thanks or UtteranceKind.Empty } => new Utterance(UtteranceKind.Yes, ""),
            { Kind: UtteranceKind.Request } => Count(rest) <= 5 && !Reservation().IsMatch(rest) ? new Utterance(UtteranceKind.Yes, rest) : null,
            var move => move,
        };
    }

    private static bool EndsOrPauses(UtteranceText words, int count) => count == words.All.Count || words.PausesAfter(count);

    private static Utterance? Also(UtteranceText words)
    {
        if (AlsoStart().Match(words.Line) is { Success: true } also)
        {
            var rest = words.After(Count(also.Value));
            return rest.Length == 0 ? null : new Utterance(UtteranceKind.Also, AlsoEnd().Replace(rest, ""));
        }

        // "and" needs its "too": a message may begin with "and" because the person's last one was sent too early, and that is a wish as well.
        if (AndStart().Match(words.Line) is { Success: true } and)
        {
            var rest = words.After(Count(and.Value));
            return new Utterance(UtteranceKind.Also, AlsoEnd().Replace(rest, ""));
        }

        return TooAtEnd().IsMatch(words.Line) && words.All.Count <= 8 && LeansOnLast().IsMatch(words.Line)
            ? new Utterance(UtteranceKind.Also, AlsoEnd().Replace(words.After(0), ""))
            : null;
    }

    private static int Count(string words) => words.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;

    [GeneratedRegex(
        "^(?:and |please |now |can you |could you |und |bitte )*(?:do |make |mach |give me )?(?:the |das |die )?(?:same|same thing|same again|same request|gleiche|selbe|dasselbe|nochmal)(?: thing| request| one)? (?:for|fuer) (?=.)",
        RegexOptions.CultureInvariant, 1000)]
    private static partial Regex SameFor();

    [GeneratedRegex(@"[\s,]+(?:too|as well|please|pls|thanks|thank you|auch|bitte|danke)$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex TrailingPoliteness();

    [GeneratedRegex(
        "^(?:no |nein |wait |sorry )*(?:not that one|not that|not this one|not this|thats not it|wrong one|nicht das|nicht die|nicht der|nicht diese|das nicht|falsche)(?: |$)",
        RegexOptions.CultureInvariant, 1000)]
    private static partial Regex NotThat();

    [GeneratedRegex(
        "^(?:no |nein |wait |sorry )*(?:that is not what i (?:meant|mean|wanted|want|asked for)|thats not what i (?:meant|mean|wanted|want|asked for)|i meant|i mean|what i meant is|what i meant was|ich meinte|ich meine)(?: |$)",
        RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Meant();

    [GeneratedRegex("^(?:yes|yep|yeah|yup|sure|ok|okay|ja|jo|klar)(?: please| bitte)?(?: |$)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Yes();

    [GeneratedRegex(@"\b(?:but|only|not|no|except|instead|aber|nur|nicht|kein|ausser|statt)\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Reservation();

    [GeneratedRegex(
        "^(?:oh |sorry |no |nein |nope |actually )*(?:wait|hold on|hang on|warte|moment|scratch that|correction|on second thought|actually no|stop wait)(?: no| nein)?(?: |$)(?=.)",
        RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Instead();

    [GeneratedRegex("^(?:oh |actually |sorry |ach )*(?:no|nope|nein|nee|nah)(?: no| sorry| actually| thanks| danke)*(?: |$)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex No();

    [GeneratedRegex(
        "^(?:and also|also|and additionally|additionally|and another thing|another thing|one more thing|and one more thing|oh and also|oh and|plus|on top of that|in addition|ausserdem|und ausserdem|und auch|und noch|zusaetzlich|noch etwas|noch was)(?: |$)",
        RegexOptions.CultureInvariant, 1000)]
    private static partial Regex AlsoStart();

    [GeneratedRegex("^(?:and|und) (?=.)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex AndStart();

    [GeneratedRegex(@"[\s,]+(?:too|as well|also|auch|ebenfalls)(?:[\s,]+(?:please|pls|bitte))?[\s.!?]*$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex AlsoEnd();

    [GeneratedRegex("(?: too| as well| auch| ebenfalls)(?: please| pls| bitte)?$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex TooAtEnd();

    /// <summary>"unlock it too", "my jira too": a pronoun or a possessive points back; "my account is locked too" says something new instead.</summary>
    [GeneratedRegex("^(?:please |can you |could you |bitte )*(?:(?:\\w+ ){0,2}(?:it|that|them|es|das)|(?:my|mein|meine|meinen) \\w+(?: \\w+)?)(?: too| as well| auch| ebenfalls)(?: please| pls| bitte)?$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex LeansOnLast();
}
