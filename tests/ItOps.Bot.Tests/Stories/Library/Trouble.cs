namespace ItOps.Bot.Tests.Stories.Library;

/// <summary>Somebody with a problem: what they say first, which computer they have, and what they answer when the bot wants a text, in order.</summary>
/// <param name="Runbook">The task type that it is.</param>
/// <param name="Step">Words of the first step that solves the usual cause.</param>
/// <param name="Known">A value that whoever takes over reads; none when the bot cannot know any.</param>
public sealed record Trouble(string Runbook, string Says, string? Computer, IReadOnlyList<string> Answers, string Step, string? Known)
{
    public override string ToString() => Runbook;

    public static readonly IReadOnlyList<Trouble> All =
    [
        new("access_jira", "my jira board does not load", null, ["Something has gone wrong. 503 Service Unavailable"], "private window", "503"),
        new("application_crashing", "word closes whenever I open a file", "Mac", ["Word closes when I open the yearly report"], "", "Mac"),
        new("blue_screen_error", "my pc crashed with a blue screen", null, ["Stop code: IRQL_NOT_LESS_OR_EQUAL"], "Did it begin after a new device", "IRQL_NOT_LESS_OR_EQUAL"),
        new("email_delivery_failed", "my mail to a customer came back undeliverable", null, ["Remote server returned '550 5.1.1 user unknown: <pat@customer.example>'"], "Begin a new mail.", "5.1.1"),
        new("excel_freezing", "excel freezes when I scroll", "Windows", ["with every file, even an empty one"], "safe mode", "Windows"),
        new("laptop_overheating", "my laptop gets very hot and the fan never stops", "Windows", ["hot and loud"], "Put the computer on a table", "Windows"),
        new("laptop_running_slow", "my laptop is so slow", null, ["chrome uses the most"], "Look for pending updates", null),
        new("monitor_not_detected", "my second monitor stays black", "Windows", ["it shows the same picture on both"], "Choose Extend", "Windows"),
        new("no_sound_windows", "no sound from my laptop", null, ["silent, I hear nothing"], "Drag the volume up", null),
        new("onedrive_sync_issue", "onedrive is stuck and does not sync", "Mac", ["Sync is paused"], "Resume syncing", "paused"),
        new("outlook_not_syncing", "outlook gets no new mails", "Windows", ["Working Offline", "yes"], "Work Offline", "Windows"),
        new("outlook_sync", "my calendar does not sync between outlook and my iphone", "Mac", ["the calendar on my phone", "yes"], "pull the list down to refresh it", "phone"),
        new("printer_not_working", "the printer on my floor does not print", "Mac", ["HP-3F-02", "there is a paper jam in tray 2"], "pull stuck paper out gently", "HP-3F-02"),
        new("teams_not_signing_in", "I can't sign in to teams", "Windows", ["CAA20002", "yes"], "", "CAA20002"),
        new("vpn_not_connecting", "vpn not connecting", null, ["error 809"], "Quit the VPN app completely", null),
        new("vpn_troubleshooting", "the vpn is connected but very slow", null, ["slow"], "Pause what loads a lot", null),
        new("wifi_not_working", "my wifi does not work", "Mac", ["Off"], "turn Wi-Fi on", "Mac"),
        new("zoom_audio_not_working", "nobody hears me in zoom", "Mac", ["they don't hear me"], "click the small arrow beside the microphone", "Mac"),
    ];
}
