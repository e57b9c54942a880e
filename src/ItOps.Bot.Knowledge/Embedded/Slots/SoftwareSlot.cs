using ItOps.Bot.Knowledge.Embedded.Language;

namespace ItOps.Bot.Knowledge.Embedded.Slots;

/// <summary>Programs that a message names: what to install, or what misbehaves.</summary>
internal static class SoftwareSlot
{
    private static readonly HashSet<string> Wishes = ["install", "installation", "put", "get", "need", "have", "download", "deploy", "add", "installiere", "installieren", "brauche", "setup", "want", "needs", "requires", "require", "wants", "requests", "request", "installer", "installez", "instalar", "instale", "instala", "necesito", "necesita", "voudrais", "besoin", "benoetige", "moechte", "reinstall", "with"];

    private static readonly HashSet<string> Skipped = ["of", "the", "me", "a", "an", "to", "please", "us", "app", "application", "program", "software", "bitte", "mir", "up", "den", "die", "das", "el", "la", "los", "le", "les", "de", "d", "un", "una", "en"];

    private static readonly HashSet<string> Troubles =
        ["crashes", "crashing", "crash", "crashed", "freezes", "freezing", "frozen", "closes", "hangs", "stopped", "stops", "keeps", "wont", "won't", "doesnt", "doesn't", "is", "has", "quits", "stürzt", "stuerzt", "dies", "hang", "freeze", "closes", "shuts", "friert", "haengt", "plante", "plantent", "se", "ne", "fige", "no", "gibt", "gives", "shows", "throws", "reports"];

    public static IEnumerable<string> Read(SlotText text)
    {
        var wished = text.Words.Where(w => Wishes.Contains(w.Small) && !w.Ends).Select(w => After(text, w.Position)).FirstOrDefault(l => l.Count > 0);
        if (wished is not null)
            return wished;

        var packaged = text.Words.Where(w => w.Small is "installer" or "setup" or "license" or "licence" or "lizenz" or "update").Select(w => NameEndingAt(text, w.Position - 1)).OfType<string>().FirstOrDefault();
        if (packaged is not null)
            return [packaged];

        var trouble = text.Words.Where(w => Troubles.Contains(w.Small)).Select(w => NameEndingAt(text, w.Position - 1)).OfType<string>().FirstOrDefault();
        return trouble is null ? [] : [trouble];
    }

    /// <summary>"Zoom and 7-zip on …", "AutoCAD LT 2025, …".</summary>
    private static List<string> After(SlotText text, int verb)
    {
        var at = verb + 1;
        while (Skipped.Contains(text.At(at).Small) && !text.At(at).Ends)
            at++;

        var names = new List<string>();
        while (Name(text, at) is { Count: > 0 } name)
        {
            names.Add(string.Join(' ', name.Select(w => w.Value)));
            at += name.Count;
            if (text.At(at).Small is "and" or "und")
                at++;
            else if (!name[^1].Ends || !IsName(text.At(at)))
                break;
        }

        return names;
    }

    private static List<SlotWord> Name(SlotText text, int start)
    {
        var words = new List<SlotWord>();
        for (var at = start; words.Count < 4 && IsName(text.At(at)); at++)
        {
            words.Add(text.At(at));
            if (text.At(at).Ends)
                break;
        }

        return words;
    }

    private static string? NameEndingAt(SlotText text, int last)
    {
        var first = last;
        while (last - first < 4 && IsName(text.At(first)) && (first == last || !text.At(first).Ends))
            first--;
        return first == last ? null : string.Join(' ', Enumerable.Range(first + 1, last - first).Select(at => text.At(at).Value));
    }

    private static bool IsName(SlotWord word) =>
        word.Safe && !Skipped.Contains(word.Small) && !word.Value.Contains('@')
        && (word.Class == WordClass.Thing || (word.Class == WordClass.Unknown && (word.IsCapital || word.HasDigit)) || (word.IsCapital && word.Position > 0 && word.Class is WordClass.Known or WordClass.Common)
            || (word.HasDigit && word.Class == WordClass.Unknown));
}
