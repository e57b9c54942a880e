namespace ItOps.Bot.Dialogs;

/// <summary>Tells English, German, Spanish and French by the small words that every sentence needs.</summary>
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

    private static readonly HashSet<string> Spanish =
    [
        "el", "los", "las", "mi", "mis", "que", "en", "con", "por", "para", "una", "un", "puedo", "esta", "estoy", "hola", "del", "al", "se", "y", "desde", "cuando", "tengo", "porque",
        "como", "mas", "lo", "muy", "necesito", "funciona", "ayuda", "gracias", "favor", "cuenta", "contrasena", "la",
    ];

    private static readonly HashSet<string> French =
    [
        "le", "les", "je", "mon", "ma", "mes", "ne", "pas", "du", "est", "et", "sur", "avec", "pour", "une", "un", "bonjour", "depuis", "au", "aux", "ce", "cette", "nous", "suis", "mais",
        "ai", "plus", "quand", "il", "elle", "sans", "ca", "jai", "merci", "besoin", "marche", "fonctionne", "compte", "mot", "passe", "la",
    ];

    /// <summary>Two letters; none when no small word, or as many of two languages, tell it.</summary>
    public static string? Of(IReadOnlyList<string> words)
    {
        (string Language, int Count)[] counts = [("en", words.Count(English.Contains)), ("de", words.Count(German.Contains)), ("es", words.Count(Spanish.Contains)), ("fr", words.Count(French.Contains))];
        var most = counts.Max(c => c.Count);
        return most > 0 && counts.Where(c => c.Count == most).ToList() is [var (language, _)] ? language : null;
    }
}
