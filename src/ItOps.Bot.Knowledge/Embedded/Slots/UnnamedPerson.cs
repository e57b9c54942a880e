using ItOps.Bot.Knowledge.Embedded.Language;

namespace ItOps.Bot.Knowledge.Embedded.Slots;

/// <summary>"a new hire starts Monday", "Zoom for our intern": somebody else, who is not named. Nobody in the directory is called that, so the bot asks who it is and does not take the sender.</summary>
internal static class UnnamedPerson
{
    /// <summary>What somebody else may be called who is not named. "The user" and "my login" are often the sender's own.</summary>
    private static readonly HashSet<string> Roles =
    [
        "hire", "joiner", "starter", "newcomer", "employee", "colleague", "coworker", "teammate", "contractor", "intern", "consultant", "freelancer", "assistant", "trainee", "apprentice",
        "hires", "joiners", "starters", "newcomers", "employees", "colleagues", "coworkers", "teammates", "contractors", "interns", "consultants", "freelancers", "trainees",
        "kollege", "kollegin", "kollegen", "mitarbeiter", "mitarbeiterin", "praktikant", "praktikantin", "praktikanten", "azubi",
    ];

    private static readonly HashSet<string> Determiners =
        ["a", "an", "the", "our", "my", "one", "another", "two", "three", "some", "ein", "eine", "einen", "unser", "unsere", "unseren", "mein", "meine", "meinen", "der", "die", "den", "zwei", "drei"];

    private static readonly HashSet<string> New = ["new", "neuer", "neue", "neuen", "external"];

    private static readonly HashSet<string> Begins =
        ["starts", "start", "joins", "join", "begins", "arrives", "starting", "joining", "requires", "require", "should", "must", "forgot", "beginnt", "beginnen", "faengt", "fangen", "kommt", "kommen", "who", "that", "der", "die"];

    private static readonly HashSet<string> Cannot = ["cant", "can't", "cannot", "keeps", "kann"];

    public static string? At(SlotText text, SlotWord role)
    {
        if (!Roles.Contains(role.Small) || PersonSlot.Introduces(text, role.Position))
            return null;
        var first = New.Contains(text.At(role.Position - 1).Small) ? role.Position - 1 : role.Position;
        var start = Determiners.Contains(text.At(first - 1).Small) ? first - 1 : first;
        return IsSubjectFrom(text, start, role) || IsObjectFrom(text, start, role)
            ? string.Join(' ', Enumerable.Range(first, role.Position - first + 1).Select(i => text.At(i).Value))
            : null;
    }

    /// <summary>"the intern needs", "hi, our intern is locked out", "we have a new hire who". What a colleague has or is may only be told as an example.</summary>
    private static bool IsSubjectFrom(SlotText text, int start, SlotWord role)
    {
        var before = text.At(start - 1);
        var next = text.At(role.Position + 1);
        if (role.Ends || text.Mentions("i", "me", "ich", "mir"))
            return false;
        if (!before.Ends)
            return before.Small is "have" or "has" or "got" or "get" or "is" or "are" or "haben" or "bekommen" or "kriegen" && Begins.Contains(next.Small);
        return PersonSlot.Wants.Contains(next.Small) || Begins.Contains(next.Small) || Cannot.Contains(next.Small)
            || (PersonSlot.States.Contains(next.Small) && text.Mentions("locked", "password", "passwort", "gesperrt"));
    }

    /// <summary>"Zoom for our intern", "unlock the intern", "the password of a contractor": not "my intern account", which is the sender's own, and not "the mailbox of the team".</summary>
    private static bool IsObjectFrom(SlotText text, int start, SlotWord role)
    {
        var before = text.At(start - 1);
        var next = text.At(role.Position + 1);
        if (before.Ends || (!role.Ends && PersonSlot.Owned.Contains(next.Small) && text.At(start).Small is "my" or "mein" or "meine" or "meinen"))
            return false;
        if (PersonSlot.Verbs.Contains(before.Small))
            return true;
        if (before.Small is "of" or "von")
            return PersonSlot.Owned.Contains(text.At(start - 2).Small) || PersonSlot.Belongings.Contains(text.At(start - 2).Small);
        return PersonSlot.Before.Contains(before.Small) && (role.Ends || next.Class is not WordClass.Thing);
    }
}
