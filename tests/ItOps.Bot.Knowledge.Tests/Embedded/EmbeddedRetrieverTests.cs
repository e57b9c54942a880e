using ItOps.Bot.Knowledge.Embedded;
using ItOps.Bot.Knowledge.Embedded.Language;
using ItOps.Bot.Knowledge.Embedded.Ranking;
using ItOps.Bot.Knowledge.Runbooks;
using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Knowledge.Tests.Embedded;

/// <summary>Retrieval over the shipped runbooks, in words that stand in none of them.</summary>
public sealed class EmbeddedRetrieverTests
{
    private static readonly EmbeddedRetriever Retriever = new(RunbookFolder.Read(Repository.Runbooks).ToCatalog());

    [Theory]
    [InlineData("i cant log in, think im locked out", "account_locked")]
    [InlineData("pls unlock helen, she mistyped too many times", "account_locked")]
    [InlineData("unlock the account of carl", "account_locked")]
    [InlineData("reset the password of carl", "password_reset")]
    [InlineData("mein Konto ist gesperrt", "account_locked")]
    [InlineData("Bitte mein Benutzerkonto entsperren", "account_locked")]
    [InlineData("Windows says this account is locked out", "account_locked")]
    [InlineData("cant loggin passwrd expird pls hlp!!! 😭", "password_reset")]
    [InlineData("forgott my pasword", "password_reset")]
    [InlineData("ich habe mein kennwort vergessen", "password_reset")]
    [InlineData("passwort zuruecksetzen", "password_reset")]
    [InlineData("could somebody get me a new password for aws", "password_reset")]
    [InlineData("Passwortreset bitte", "password_reset")]
    [InlineData("give me access to the finance share", "shared_drive_access")]
    [InlineData("i need write permission for the legal folder", "shared_drive_access")]
    [InlineData("Netzlaufwerkzugriff fehlt", "shared_drive_access")]
    [InlineData("add me to OPS2 in jira please", "jira_access_request")]
    [InlineData("jira permissions for our new intern", "jira_access_request")]
    [InlineData("vpn wont conect since this morning", "vpn_not_connecting")]
    [InlineData("second screen stays black", "monitor_not_detected")]
    [InlineData("excel is slow", "excel_freezing")]
    [InlineData("no sound in zoom", "zoom_audio_not_working")]
    [InlineData("my wifi does not connect", "wifi_not_working")]
    [InlineData("la impresora no imprime", "printer_not_working")]
    [InlineData("l'imprimante n'imprime plus", "printer_not_working")]
    [InlineData("olvidé mi contraseña", "password_reset")]
    [InlineData("j'ai oublié mon mot de passe", "password_reset")]
    [InlineData("mi cuenta está bloqueada", "account_locked")]
    [InlineData("mon compte est verrouillé", "account_locked")]
    [InlineData("la pantalla azul aparece cada mañana", "blue_screen_error")]
    [InlineData("Bluescreen 0x0000007E", "blue_screen_error")]
    [InlineData("Dear support,\n\nmy Excel freezes.\n\nBest regards,\nTom Printer", "excel_freezing")]
    [InlineData("my laptop is so slow", "laptop_running_slow")]
    [InlineData("mein Rechner ist total langsam", "laptop_running_slow")]
    [InlineData("everything on my pc is laggy", "laptop_running_slow")]
    public void What_is_meant_is_found(string text, string runbook)
    {
        var retrieval = Retriever.Retrieve(text);
        Assert.Equal((RetrievalVerdict.Match, runbook), (retrieval.Verdict, retrieval.Ranked[0].RunbookId));
    }

    [Theory]
    [InlineData("when do I get paid?")]
    [InlineData("write me a poem")]
    [InlineData("good morning")]
    [InlineData("thanks a lot")]
    [InlineData("are you a robot")]
    [InlineData("book a table for lunch")]
    [InlineData("what's the weather like")]
    [InlineData("the coffee machine is broken")]
    [InlineData("someone blocked my parking space")]
    [InlineData("jira is down")]
    [InlineData("I locked my bike and lost the key")]
    [InlineData("how do I share my screen")]
    [InlineData("")]
    [InlineData("😭😭😭")]
    [InlineData("asdf qwer zxcv")]
    public void What_nobody_here_does_is_nothing(string text) => Assert.Equal(RetrievalVerdict.Nothing, Retriever.Retrieve(text).Verdict);

    [Theory]
    [InlineData("it doesn't work")]
    [InlineData("nothing works!!!")]
    [InlineData("my computer is broken")]
    [InlineData("I have a problem")]
    [InlineData("something is wrong with my laptop")]
    [InlineData("geht nicht")]
    [InlineData("es funktioniert nicht mehr")]
    public void A_trouble_without_a_thing_is_vague_and_comes_with_three_guesses(string text)
    {
        var retrieval = Retriever.Retrieve(text);
        Assert.Equal((RetrievalVerdict.Vague, 3), (retrieval.Verdict, retrieval.Ranked.Count));
        Assert.Equal(3, retrieval.Ranked.Select(r => r.RunbookId).Distinct().Count());
    }

    [Theory]
    [InlineData("don't reset my password, just unlock the account", "account_locked", "password_reset")]
    [InlineData("please unlock my account, but don't reset the password", "account_locked", "password_reset")]
    [InlineData("unlock my account instead of resetting the password", "account_locked", "password_reset")]
    [InlineData("I don't need a password reset, only an unlock", "account_locked", "password_reset")]
    [InlineData("Passwort nicht zurücksetzen, nur das Konto entsperren", "account_locked", "password_reset")]
    [InlineData("kein neues Passwort, sondern bitte das Konto entsperren", "account_locked", "password_reset")]
    [InlineData("do not unlock the account, reset my password", "password_reset", "account_locked")]
    [InlineData("no restablezca la contraseña, solo desbloquee la cuenta", "account_locked", "password_reset")]
    [InlineData("ne réinitialisez pas mon mot de passe, débloquez seulement le compte", "account_locked", "password_reset")]
    [InlineData("it isn't the printer, it's my monitor that is not detected", "monitor_not_detected", "printer_not_working")]
    public void What_is_expressly_not_wanted_is_not_offered(string text, string wanted, string unwanted)
    {
        var retrieval = Retriever.Retrieve(text);
        Assert.Equal((RetrievalVerdict.Match, wanted), (retrieval.Verdict, retrieval.Ranked[0].RunbookId));
        Assert.DoesNotContain(retrieval.Ranked, r => r.RunbookId == unwanted && r.Score >= 0.5);
    }

    [Theory]
    [InlineData("the vpn doesn't connect", "vpn_not_connecting")]
    [InlineData("don't have access to the shared drive", "shared_drive_access")]
    [InlineData("I don't remember my password", "password_reset")]
    [InlineData("kann mein Passwort nicht ändern", "password_reset")]
    public void A_trouble_that_needs_a_not_is_no_refusal(string text, string runbook) => Assert.Equal(runbook, Retriever.Retrieve(text).Ranked[0].RunbookId);

    [Fact]
    public void Only_a_refusal_finds_nothing() => Assert.Equal(RetrievalVerdict.Nothing, Retriever.Retrieve("don't reset my password").Verdict);

    [Fact]
    public void Two_that_are_as_likely_are_a_near_tie()
    {
        var retriever = new EmbeddedRetriever(new RunbookCatalog([Simple("join_red", "join the red club"), Simple("join_blue", "join the blue club"), .. Others()], []));

        Assert.Equal(RetrievalVerdict.NearTie, retriever.Retrieve("join the club").Verdict);
        Assert.Equal((RetrievalVerdict.Match, "join_blue"), (retriever.Retrieve("join the blue club").Verdict, retriever.Retrieve("join the blue club").Ranked[0].RunbookId));
    }

    [Fact]
    public void A_synonym_of_one_runbook_means_nothing_to_another()
    {
        var licence = Simple("licence", "order a licence") with { Synonyms = [["licence", "access"]] };
        var retriever = new EmbeddedRetriever(new RunbookCatalog([licence, Simple("gate", "open the gate")], []));

        Assert.Equal("licence", retriever.Retrieve("order access").Ranked[0].RunbookId);
        Assert.DoesNotContain(retriever.Retrieve("access the gate").Ranked, r => r.RunbookId == "licence" && r.Score >= 0.5);
    }

    [Fact]
    public void A_counter_example_takes_a_similar_text_away()
    {
        var plain = Simple("mend_gate", "the gate is stuck");
        var careful = plain with { NotFor = ["the garage gate is stuck"] };

        Assert.Equal(RetrievalVerdict.Match, new EmbeddedRetriever(new RunbookCatalog([plain, Simple("other", "wash the van")], [])).Retrieve("garage gate is stuck").Verdict);
        Assert.Equal(RetrievalVerdict.Nothing, new EmbeddedRetriever(new RunbookCatalog([careful, Simple("other", "wash the van")], [])).Retrieve("garage gate is stuck").Verdict);
        Assert.Equal(RetrievalVerdict.Match, new EmbeddedRetriever(new RunbookCatalog([careful, Simple("other", "wash the van")], [])).Retrieve("the gate is stuck").Verdict);
    }

    [Fact]
    public void Without_runbooks_there_is_nothing_to_find()
    {
        var retriever = new EmbeddedRetriever(new RunbookCatalog([], []));
        Assert.Equal((RetrievalVerdict.Nothing, 0), (retriever.Retrieve("unlock my account").Verdict, retriever.Retrieve("unlock my account").Ranked.Count));
    }

    [Fact]
    public void The_order_of_the_files_changes_nothing()
    {
        var runbooks = RunbookFolder.Read(Repository.Runbooks).ToCatalog().All;
        var reversed = new EmbeddedRetriever(new RunbookCatalog(runbooks.Reverse(), []));

        foreach (var text in runbooks.SelectMany(r => r.Utterances).Concat(runbooks.SelectMany(r => r.NotFor)))
            Assert.Equal(Retriever.Retrieve(text).Ranked, reversed.Retrieve(text).Ranked);
    }

    [Fact]
    public void An_utterance_finds_its_own_runbook_and_a_counter_example_does_not()
    {
        var runbooks = RunbookFolder.Read(Repository.Runbooks).ToCatalog().All;
        var astray = runbooks.SelectMany(r => r.Utterances.Select(u => (r.Id, Text: u))).Where(u => !Found(u.Text, u.Id)).ToList();
        var taken = runbooks.SelectMany(r => r.NotFor.Select(u => (r.Id, Text: u))).Where(u => Found(u.Text, u.Id)).ToList();

        // Who writes a runbook sees each of them with `runbooks test`; here a hundredth may miss.
        Assert.True(astray.Count * 100 <= runbooks.Sum(r => r.Utterances.Count), string.Join('\n', astray));
        Assert.True(taken.Count * 50 <= runbooks.Sum(r => r.NotFor.Count), string.Join('\n', taken));
    }

    [Fact]
    public void The_index_follows_the_catalogue()
    {
        var gate = Simple("gate", "open the gate");
        var before = RunbookIndex.Of([gate]);
        var after = RunbookIndex.Of([gate, Simple("shutter", "close the shutter")], before);
        var anew = RunbookIndex.Of([Simple("shutter", "close the shutter"), gate]);

        foreach (var text in (string[])["open the gate", "close the shutter", "shutter", "paint the gate"])
            Assert.Equal(Ranked(anew, text), Ranked(after, text));
        Assert.Equal(Ranked(RunbookIndex.Of([gate]), "open the gate"), Ranked(before, "open the gate"));
    }

    [Fact]
    public void Among_a_thousand_runbooks_the_right_one_is_found()
    {
        var many = Enumerable.Range(0, 1000).Select(i => Simple($"r{i:0000}", $"repair the {Word(i)} of my {Word(i + 7000)}", $"{Word(i)} is broken", $"new {Word(i)} please")).ToList();
        var retriever = new EmbeddedRetriever(new RunbookCatalog(many, []));

        for (var i = 0; i < many.Count; i += 37)
            Assert.Equal($"r{i:0000}", retriever.Retrieve($"hello, my {Word(i)} is broken again").Ranked[0].RunbookId);
    }

    [Theory]
    [InlineData(100_000)]
    [InlineData(1_000_000)]
    public void A_flood_of_text_is_read_only_in_its_beginning(int length)
    {
        var flood = "my account is locked " + string.Concat(Enumerable.Repeat("zxqv ", length / 5));
        Assert.NotEqual(RetrievalVerdict.Vague, Retriever.Retrieve(flood).Verdict);
    }

    private static IEnumerable<Runbook> Others() => ((string[])["paint the van", "water the roses", "feed the parrot", "tune the piano", "sharpen the knives"]).Select(u => Simple(u.Replace(' ', '_'), u));

    private static bool Found(string text, string id) =>
        Retriever.Retrieve(text) is { Verdict: RetrievalVerdict.Match or RetrievalVerdict.NearTie } found && found.Ranked[0].RunbookId == id;

    private static List<(string Id, double Score)> Ranked(RunbookIndex index, string text) =>
        index.Rank(index.Lexicon.Terms(Tokenizer.Tokens(text)), []).ConvertAll(j => (j.Runbook.Id, Math.Round(j.Score, 6)));

    /// <summary>Pronounceable and different words, by number.</summary>
    private static string Word(int number)
    {
        const string Consonants = "bdfgklmnprstvz";
        const string Vowels = "aiou";
        var word = "";
        for (var rest = number + 500; rest > 0; rest /= 56)
            word += $"{Consonants[rest % 14]}{Vowels[rest / 14 % 4]}";
        return word + "mak";
    }

    private static Runbook Simple(string id, params string[] utterances) => new(id, 1, id.Replace('_', ' '))
    {
        Category = "test",
        Summary = id,
        Source = $"test/{id}.md",
        Utterances = utterances,
    };
}
