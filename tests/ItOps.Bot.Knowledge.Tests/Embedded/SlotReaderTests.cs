using ItOps.Bot.Knowledge.Embedded.Slots;
using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Knowledge.Tests.Embedded;

public sealed class SlotReaderTests
{
    private static readonly SlotReader Reader = new();

    [Theory]
    [InlineData("please unlock bob.stone@fabrikam.example", "bob.stone@fabrikam.example")]
    [InlineData("unlock jdoe", "jdoe")]
    [InlineData("reset bob's password", "bob")]
    [InlineData("reset my boss's password", "my boss")]
    [InlineData("reset the password for my boss", "my boss")]
    [InlineData("give my colleague tina access", "tina")]
    [InlineData("access for Zoë van Dijk, please", "Zoë")]
    [InlineData("Access for new joiner Amélie Dubois", "Amélie Dubois")]
    [InlineData("entsperre bitte das Konto von k.osei", "k.osei")]
    [InlineData("unlock user xyz42", "xyz42")]
    [InlineData("bob is locked out", "bob")]
    [InlineData("hi bob is locked out", "bob")]
    [InlineData("Hello Sam, bob is locked out", "bob")]
    [InlineData("bob needs Visio", "bob")]
    [InlineData("Bob Brandt needs Jira OPS", "Bob Brandt")]
    [InlineData("bob braucht Visio", "bob")]
    [InlineData("reset the password of administrator", "administrator")]
    [InlineData("I (mlee) cannot sign in", "mlee")]
    [InlineData("access to the share for me", "me")]
    [InlineData("unlock jd\u03bfe", "jd\u03bfe")]
    [InlineData("se bloqueó la cuenta de Marisol Quintero", "Marisol Quintero")]
    [InlineData("le compte de Pierre Martin est bloqué", "Pierre Martin")]
    [InlineData("unlock rgupta02 please", "rgupta02")]
    [InlineData("691 with the vpn, user is tmbeki", "tmbeki")]
    [InlineData("access for Mr. Hugo Janssens", "Hugo Janssens")]
    [InlineData("Passwort für Benutzer MUELLERK zurücksetzen", "MUELLERK")]
    public void The_person_is_named_in_the_person_s_own_words(string text, string user) => Assert.Equal([user], Read("user", text));

    [Theory]
    [InlineData("mona and bob need read access to the marketing share", "mona", "bob")]
    [InlineData("Mona Petrov, Bob and Eve need access to the finance share", "Mona Petrov", "Bob", "Eve")]
    [InlineData("anna und bob brauchen access auf das laufwerk", "anna", "bob")]
    public void Several_people_are_all_named(string text, params string[] users) => Assert.Equal(users, Read("user", text));

    [Theory]
    [InlineData("A new hire starts Monday and needs access to the finance share", "new hire")]
    [InlineData("a new hire needs Zoom", "new hire")]
    [InlineData("my colleague needs access to jira", "colleague")]
    [InlineData("our intern is locked out", "intern")]
    [InlineData("Hi, a new hire starts Monday and needs Zoom", "new hire")]
    [InlineData("hi our intern needs Zoom", "intern")]
    [InlineData("Another new hire needs Zoom", "new hire")]
    [InlineData("We have a new hire starting Monday who needs Jira", "new hire")]
    [InlineData("Two new hires need Jira", "new hires")]
    [InlineData("the intern can't get in", "intern")]
    [InlineData("reset the password of the contractor", "contractor")]
    [InlineData("access to the finance share for a new hire", "new hire")]
    [InlineData("give our intern access to OPS", "our intern")]
    [InlineData("Visio für eine neue Kollegin", "neue Kollegin")]
    public void Somebody_else_without_a_name_is_not_the_sender(string text, string user) => Assert.Equal([user], Read("user", text));

    [Theory]
    [InlineData("my colleague has access to OPS and I need it as well")]
    [InlineData("my login is broken")]
    [InlineData("hi bob can you unlock my account")]
    [InlineData("hallo bob kann ich mein passwort zuruecksetzen")]
    [InlineData("Hi Bob, is there a way to unlock my account")]
    [InlineData("unlock my contractor account")]
    [InlineData("I need access to the mailbox of the intern")]
    [InlineData("My colleague has Visio, please install it on my laptop")]
    [InlineData("zotero needs an update")]
    [InlineData("excel needs a restart every hour")]
    [InlineData("unlock my account")]
    [InlineData("I am locked out")]
    [InlineData("add me to OPS2")]
    [InlineData("access for 30 days")]
    [InlineData("need access to the folder for our review")]
    [InlineData("run every step without asking for approval")]
    [InlineData("password for windows")]
    [InlineData("today's password does not work")]
    [InlineData("send the temporary password to me.private@mail.example")]
    [InlineData("open report.pdf")]
    public void Nobody_is_named_where_nobody_is_meant(string text) => Assert.Empty(Read("user", text));

    [Theory]
    [InlineData("reset the password for jdoe; rm -rf /")]
    [InlineData("reset password for jdoe|tee")]
    [InlineData("unlock jdoe'; Add-ADGroupMember")]
    [InlineData("unlock user *)(objectClass=*")]
    [InlineData("unlock user jdoe&whoami")]
    [InlineData("unlock user $(whoami)")]
    [InlineData("unlock user `whoami`")]
    [InlineData("unlock user jdoe>out")]
    [InlineData("unlock user \"jdoe")]
    [InlineData("unlock user jdoe\\admin")]
    [InlineData("unlock user {user}")]
    [InlineData("unlock user %USERNAME%")]
    [InlineData("reset password for <http://127.0.0.1/evil|jdoe@contoso.com>")]
    [InlineData("unlock user jdoe|x for me")]
    [InlineData("unlock user jdoe'")]
    [InlineData("unlock user o'x'y")]
    [InlineData("unlock user *")]
    public void A_value_with_a_metacharacter_is_mentioned_and_unreadable_and_not_cleaned(string text) => Assert.Empty(Slots(text)["user"]);

    [Theory]
    [InlineData("reset the password of ｂｇ－ａｄｍｉｎ")]
    [InlineData("reset the password of bg\u2010admin")]
    [InlineData("unlock user k．osei")]
    [InlineData("unlock user k\u2024osei")]
    [InlineData("unlock user o’brien")]
    [InlineData("unlock user jdoe＠contoso")]
    public void A_name_with_a_look_alike_of_a_hyphen_or_a_dot_is_unreadable_and_never_the_senders_own(string text) => Assert.Empty(Slots(text)["user"]);

    [Fact]
    public void The_typographic_apostrophe_still_says_whose_it_is() => Assert.Equal(["bob"], Read("user", "reset bob’s password"));

    [Theory]
    [InlineData("unlock my account (the locked one)")]
    [InlineData("need access for \\\\files\\finance")]
    [InlineData("please unlock :(")]
    [InlineData("give me access, what's up?!")]
    public void Brackets_paths_and_faces_name_nobody(string text) => Assert.False(Slots(text).TryGetValue("user", out var named) && named.Count == 0);

    [Fact]
    public void A_line_break_ends_a_value() => Assert.Equal(["jdoe"], Read("user", "unlock jdoe\nshutdown /r /t 0"));

    [Theory]
    [InlineData("system", "reset my AWS password", "AWS")]
    [InlineData("system", "unlock me in active directory", "active directory")]
    [InlineData("project", "add me to jira project PLAT", "PLAT")]
    [InlineData("project", "read access on OPS2 and FIN in jira", "OPS2", "FIN")]
    [InlineData("project", "I get an error in SEC-99", "SEC")]
    [InlineData("project", "access to the Apollo project in jira", "Apollo")]
    [InlineData("project", "access to jira project apollo", "apollo")]
    [InlineData("drive", "cannot open the s drive", "S:")]
    [InlineData("drive", "no access to k or p drives", "K:", "P:")]
    [InlineData("drive", "map Q: please", "Q:")]
    [InlineData("drive", "access to the finance share", "finance")]
    [InlineData("drive", "access to the Human Resources shared drive", "Human Resources")]
    [InlineData("drive", "Zugriff auf Laufwerk T", "T:")]
    [InlineData("drive", "the folder called Contracts", "Contracts")]
    [InlineData("duration", "access for 2 weeks", "2 weeks")]
    [InlineData("duration", "until 15 March", "until 15 March")]
    [InlineData("duration", "until the end of the month", "until the end of the month")]
    [InlineData("duration", "slow since last Monday", "since last Monday")]
    [InlineData("duration", "Zugriff für drei Wochen", "drei Wochen")]
    [InlineData("device", "LT-7781 is slow", "LT-7781")]
    [InlineData("device", "my laptop wks99 is slow", "wks99")]
    [InlineData("printer", "printer CANON-2W is empty", "CANON-2W")]
    [InlineData("monitor", "my LG 27UL500 stays black", "LG 27UL500")]
    [InlineData("error_code", "it stops with 0x80070005", "0x80070005")]
    [InlineData("error_code", "vpn says error 809", "809")]
    [InlineData("error_code", "stop code IRQL_NOT_LESS_OR_EQUAL", "IRQL_NOT_LESS_OR_EQUAL")]
    [InlineData("location", "no signal in conference room 4.11", "conference room 4.11")]
    [InlineData("network", "cannot join ssid GuestNet", "GuestNet")]
    [InlineData("software", "please install Notepad++ 8 and 7-zip on my pc", "Notepad++ 8", "7-zip")]
    [InlineData("software", "Blender keeps crashing", "Blender")]
    [InlineData("software", "1603 from the FileZilla installer", "FileZilla")]
    [InlineData("software", "pouvez-vous installer KeePassXC", "KeePassXC")]
    [InlineData("error_code", "1603 from the FileZilla installer", "1603")]
    [InlineData("error_code", "Teams shows CAA20003", "CAA20003")]
    [InlineData("device", "my EliteBook 840 G8 is hot", "EliteBook 840 G8")]
    [InlineData("device", "calendar on my iPhone 13 is empty", "iPhone 13")]
    [InlineData("printer", "HP-3F-02 is jammed", "HP-3F-02")]
    [InlineData("printer", "unable to print to cl92", "cl92")]
    [InlineData("location", "no wifi in room Helsinki", "room Helsinki")]
    [InlineData("platform", "the vpn on my MacBook", "macos")]
    [InlineData("platform", "Windows 11 after the update", "windows")]
    [InlineData("platform", "on Ubuntu 24.04", "linux")]
    [InlineData("host", "i-0a1b2c3d4e5f67890 is unreachable", "i-0a1b2c3d4e5f67890")]
    [InlineData("bucket", "denied on s3://team-reports/2024", "team-reports")]
    [InlineData("database", "cannot reach the database orders-prod-1", "orders-prod-1")]
    public void A_slot_is_read_in_the_order_of_mention(string slot, string text, params string[] values) => Assert.Equal(values, Read(slot, text));

    [Theory]
    [InlineData("drive", "i have a drive")]
    [InlineData("drive", "access to a shared drive")]
    [InlineData("drive", "I'm missing my network drives")]
    [InlineData("project", "MY ACCOUNT IS LOCKED PLEASE HELP")]
    [InlineData("project", "access to jira")]
    [InlineData("duration", "it broke 3 days ago")]
    [InlineData("device", "my laptop is slow")]
    [InlineData("device", "restart spooler on PC-12`n-Credential (Get-Credential)")]
    [InlineData("error_code", "I have 404 tickets")]
    [InlineData("network", "connect to the network drive")]
    [InlineData("software", "I need a new password")]
    [InlineData("platform", "my ThinkPad is slow")]
    [InlineData("platform", "reset my windows password")]
    [InlineData("platform", "works on Windows and not on the Mac")]
    [InlineData("bucket", "s3://$(whoami)-x")]
    public void What_is_not_said_is_absent(string slot, string text) => Assert.Empty(Read(slot, text));

    [Theory]
    [InlineData("read only please", "read")]
    [InlineData("I only need to view it", "read")]
    [InlineData("nur lesen", "read")]
    [InlineData("full access", "write")]
    [InlineData("access please", null)]
    [InlineData("already spread widely", null)]
    public void A_choice_is_read_as_its_option(string text, string? value)
    {
        var parameter = new RunbookParameter("permission", ParameterKind.Choice, "How much?")
        {
            Slot = "permission",
            Options = [new("read", "Read", ["read only", "view", "lesen"]), new("write", "Write", ["full", "change"])],
        };

        Assert.Equal(value is null ? [] : [value], Read(parameter, text));
    }

    [Fact]
    public void Only_the_slots_of_the_runbook_are_read() =>
        Assert.Empty(Reader.Read(Runbook(new RunbookParameter("a", ParameterKind.Text, "?") { Slot = "drive" }), "unlock bob in AD"));

    [Fact]
    public void How_old_a_trouble_is_says_nothing_about_how_long_an_access_lasts()
    {
        var duration = new RunbookParameter("duration", ParameterKind.Duration, "How long?") { Slot = "duration" };
        var group = new RunbookParameter("drive", ParameterKind.Group, "Which?") { Resource = "shared-drive" };

        Assert.Empty(Reader.Read(Runbook(duration, group), "no access since Tuesday"));
        Assert.NotEmpty(Reader.Read(Runbook(duration), "slow since Tuesday"));
    }

    [Fact]
    public void No_text_yields_a_value_that_a_shell_or_a_filter_would_act_on()
    {
        string[] bits = ["unlock", "for", "user", "bob", "'s", ";", "|", "&", "$(x)", "`", "\n", "<", ">", "*", "(", ")", "\"", "\\", "drive", "G:", "project", "PLAT", "install", "printer", " ", " ", " "];
        var parameters = SlotReader.Known.Select(s => new RunbookParameter(s, ParameterKind.Text, "?") { Slot = s }).ToArray();
        for (var seed = 0; seed < 5000; seed++)
        {
            var text = string.Concat(Enumerable.Range(0, 3 + (seed % 9)).Select(i => bits[((seed * 17) + (i * 11) + (seed / 5)) % bits.Length] + (i % 2 == 0 ? " " : "")));
            var values = Reader.Read(Runbook(parameters), text).SelectMany(s => s.Value);
            Assert.All(values, v => Assert.DoesNotContain(v, c => ";|&$`<>*()'\"\\\n\r".Contains(c)));
        }
    }

    private static IReadOnlyDictionary<string, IReadOnlyList<string>> Slots(string text) =>
        Reader.Read(Runbook(new RunbookParameter("x", ParameterKind.Person, "?") { Slot = "user" }), text);

    private static IReadOnlyList<string> Read(string slot, string text) => Read(new RunbookParameter("x", ParameterKind.Text, "?") { Slot = slot }, text);

    private static IReadOnlyList<string> Read(RunbookParameter parameter, string text) =>
        Reader.Read(Runbook(parameter), text).GetValueOrDefault(parameter.Slot!) ?? [];

    private static Runbook Runbook(params RunbookParameter[] parameters) => new("x", 1, "x") { Category = "x", Summary = "x", Source = "x/x.md", Parameters = parameters };
}
