using ItOps.Bot.Testing.Models;
using ItOps.Bot.Tests.Stories.Stage;

namespace ItOps.Bot.Tests.Stories;

/// <summary>What becomes of a message when a model helps to read it, when it is wrong, when it is away, and when there is none.</summary>
public sealed class ModelStories : IAsyncLifetime
{
    private const string Away = "The model that usually helps me understand messages isn't answering";

    private FakeModel _model = null!;

    public async ValueTask InitializeAsync() => _model = await FakeModel.StartAsync();

    public ValueTask DisposeAsync() => _model.DisposeAsync();

    [Fact]
    public async Task A_message_that_no_rule_understands_is_understood_with_one_call_and_its_words_are_shown()
    {
        await using var bot = await StartAsync();
        var bob = bot.Person("bob");
        _model.Answers = asked => asked.Choose("shared_drive_access", "finance stuff", values: ("drive", "finance", "finance stuff"));

        await bob.Says("open the finance stuff for me");

        await bob.Sees("Is reading enough, or must files be changed too?");
        Assert.Equal(("open the finance stuff for me", "en"), (Assert.Single(_model.Questions).Message, _model.Questions[0].Language));
        await bob.Taps("Read only");
        Assert.Equal("shared_drive_access", (await bot.LastRequestAsync()).RunbookId);
        Assert.Equal(1, _model.Calls);
    }

    [Fact]
    public async Task A_German_message_without_a_word_that_rules_know_is_understood()
    {
        await using var bot = await StartAsync();
        var alice = bot.Person("alice");
        _model.Answers = asked => asked.What == "translate" ? asked.Render(_ => "Welches Konto ist gesperrt?") : asked.Choose("account_locked", "so oft vertippt");

        await alice.Says("ich hab mich so oft vertippt dass jetzt gar nichts mehr reagiert am Anmeldebildschirm");

        Assert.Equal("de", Assert.Single(_model.Questions, q => q.What != "translate").Language);
        await alice.Sees("Welches Konto ist gesperrt?");
        Assert.Contains((await alice.LastReplyAsync()).Choices, c => c.Label.StartsWith("alice in", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_message_in_a_language_that_rules_do_not_speak_is_understood_with_all_its_values()
    {
        await using var bot = await StartAsync();
        var alice = bot.Person("alice");
        _model.Answers = asked => asked.Choose(
            "shared_drive_access", "leggere la cartella finance", 0.95, ("person", "Bob", "Bob deve leggere"), ("drive", "finance", "cartella finance"), ("permission", "read", "leggere"));

        await alice.Says("Bob deve leggere la cartella finance");

        await alice.DoesNotSee("Which drive");
        await alice.DoesNotSee("Is reading enough");
        Assert.Equal(1, _model.Calls);
    }

    [Fact]
    public async Task A_message_of_which_the_ranking_knows_no_word_is_understood()
    {
        await using var bot = await StartAsync();
        var alice = bot.Person("alice");
        _model.Answers = asked => asked.Choose("account_locked", "za dużo razy wpisałem złe hasło");

        await alice.Says("nie mogę się zalogować bo za dużo razy wpisałem złe hasło");

        await alice.Sees("Which account is locked?");
        Assert.Equal(1, _model.Calls);
    }

    [Fact]
    public async Task Where_the_rules_find_nothing_a_model_that_is_half_sure_only_makes_the_bot_ask()
    {
        await using var bot = await StartAsync();
        var bob = bot.Person("bob");
        _model.Answers = asked => asked.Choose("shared_drive_access", "finance stuff", confidence: 0.7);

        await bob.Says("open the finance stuff for me");

        await bob.Sees("Which of these is it?");
        Assert.Equal(["Get access to a shared drive", "Talk to a person"], await bob.ButtonsAsync());
        Assert.Empty(await bob.RequestsAsync());
    }

    [Fact]
    public async Task Of_two_that_are_about_as_likely_the_model_says_which()
    {
        await using var bot = await StartAsync();
        var alice = bot.Person("alice");
        _model.Answers = asked => asked.Choose("teams_not_signing_in", "does not take my sign-in");

        await alice.Says("outlook or teams, one of them does not take my sign-in");

        await alice.Sees("Which computer do you use Teams on?");
        Assert.Contains("outlook_sync", Assert.Single(_model.Questions).Offered);
    }

    [Fact]
    public async Task Of_two_that_are_about_as_likely_the_person_says_which_when_the_model_is_unsure_too()
    {
        await using var bot = await StartAsync();
        var alice = bot.Person("alice");
        _model.Answers = asked => asked.Choose("teams_not_signing_in", "does not take my sign-in", confidence: 0.3);

        await alice.Says("outlook or teams, one of them does not take my sign-in");

        Assert.Empty(await alice.RequestsAsync());
        Assert.True((await alice.ButtonsAsync()).Count > 2);
    }

    [Theory]
    [InlineData("marketing", "marketing drive")]
    [InlineData("marketing", "cartella")]
    [InlineData("mio gruppo", "Mein Gruppe")]
    public async Task A_value_that_is_not_in_the_words_is_asked_for_instead(string value, string evidence)
    {
        await using var bot = await StartAsync();
        var bob = bot.Person("bob");
        _model.Answers = asked => asked.Choose("shared_drive_access", "serve la cartella", values: ("drive", value, evidence));

        await bob.Says("mi serve la cartella del mio gruppo");
        await bob.Taps("Read only");

        await bob.Sees("Which drive or folder is it?");
        Assert.Empty(await bot.PendingApprovalsAsync());
    }

    [Fact]
    public async Task What_rules_understand_costs_no_call()
    {
        await using var bot = await StartAsync();
        var alice = bot.Person("alice");

        await alice.Says("unlock my account");
        await alice.Sees("Which account is locked?");
        await alice.Taps("alice in Directory");
        await alice.Says("status");
        await alice.Says("thanks");

        Assert.Equal(0, _model.Calls);
        Assert.Single(await bot.PendingApprovalsAsync());
    }

    [Fact]
    public async Task Asked_about_everything_a_model_is_asked_once_for_each_wish()
    {
        await using var bot = await StartAsync(("Agent:Ask", "always"));
        var alice = bot.Person("alice");
        _model.Answers = asked => asked.Choose("account_locked", "unlock my account");

        await alice.Says("unlock my account");
        await alice.Taps("alice in Directory");

        Assert.Equal(1, _model.Calls);
        Assert.Single(await bot.PendingApprovalsAsync());
    }

    [Fact]
    public async Task Of_people_groups_and_accounts_a_model_gets_to_see_what_the_person_wrote_and_nothing_else()
    {
        await using var bot = await StartAsync(("Agent:Ask", "always"));
        var alice = bot.Person("alice");
        _model.Answers = asked => asked.Choose("shared_drive_access", "finance drive", values: ("drive", "finance drive", "finance drive"));

        await alice.Says("bob needs the finance drive, my password is Sommer2026!");
        await alice.Taps("Read only");
        await alice.Says("status");
        await alice.Says("and the marketing drive too");

        var sent = string.Concat(_model.Questions.Select(q => q.Raw));
        Assert.NotEmpty(_model.Questions);
        foreach (var hidden in (string[])["alice", "Omar", "@example.com", "finance-read", "D2001", "Sommer2026", "it-approvers", "group.add-member"])
            Assert.DoesNotContain(hidden, sent, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_model_that_dies_in_the_middle_is_missed_once_and_back_by_itself()
    {
        await using var bot = await StartAsync();
        var alice = bot.Person("alice");
        _model.Answers = asked => asked.Choose("account_locked", "vertippt");
        await alice.Says("ich hab mich so oft vertippt dass jetzt gar nichts mehr reagiert am Anmeldebildschirm");
        await alice.Says("cancel");

        _model.Answers = _ => ModelReply.Gone();
        await alice.Says("outlook or teams, one of them does not take my sign-in");
        await alice.Sees(Away);
        Assert.True((await alice.ButtonsAsync()).Count > 2);
        await alice.Taps("Get signed in to Teams");
        await alice.Says("cancel");

        await alice.Says("outlook or teams, one of them does not take my sign-in");
        await alice.DoesNotSee(Away);
        await alice.Says("outlook or teams, one of them does not take my sign-in");
        var calls = _model.Calls;
        await alice.Says("outlook or teams, one of them does not take my sign-in");
        Assert.Equal(calls, _model.Calls);

        _model.Answers = asked => asked.Choose("teams_not_signing_in", "sign-in");
        await bot.TimePassesAsync(TimeSpan.FromMinutes(3));
        await alice.Says("outlook or teams, one of them does not take my sign-in");
        Assert.Equal(calls + 1, _model.Calls);
        await alice.Sees("Which computer do you use Teams on?");
    }

    [Fact]
    public async Task A_model_that_hangs_ends_the_turn_in_time()
    {
        await using var bot = await StartAsync();
        var bob = bot.Person("bob");
        var began = bot.Time.GetUtcNow();
        // No further than it takes: the caller may be slow to leave.
        _model.Next(ModelReply.Hangs(() => bot.Time.Advance(bot.Time.GetUtcNow() - began < TimeSpan.FromSeconds(25) ? TimeSpan.FromSeconds(1) : TimeSpan.Zero)));

        await bob.Says("open the finance stuff for me");

        await bob.Sees(Away);
        Assert.InRange((bot.Time.GetUtcNow() - began).TotalSeconds, 20, 40);
    }

    [Fact]
    public async Task A_budget_that_is_used_up_is_passed_over_in_silence()
    {
        await using var bot = await StartAsync(("Knowledge:Llm:TokensPerPersonPerDay", "1"));
        var alice = bot.Person("alice");

        await alice.Says("outlook or teams, one of them does not take my sign-in");

        await alice.DoesNotSee(Away);
        Assert.True((await alice.ButtonsAsync()).Count > 2);
        Assert.Equal(0, _model.Calls);
    }

    [Fact]
    public async Task Without_a_model_everything_is_as_it_was()
    {
        await using var bot = await BotHost.StartAsync();
        var alice = bot.Person("alice");

        await alice.Says("outlook or teams, one of them does not take my sign-in");

        await alice.DoesNotSee(Away);
        Assert.True((await alice.ButtonsAsync()).Count > 2);
        Assert.Equal(0, _model.Calls);
    }

    [Fact]
    public async Task Several_wishes_with_their_runbooks_and_values_take_one_call()
    {
        await using var bot = await StartAsync();
        var alice = bot.Person("alice");
        _model.Answers = asked => asked.Split(
            new ModelWish("unlock my account", "account_locked"),
            new ModelWish("vpn keeps dropping", "vpn_troubleshooting"));

        await alice.Says("hello dear colleagues could you please unlock my account and as to the vpn it keeps dropping, vpn keeps dropping since this morning");
        await alice.Taps("alice in Directory");

        Assert.Equal(["account_locked", "vpn_troubleshooting"], (await alice.RequestsAsync()).Select(r => r.RunbookId).Order(StringComparer.Ordinal));
        Assert.Equal("wishes", Assert.Single(_model.Questions).What);
    }

    [Fact]
    public async Task What_a_model_cut_out_of_a_message_is_shown_with_the_message_and_as_read_by_the_model()
    {
        const string message = "I need read access to the finance share for the audit, and as to the marketing share, there I need write access please";
        await using var bot = await StartAsync();
        var eve = bot.Person("eve");
        _model.Answers = asked => asked.Split(
            new ModelWish("I need read access to the finance share", "shared_drive_access"),
            new ModelWish("marketing share, there I need write access", "shared_drive_access"));

        await eve.Says(message);

        var requests = await eve.RequestsAsync();
        Assert.Equal(2, requests.Count);
        Assert.All(requests, r => Assert.Equal((message, "built-in"), (r.Words, r.Parameters["drive"].ReadBy)));
        var card = Assert.Single(await bot.Person("mona").CardsAsync());
        Assert.Contains(card.Facts, f => f.Value.Contains("from the words \"finance\", as the model read them", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("mein VPN verbindet nicht", "Nein")]
    [InlineData("la vpn no se conecta desde casa", "No")]
    public async Task A_step_of_a_guide_is_said_in_the_language_of_the_person_once_it_was_translated(string text, string no)
    {
        await using var bot = await StartAsync();
        var (alice, bob) = (bot.Person("alice"), bot.Person("bob"));
        _model.Answers = asked => asked.What == "translate" ? asked.Render(t => $"translated: {t}") : asked.Nothing();
        await alice.Says(text);
        await alice.Taps(no);
        await alice.Sees("translated: Quit the VPN app completely, not just its window, then open it again and connect.");
        await alice.Sees("translated: It says \"Connected\" within a minute.");
        var sent = string.Concat(_model.Questions.Select(q => q.Raw));
        Assert.DoesNotContain("alice", sent, StringComparison.OrdinalIgnoreCase);
        var calls = _model.Calls;

        await bob.Says(text);
        await bob.Taps(no);

        await bob.Sees("translated: Quit the VPN app completely");
        Assert.Equal(calls, _model.Calls);
    }

    [Theory]
    [InlineData("Visit https://evil.test now, it is the ⟦1⟧ app")]
    [InlineData("Ruf die ⟦1⟧-Hotline unter 0900 an")]
    public async Task A_translation_with_something_of_its_own_is_not_said(string lie)
    {
        await using var bot = await StartAsync();
        var alice = bot.Person("alice");
        _model.Answers = asked => asked.What == "translate" ? asked.Render(_ => lie) : asked.Nothing();

        await alice.Says("mein VPN verbindet nicht");
        await alice.Taps("Nein");

        await alice.Sees("Quit the VPN app completely");
        await alice.DoesNotSee("evil");
        await alice.DoesNotSee("0900");
    }

    [Fact]
    public async Task A_guide_goes_on_in_the_language_it_was_written_in_when_the_model_is_away()
    {
        await using var bot = await StartAsync();
        var alice = bot.Person("alice");
        _model.Answers = _ => ModelReply.Status(500);

        await alice.Says("mein VPN verbindet nicht");
        await alice.Taps("Nein");

        await alice.Sees("Quit the VPN app completely");
    }

    private Task<BotHost> StartAsync(params (string Key, string Value)[] more)
    {
        var settings = _model.Settings;
        foreach (var (key, value) in more)
            settings[key] = value;
        return BotHost.StartAsync(settings: settings);
    }
}
