namespace ItOps.Bot.Dialogs;

/// <summary>Tells German from English by the small words that every sentence needs.</summary>
internal static class UtteranceLanguage
{
    private static readonly HashSet<string> German =
    [
        "ich", "mein", "meine", "meinen", "meinem", "meiner", "mir", "mich", "ist", "nicht", "und", "der", "das", "den", "dem", "ein", "eine", "einen", "fuer", "kann", "kannst",
        "du", "bitte", "danke", "geht", "ja", "nein", "auf", "mit", "zu", "zum", "zur", "wie", "wo", "wer", "warum", "habe", "hab", "hat", "bin", "sind", "wir", "uns", "noch",
        "gesperrt", "passwort", "kennwort", "konto", "rechner", "brauche", "braucht", "kein", "keine", "keinen", "von", "vom", "beim", "seit", "schon", "wieder", "hallo", "guten",
        "moin", "hilfe", "abbrechen", "vergiss", "genau", "stimmt", "klar", "laufwerk", "netzlaufwerk", "zuruecksetzen", "entsperren", "vergessen", "langsam", "erste", "zweite",
        "letzte", "dritte", "auch", "nur", "jetzt", "immer", "funktioniert", "verbindet", "drucker", "zugriff", "gleiche", "gleichen", "dasselbe", "rueckgaengig", "nee", "jawohl",
    ];

    private static readonly HashSet<string> English =
    [
        "i", "im", "my", "the", "is", "are", "not", "and", "a", "an", "to", "for", "can", "cant", "you", "please", "thanks", "it", "its", "of", "with", "on", "in", "how", "what",
        "where", "why", "have", "has", "do", "does", "dont", "doesnt", "need", "me", "we", "our", "your", "this", "that", "yes", "no", "locked", "password", "account", "at", "be", "was",
    ];

    public static string Of(IReadOnlyList<string> words) => words.Count(German.Contains) > words.Count(English.Contains) ? "de" : "en";
}
