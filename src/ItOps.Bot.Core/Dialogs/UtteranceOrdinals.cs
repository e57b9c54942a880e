using System.Globalization;

namespace ItOps.Bot.Dialogs;

/// <summary>Picks from a list by place: "2", "the second one", "number three", "the last", "die erste".</summary>
internal static class UtteranceOrdinals
{
    private const int LastPlace = -1;
    private const int MostChoices = 20;

    private static readonly Dictionary<string, int> Places = ByWord(
        (1, "first 1st top erste ersten erstes erster"),
        (2, "second 2nd zweite zweiten zweites zweiter"),
        (3, "third 3rd dritte dritten drittes dritter"),
        (4, "fourth 4th vierte vierten"),
        (5, "fifth 5th fuenfte fuenften"),
        (LastPlace, "last bottom letzte letzten letztes"));

    /// <summary>Cardinals choose only beside "number" or "option", or alone: "one" inside a sentence is no choice.</summary>
    private static readonly Dictionary<string, int> Cardinals =
        ByWord((1, "one eins"), (2, "two zwei"), (3, "three drei"), (4, "four vier"), (5, "five fuenf"));

    private static readonly HashSet<string> Frame =
    [
        "the", "one", "option", "number", "no", "nr", "choice", "i", "id", "ill", "take", "want", "like", "mean", "meant", "choose", "pick", "please", "its", "it", "is", "thats",
        "would", "go", "with", "yes", "ok", "okay", "die", "der", "das", "den", "nummer", "ich", "nehme", "meine", "will", "bitte", "ja", "waehle", "moechte",
    ];

    public static Utterance? Read(UtteranceText words)
    {
        var all = words.All;
        if (all.Count > 7)
            return null;

        var places = all.Where(w => PlaceOf(w) is not null).ToList();
        if (places.Count == 1 && all.All(w => Frame.Contains(w) || w == places[0]) && StandsForAChoice(all, places[0]))
            return Choice(PlaceOf(places[0])!.Value);

        // "one" is both the frame of "the first one" and a choice of its own.
        var cardinals = all.Where(Cardinals.ContainsKey).ToList();
        return places.Count == 0 && cardinals.Count == 1 && all.All(w => Frame.Contains(w) || w == cardinals[0]) && NamesANumber(all, cardinals[0])
            ? Choice(Cardinals[cardinals[0]])
            : null;
    }

    private static int? PlaceOf(string word)
    {
        if (Places.TryGetValue(word, out var place))
            return place;
        return word.Length <= 2 && int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= MostChoices
            ? number
            : null;
    }

    /// <summary>"second" alone may be the beginning of something, and still is the only sensible answer to a list.</summary>
    private static bool StandsForAChoice(IReadOnlyList<string> all, string place) =>
        all.Count == 1 || all.Any(w => w is "the" or "one" or "option" or "number" or "no" or "nr" or "choice" or "die" or "der" or "das" or "den" or "nummer")
        || (char.IsAsciiDigit(place[0]) && all.Any(w => w is "take" or "want" or "choose" or "pick" or "nehme" or "waehle" or "please" or "bitte" or "yes" or "ja" or "ok" or "okay"));

    private static bool NamesANumber(IReadOnlyList<string> all, string cardinal) =>
        all.Count == 1 || all.Any(w => w is "number" or "option" or "nr" or "nummer" or "choice") || (all.Count == 2 && all[1] == cardinal && all[0] is "take" or "pick" or "choose");

    private static Dictionary<string, int> ByWord(params (int Place, string Words)[] places) => places
        .SelectMany(p => p.Words.Split(' ').Select(word => (word, p.Place)))
        .ToDictionary(p => p.word, p => p.Place, StringComparer.Ordinal);

    private static Utterance Choice(int place) => new(UtteranceKind.Ordinal, "") { Ordinal = place };
}
