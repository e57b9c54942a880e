namespace ItOps.Bot.Replies;

/// <summary>What employees read most, in German; everything else stays English.</summary>
internal sealed class GermanWords : Words
{
    public override string Yes => "Ja";
    public override string No => "Nein";
    public override string TalkToAHuman => "Mit einem Menschen sprechen";
    public override string ThatWorked => "Hat geklappt";
    public override string ThatDidNotWork => "Hat nicht geklappt";
    public override string Hello => "Hallo! Schreib einfach, was nicht geht, und ich sehe, was ich tun kann.";
    public override string YoureWelcome => "Gern geschehen.";
    public override string DidNotCatchThat => "Das habe ich nicht verstanden. Kannst du es anders sagen?";
    public override string StartingOver => "Gut, von vorn. Was ist los?";
    public override string Dropped => "Gut, das lasse ich.";
    public override string GladItHelped => "Das freut mich. Ich schließe das als gelöst.";
    public override string WhichDoYouMean => "Was davon meinst du?";
    public override string NothingToDo(string? plainState) => plainState is null
        ? "Da gibt es nichts zu ändern."
        : $"{plainState} Was siehst du, wenn du es versuchst?";

    public override string AskedApprovers(string state, string who, string number) =>
        $"{Before(state)}Ich habe {who} um Zustimmung gebeten; du musst nichts tun. Ich melde mich hier, sobald es erledigt ist. Deine Anfrage ist {number}.";

    public override string DidThatHelp(string done) => $"{done} Hat das geholfen?";

    public override string Expired(string number) => $"Zu {number} kam niemand rechtzeitig, deshalb ist die Anfrage geschlossen. Es wurde nichts geändert.";

    public override string HandedOff(string number, bool tried) => tried
        ? $"Ein Mensch aus der IT hat das jetzt als {number}, mit allem, was wir versucht haben."
        : $"Ein Mensch aus der IT hat das jetzt als {number} und meldet sich bei dir.";

    public override string Cancelled(string number) => $"{number} ist abgebrochen. Es wurde nichts geändert.";

    public override string SecretDelivered => "Hier ist dein Link. Er zeigt das neue Passwort ein einziges Mal, nur dir, 15 Minuten lang.";

    public override string OpenSecret => "Einmal-Link öffnen";
}
