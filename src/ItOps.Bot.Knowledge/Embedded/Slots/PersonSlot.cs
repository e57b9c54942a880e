using System.Text.RegularExpressions;
using ItOps.Bot.Knowledge.Embedded.Language;

namespace ItOps.Bot.Knowledge.Embedded.Slots;

/// <summary>
/// Whom a message is about, in the person's own words: a sign-in name, an address, "Amélie Dubois", "my boss". Who that is, the directory says.
/// </summary>
internal static partial class PersonSlot
{
    internal static readonly HashSet<string> Before = ["for", "fuer", "behalf", "of", "von", "para", "pour"];

    /// <summary>"la cuenta de Marisol": the words are too common to introduce anybody but a capital name that an account or the like belongs to.</summary>
    private static readonly HashSet<string> Belonging = ["de", "du", "del", "d"];

    internal static readonly HashSet<string> Belongings =
        ["cuenta", "contrasena", "usuario", "acceso", "compte", "passe", "acces", "utilisateur", "konto", "passwort", "portatil", "ordenador", "ordinateur", "poste", "equipo", "buzon"];

    internal static readonly HashSet<string> Verbs = ["unlock", "reset", "add", "give", "grant", "invite", "unblock", "release", "entsperre", "entsperr", "enable", "let"];

    private static readonly HashSet<string> Roles =
    [
        "user", "userid", "username", "colleague", "contractor", "joiner", "employee", "starter", "hire", "intern", "consultant", "member", "person", "teammate", "freelancer", "partner",
        "kollege", "kollegin", "kollegen", "benutzer", "nutzer", "mitarbeiter", "mitarbeiterin", "herr", "herrn", "frau", "mr", "mrs", "ms", "dr", "login", "upn", "usuario", "usuaria", "companero", "companera", "senor", "senora", "sr", "sra", "utilisateur", "utilisatrice", "collegue", "monsieur",
        "madame", "mme", "neighbour", "externals", "newcomer",
    ];

    private static readonly HashSet<string> Relations =
    [
        "boss", "manager", "supervisor", "colleague", "coworker", "teammate", "assistant", "secretary", "intern", "lead", "chef", "chefin", "vorgesetzten", "vorgesetzter", "kollegen",
        "kollegin", "kollege", "director",
    ];

    internal static readonly HashSet<string> Owned =
        ["password", "passwort", "account", "konto", "login", "access", "user", "profile", "notebook", "laptop", "pc", "computer", "machine", "workstation", "credentials", "pw", "pwd", "permissions"];

    /// <summary>Ordinary words that are account names all the same: whoever names them must be told no, and not be served with their own account.</summary>
    private static readonly HashSet<string> Powerful = ["administrator", "admin", "root", "guest", "krbtgt", "sysadmin"];

    internal static readonly HashSet<string> States = ["is", "got", "has", "cant", "can't", "cannot", "keeps", "ist", "hat", "kann", "was", "needs", "forgot", "braucht", "gets", "wants", "tiene", "est"];

    private static readonly HashSet<string> StatesOfSeveral = ["need", "are", "have", "cant", "can't", "cannot", "keep", "want", "get", "forgot", "brauchen", "sind", "haben", "koennen"];

    internal static readonly HashSet<string> Wants = ["needs", "need", "wants", "want", "braucht", "brauchen"];

    /// <summary>What programs and devices need, of which the name may be as unknown as that of a person.</summary>
    private static readonly string[] Upkeep =
    [
        "update", "updates", "updating", "updated", "upgrade", "upgrading", "restart", "restarting", "reboot", "reinstall", "reinstalled", "reinstalling", "repair", "fix", "fixing", "fixed", "patch",
        "activation", "activated", "activating", "attention", "replacing", "replacement", "cleaning", "aktualisierung", "neustart", "reparatur",
    ];

    private const int MostWordsOfASubject = 12;

    public static IEnumerable<string> Read(SlotText text)
    {
        var found = new List<string>();
        foreach (var word in text.Words)
        {
            if (At(text, word) is { } value && !found.Contains(value, StringComparer.OrdinalIgnoreCase))
                found.Add(value);
        }

        if (found.Count == 0 && text.Words.Select(w => UnnamedPerson.At(text, w)).OfType<string>().FirstOrDefault() is { } somebody)
            found.Add(somebody);
        return found;
    }

    /// <summary>
    /// Somebody is named in a way that is no name ("unlock user x|y"): then nobody else in the message is taken instead, the sender least of all.
    /// </summary>
    public static bool IsUnreadable(SlotText text) => text.Words.Any(word => IsIntroduced(text, word) && Unreadable().IsMatch(word.Value));

    private static bool IsIntroduced(SlotText text, SlotWord word)
    {
        var before = text.At(word.Position - 1);
        return !before.Ends && before.Position >= 0 && (Before.Contains(before.Small) || Verbs.Contains(before.Small) || Roles.Contains(before.Small));
    }

    private static string? At(SlotText text, SlotWord word)
    {
        if (Owner(text, word) is { } owner)
            return owner;
        if (!word.Safe)
            return null;
        if (Address().IsMatch(word.Value))
            return IsWhereToSend(text, word.Position) ? null : word.Value;

        var before = text.At(word.Position - 1);
        var introduced = IsIntroduced(text, word);
        if (Belonging.Contains(before.Small) && Belongings.Contains(text.At(word.Position - 2).Small) && word.IsCapital && LooksLikeName(word, before))
            return Name(text, word.Position);
        if (IsToldByName(text, word) || IsNumbered(text, word))
            return word.Value;
        if (introduced && Relation(text, word.Position) is { } relation)
            return relation;
        if (Before.Contains(before.Small) && word.Small is "me" or "myself" or "mich" && !before.Ends || (text.Words.Count == 1 && word.Small is "me" or "myself"))
            return word.Value;
        if (IsSignInName(word) && !Roles.Contains(word.Small))
            return word.Value;
        if (IsInBrackets(text, word) && text.At(word.Position - 1).Small is "i" or "me" or "ich" or "user")
            return word.Value;

        return introduced && LooksLikeName(word, before) || IsSubject(text, word) ? Name(text, word.Position) : null;
    }

    /// <summary>"user is tmbeki", "user: tmbeki".</summary>
    private static bool IsToldByName(SlotText text, SlotWord word) =>
        word.Ends && text.At(word.Position - 1).Small is "is" or "ist" or "es" or "est" && Roles.Contains(text.At(word.Position - 2).Small)
        && LooksLikeName(word, text.At(word.Position - 2)) && !word.Small.EndsWith("ing", StringComparison.Ordinal) && !word.Small.EndsWith("ed", StringComparison.Ordinal);

    /// <summary>rgupta02 and ext-hlopez: sign-in names, where somebody is to be named.</summary>
    private static bool IsNumbered(SlotText text, SlotWord word) =>
        Numbered().IsMatch(word.Value) && word.Class == WordClass.Unknown
        && (IsIntroduced(text, word) || (word.Value.StartsWith("ext-", StringComparison.Ordinal) && !DeviceBefore(text, word)));

    private static bool DeviceBefore(SlotText text, SlotWord word) => text.At(word.Position - 1).Small is "laptop" or "pc" or "computer" or "printer" or "device" or "server";

    /// <summary>"bob's password", "my boss's account".</summary>
    private static string? Owner(SlotText text, SlotWord word)
    {
        var match = Possessive().Match(word.Value);
        if (!match.Success || word.Ends)
            return null;

        var name = match.Groups["name"].Value;
        var next = text.At(word.Position + 1);
        var owned = Owned.Contains(next.Small) || Owned.Contains(text.At(word.Position + 2).Small);
        if (!SlotValue.IsSafe(name) || !owned)
            return null;
        if (Relations.Contains(Folding.Fold(name)) && text.At(word.Position - 1).Small is "my" or "mein" or "our")
            return $"{text.At(word.Position - 1).Value} {name}";

        return WordClasses.Of(Stemmer.Stem(Folding.Fold(name))) == WordClass.Unknown ? name : null;
    }

    private static string? Relation(SlotText text, int position)
    {
        var words = new[] { text.At(position), text.At(position + 1) };
        return words[0].Small is "my" or "our" or "mein" or "meinen" or "meine" or "meiner" && Relations.Contains(words[1].Small) && words[1].Safe && !Introduces(text, position + 1)
            ? $"{words[0].Value} {words[1].Value}"
            : null;
    }

    /// <summary>"my colleague bob" is bob.</summary>
    internal static bool Introduces(SlotText text, int position) =>
        Roles.Contains(text.At(position).Small) && !text.At(position).Ends && text.At(position + 1) is { Safe: true } next && LooksLikeName(next, text.At(position));

    private static bool IsWhereToSend(SlotText text, int position) =>
        text.At(position - 1).Small is "to" or "an" && Enumerable.Range(1, 6).Any(back => text.At(position - 1 - back).Small is "send" or "forward" or "mail" or "email" or "schick" or "sende");

    /// <summary>k.osei, ana.silva: nobody writes ordinary words like that.</summary>
    private static bool IsSignInName(SlotWord word) => DottedName().IsMatch(word.Value) && word.Class == WordClass.Unknown && !FileOrSite().IsMatch(word.Value);

    private static bool IsInBrackets(SlotText text, SlotWord word) => text.Original.Contains($"({word.Value})", StringComparison.Ordinal) && PlainName().IsMatch(word.Value);

    private static bool LooksLikeName(SlotWord word, SlotWord before)
    {
        if (Powerful.Contains(word.Small))
            return true;
        if (!PlainName().IsMatch(word.Value) || word.Class != WordClass.Unknown || AbstractNoun().IsMatch(word.Small) || Relations.Contains(word.Small) || Roles.Contains(word.Small) || word.Small.Length < 2)
            return false;

        // After "of" and "for" stand many things; a name there is capital or all small, not a code like PLAT or WKS0417.
        return Roles.Contains(before.Small) || (!word.IsUpper && !word.HasDigit);
    }

    /// <summary>"bob is locked out", "mona and bob need access", "bob needs Visio": at the beginning, one name or several. What needs an update is no person.</summary>
    private static bool IsSubject(SlotText text, SlotWord word)
    {
        var isAboutAccess = text.Mentions("locked", "password", "passwort", "gesperrt", "account", "access");
        var isOne = false;
        var names = 0;
        for (var at = Greets(text) ? 1 : 0; at <= MostWordsOfASubject;)
        {
            var name = text.At(at);
            if (!LooksLikeName(name, name))
                return false;
            names++;
            isOne |= at == word.Position;
            var last = text.At(at + Name(text, at).Split(' ').Length - 1);
            var next = text.At(last.Position + 1);
            if (!last.Ends && (States.Contains(next.Small) || (names > 1 && StatesOfSeveral.Contains(next.Small))))
                return isOne && (isAboutAccess || (Wants.Contains(next.Small) && !text.Mentions(Upkeep)));
            if (next.Small is not ("and" or "und" or "y" or "et") && !last.Ends)
                return false;
            at = next.Position + (last.Ends ? 0 : 1);
        }

        return false;
    }

    /// <summary>"hi bob is locked out" is about Bob; "hi bob, my account is locked" and "hallo bob kann ich" are said to him.</summary>
    private static bool Greets(SlotText text) =>
        text.At(0) is { Small: "hi" or "hello" or "hey" or "hallo" or "moin", Ends: false } && !text.Mentions("i", "me", "my", "we", "our", "ich", "mir", "mein", "meine", "wir", "unser", "unsere");

    private static string Name(SlotText text, int position)
    {
        var words = new List<string> { text.At(position).Value };
        for (var next = position + 1; words.Count < 3 && !text.At(next - 1).Ends && text.At(position).IsCapital; next++)
        {
            var word = text.At(next);
            if (!word.Safe || !word.IsCapital || word.IsUpper || word.HasDigit || word.Class is WordClass.Thing)
                break;
            words.Add(word.Value);
        }

        return string.Join(' ', words);
    }

    [GeneratedRegex(@"^[\p{L}0-9._+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$")]
    private static partial Regex Address();

    [GeneratedRegex(@"^(?<name>[\p{L}][\p{L}0-9._-]*)['’]s?$")]
    private static partial Regex Possessive();

    /// <summary>
    /// Characters that a shell, a filter or a card would act on, and that no name has; and between letters whatever looks like a hyphen or a dot and is another
    /// character. "Bob's" is a name all the same, a path on a file server is something else, and a face is nothing.
    /// </summary>
    [GeneratedRegex(@"^(?!\\\\)(?=.*[\p{L}\p{N}*]).*(?:[|;&$`<>*(){}\[\]=%^""\\!?#~]|['’](?!\p{L}{1,2}$)|(?<=\p{L})[^\x00-\x7F\p{L}\p{M}\p{N}’](?=\p{L}))")]
    private static partial Regex Unreadable();

    [GeneratedRegex(@"^(?:[a-z]{3,}\d{1,4}|ext-[a-z][a-z0-9.]+)$")]
    private static partial Regex Numbered();

    [GeneratedRegex(@"^\p{L}+\.\p{L}[\p{L}0-9]*$")]
    private static partial Regex DottedName();

    /// <summary>"for approval", "of maintenance": such words are hardly ever anybody's name.</summary>
    [GeneratedRegex("^[a-z]{3,}(?:val|tion|sion|ment|ness|ity|ance|ence|ing|ung|keit|heit|schaft)$")]
    private static partial Regex AbstractNoun();

    [GeneratedRegex(@"\.(?:com|net|org|de|io|eu|local|exe|msi|dll|pdf|docx?|xlsx?|pptx?|txt|csv|zip|png|jpe?g|log|env|js|py)$", RegexOptions.IgnoreCase)]
    private static partial Regex FileOrSite();

    [GeneratedRegex(@"^\p{L}[\p{L}0-9._-]*$")]
    private static partial Regex PlainName();
}
