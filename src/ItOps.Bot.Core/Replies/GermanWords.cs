using System.Globalization;
using ItOps.Bot.Assurance;

namespace ItOps.Bot.Replies;

/// <summary>What employees read most, in German; everything else stays English.</summary>
internal sealed class GermanWords : Words
{
    // The process runs without culture data.
    private static readonly string[] Months =
        ["Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"];

    public override string Language => "de";
    public override string Yes => "Ja";
    public override string No => "Nein";
    public override string TalkToAHuman => "Mit einem Menschen sprechen";
    public override string ThatWorked => "Hat geklappt";
    public override string ThatDidNotWork => "Hat nicht geklappt";
    public override string CannotDoThat => "Das kann ich nicht";
    public override string GotIt => "Alles klar.";
    public override string Choose => "Auswählen";
    public override string AnsweredInDirect => "Ich habe dir in unserem eigenen Chat geantwortet, wo sonst niemand mitliest.";
    public override string Hello => "Hallo! Schreib einfach, was nicht geht, und ich sehe, was ich tun kann.";
    public override string YoureWelcome => "Gern geschehen.";
    public override string DidNotCatchThat => "Das habe ich nicht verstanden. Kannst du es anders sagen?";
    public override string StartingOver => "Gut, von vorn. Was ist los?";
    public override string Dropped => "Gut, das lasse ich.";
    public override string GladItHelped => "Das freut mich. Ich schließe das als gelöst.";
    public override string WhichDoYouMean => "Was davon meinst du?";
    public override string ProveItIsYou => "Bevor ich das weitergebe, muss ich sicher sein, dass du es bist. Wie möchtest du es zeigen?";
    public override string ProofWay(Proof proof, string name) => proof switch
    {
        Proof.Code => $"Code über {Named(name)} schicken",
        Proof.Manager => $"{name} soll für mich bürgen",
        _ => "Bei der IT zeigen",
    };

    public override string YourCode(string channel, TimeSpan validFor) =>
        $"Ein Code für deinen Wunsch an den IT-Bot in {channel}.\nFalls du das nicht warst, sag sofort der IT Bescheid. Gib ihn nie einem Menschen: Die IT fragt nicht danach. Er gilt {validFor.TotalMinutes:0} Minuten.\nDein Code:";

    public override string CodeIsOnItsWay(string channel) => $"Ich habe dir einen Code über {channel} geschickt. Bitte schreib ihn hier.";
    public override string CodeDoesNotFit => "Das passt nicht. Bitte versuch es noch einmal.";
    public override string AskedToVouch(string who, string number) => $"Ich habe {who} gebeten, für dich zu bürgen. Danach entscheidet die IT. Die Anfrage ist {number}.";
    public override string AskedToCheckInPerson(string number) => $"Bitte geh zur IT oder lass dich unter der Nummer anrufen, die sie von dir hat. Sobald sie weiß, dass du es bist, entscheidet sie. Die Anfrage ist {number}.";
    public override string IsLocked(string account, DateTimeOffset? since, int attempts) => since is { } at
        ? $"Dein Konto {account} ist seit {Moment(at)} gesperrt, nach {(attempts == 1 ? "einem falschen Passwort" : $"{attempts} falschen Passwörtern")}."
        : $"Dein Konto {account} ist gesperrt.";

    public override string IsBlocked(string account, bool blocked) =>
        blocked ? $"Mit {account} kann sich jetzt niemand anmelden." : $"Die Anmeldung mit {account} ist erlaubt.";

    public override string IsNotLocked(string account) => $"Dein Konto {account} ist nicht gesperrt.";

    public override string PasswordLastSet(string account, DateTimeOffset? at) => at is { } set
        ? $"Dein Passwort für {account} wurde zuletzt am {Moment(set)} geändert."
        : $"Ich kann nicht sehen, wann dein Passwort für {account} zuletzt geändert wurde.";

    public override string HasAccess(string account, string what, bool throughAnotherGroup) => throughAnotherGroup
        ? $"Dein Konto {account} hat schon Zugriff auf {what}, über eine andere Gruppe."
        : $"Dein Konto {account} hat schon Zugriff auf {what}.";

    public override string HasNoAccess(string account, string what) => $"Dein Konto {account} hat keinen Zugriff auf {what}.";

    public override string IsSignedIn(string account, int? times) => times switch
    {
        null => $"Ich kann nicht sehen, wo dein Konto {account} angemeldet ist.",
        0 => $"Dein Konto {account} ist nirgends angemeldet.",
        { } count => $"Dein Konto {account} ist {count}-mal angemeldet.",
    };

    private protected override string Moment(DateTimeOffset at) => $"{at.UtcDateTime.Day}. {Months[at.UtcDateTime.Month - 1]}, {at.UtcDateTime.ToString("HH:mm 'UTC'", CultureInfo.InvariantCulture)}";

    public override string NothingToDo(string plainState) => plainState.Length == 0
        ? "Da gibt es nichts zu ändern."
        : $"{plainState} Was siehst du, wenn du es versuchst?";

    public override string AskedApprovers(string state, string who, string number) =>
        $"{Before(state)}Ich habe {who} um Zustimmung gebeten; du musst nichts tun. Ich melde mich hier, sobald es erledigt ist. Deine Anfrage ist {number}.";

    public override string DidThatHelp(string done) => $"{done} Hat das geholfen?";

    public override string Expired(string number) => $"Zu {number} kam niemand rechtzeitig, deshalb ist die Anfrage geschlossen. Es wurde nichts geändert.";

    public override string HowDidTheStepGo => "Damit kann ich noch nichts anfangen. Wie ging der letzte Schritt?";

    public override string ShouldHappen => "Was dann passieren sollte";

    public override string ReadInPaste(IReadOnlyList<string> lines) =>
        lines.Count == 0 ? "Danke. Darin zeigt nichts auf eine Ursache, also weiter." : $"Danke. Ich sehe: {string.Join(" ", lines)}";

    public override string MayICheck(string what) => $"Darf ich kurz nachsehen? ({what}) Das liest nur und ändert nichts.";

    public override string Checking => "Ich sehe nach.";

    public override string CheckDidNotRun => "Das konnte ich von hier aus nicht nachsehen, also weiter ohne.";

    public override string DoneNotVerified(string title) => $"{title}: erledigt. Ob es gewirkt hat, sehe ich von hier aus nicht.";

    public override string WhatCanYouDo => "Was kannst du?";

    public override string ReadWithout(string framework) =>
        $"({AgentName(framework)}, der mir sonst beim Verstehen hilft, antwortet gerade nicht. Ich gehe nach Stichworten und frage vielleicht etwas mehr.)";

    protected override string AgentName(string framework) => framework == Agents.AgentFrameworks.BuiltIn ? "Der Sprachdienst" : $"Der Agent {framework}";

    public override string NotSomethingIDo => "Ich kümmere mich um die IT, und das kann ich nicht selbst. Wenn es um IT geht, hilft dir ein Mensch.";

    public override string Denied(string by, string? note) => note is null
        ? $"{by} hat sich dagegen entschieden. Wenn du es trotzdem brauchst, sprich mit einem Menschen."
        : $"{by} hat sich dagegen entschieden: \"{Cut(note, 300)}\". Wenn du es trotzdem brauchst, sprich mit einem Menschen.";

    public override string HandedOff(string number, bool tried) => tried
        ? $"Ein Mensch aus der IT hat das jetzt als {number}, mit allem, was wir versucht haben."
        : $"Ein Mensch aus der IT hat das jetzt als {number} und meldet sich bei dir.";

    public override string HasIt(string name, string number) => $"{name} hat {number} jetzt und meldet sich hier bei dir. Schreib einfach hier, wenn es noch etwas zu sagen gibt.";
    public override string HasItAgain(string name) => $"Danke für die Rückmeldung. {name} hat es wieder und weiß, dass es nicht geholfen hat.";
    public override string HasTicket(string number, string ticket) => $"{number} ist auch Ticket {ticket}.";
    public override string FromIt(string name, string text) => $"{name} aus der IT: {text}";
    public override string ResolvedByIt(string name, string? note) => note is null ? $"{name} sagt, das ist gelöst." : $"{name} sagt, das ist gelöst: \"{Cut(note, 500)}\"";
    public override string PassedOnTo(string name) => $"Ich habe das an {name} weitergegeben.";
    public override string AddedForWhoeverTakesIt => "Ich habe das ergänzt, für alle in der IT, die es übernehmen.";
    public override string ThatIsNew => "Nein, das ist etwas Neues";
    public override string TakenAsNew => "Das verstehe ich als etwas Neues.";
    public override string SendItTo(string name) => $"Nein, an {name} schicken";
    public override string WithWhom(HandOffs.HandOffCase handOff) => (handOff switch
    {
        { Status: HandOffs.HandOffStatus.Resolved } => $"{handOff.End?.Name ?? It} sagt, es ist gelöst; sag mir, ob das stimmt",
        { Holder: { } holder } => $"{holder.Name} hat es",
        _ => "wartet darauf, dass jemand in der IT es übernimmt",
    }) + (handOff.Ticket?.Number is { } ticket ? $" (Ticket {ticket})" : "");

    public override string OneAfterTheOther(IReadOnlyList<string> texts, IReadOnlyList<string> left) => left.Count == 0
        ? $"Das sind {texts.Count} Dinge. Ich nehme sie mir nacheinander vor:\n{Numbered(texts)}"
        : $"Das sind {texts.Count + left.Count} Dinge, und aus einer Nachricht nehme ich mir {texts.Count} vor, nacheinander:\n{Numbered(texts)}\nBitte schick mir diese danach noch einmal:\n{Bullets(left.Select(t => Cut(t, 120)))}";

    public override string AsSaidBefore(string words, string person) => $"Für „{Cut(words, 60)}“ nehme ich {person}, wie du gesagt hast.";

    public override string OrdinalOf(int number) => $"Nr. {number} deiner Liste";
    public override string StillToCome(string text) => $"\"{Cut(text, 120)}\": kommt noch";
    public override string WaitsForYourWord => "wartet auf dein Wort, ob es weitergehen soll";
    public override string AllOfIt => "Alles davon";
    public override string PartOf(int number, int count) => $"{number} von {count}";
    public override string ApprovedAndWaits(string numbers) => $"Genehmigt; wartet auf {numbers}";
    public override string Stranded(string number, string title, IReadOnlyList<string> first) =>
        $"{number} ({title}) sollte nach {string.Join(" und ", first)} kommen, und das ist nicht geschehen. Soll ich trotzdem weitermachen?";

    public override string GoesOn(string number, bool approved, IReadOnlyList<string> first) => (approved, first) switch
    {
        (true, []) => $"Gut, ich mache mit {number} weiter.",
        (false, []) => $"Gut, ich mache mit {number} weiter, sobald es genehmigt ist.",
        (true, _) => $"Gut, ich mache mit {number} weiter, sobald {string.Join(" und ", first)} erledigt ist.",
        _ => $"Gut, ich mache mit {number} weiter, sobald es genehmigt und {string.Join(" und ", first)} erledigt ist.",
    };

    public override string DidNotGoOn(string number) => $"Du hast nicht gesagt, ob es mit {number} weitergehen soll, deshalb ist die Anfrage geschlossen. Es wurde nichts geändert.";

    public override string Cancelled(string number) => $"{number} ist abgebrochen. Es wurde nichts geändert.";

    public override string SecretDelivered => "Hier ist dein Link. Er zeigt das neue Passwort ein einziges Mal, nur dir, 15 Minuten lang.";

    public override string NotMe => "Das war ich nicht";
    public override string LooksWrong => "Das sieht falsch aus";
    public override string ReportedBy => "Gemeldet von";

    public override string DoneToYourAccount(string title, DateTimeOffset at, string asker, string approvers) =>
        $"Zu deiner Information: \"{title}\" wurde am {Moment(at)} ausgeführt. {Asked(asker, approvers)} Wenn das stimmt, musst du nichts tun.";

    public override string DoneToYourReport(string owner, string title, DateTimeOffset at, string asker, string approvers) =>
        $"Zu deiner Information, weil {owner} zu deinem Team gehört: \"{title}\" wurde am {Moment(at)} ausgeführt. {Asked(asker, approvers)} Wenn das stimmt, musst du nichts tun.";

    public override string IfNotYou => "Wenn du das nicht warst, drück den Knopf: Das Konto wird sofort gesperrt, und das Sicherheitsteam kümmert sich.";

    public override string IfWrong => "Wenn dir das falsch vorkommt, drück den Knopf: Das Konto wird sofort gesperrt, und das Sicherheitsteam kümmert sich.";

    public override string ReportEnded(string title, string number, bool blocked, string? by) =>
        (by is null ? "Du hast" : $"{by} hat") + $" \"{title}\" gemeldet. "
        + (blocked ? "Das Konto ist jetzt gesperrt: Niemand kann sich damit anmelden, bis die IT das aufhebt. " : "Ich konnte das Konto nicht selbst sperren. ")
        + $"Das Sicherheitsteam hat das als {number} und ruft dich unter einer Nummer aus dem Verzeichnis zurück. Es fragt nie nach einem Passwort.";

    private protected override string Asked(string asker, string approvers) =>
        approvers.Length == 0 ? $"{asker} hat darum gebeten." : $"{asker} hat darum gebeten, und {approvers} hat zugestimmt.";

    public override string LinkWasOpened => "Jemand hat deinen Einmal-Link geöffnet";
    public override string WasItYou(string number) => $"Jemand hat deinen Link geöffnet. Steht auf der Seite die Zahl {number}?";
    public override string NumberOnThePage => "Zahl auf der Seite";
    public override string ShowIt => "Ja, zeigen";
    public override string ThatWasNotMe => "Das war ich nicht";

    public override string OpenSecret => "Einmal-Link öffnen";
}
