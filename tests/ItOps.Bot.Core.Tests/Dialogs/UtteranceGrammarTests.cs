using ItOps.Bot.Dialogs;

namespace ItOps.Bot.Core.Tests.Dialogs;

public sealed class UtteranceGrammarTests
{
    [Theory]
    [InlineData("never mind", UtteranceKind.Cancel)]
    [InlineData("Nevermind!", UtteranceKind.Cancel)]
    [InlineData("oh, forget it please", UtteranceKind.Cancel)]
    [InlineData("STOP", UtteranceKind.Cancel)]
    [InlineData("please cancel my request", UtteranceKind.Cancel)]
    [InlineData("abbrechen", UtteranceKind.Cancel)]
    [InlineData("Vergiss es", UtteranceKind.Cancel)]
    [InlineData("no. never mind", UtteranceKind.Cancel)]
    [InlineData("start over", UtteranceKind.StartOver)]
    [InlineData("Let's start over.", UtteranceKind.StartOver)]
    [InlineData("nochmal von vorne bitte", UtteranceKind.StartOver)]
    [InlineData("status", UtteranceKind.Status)]
    [InlineData("what's happening with my request?", UtteranceKind.Status)]
    [InlineData("hey, any news?", UtteranceKind.Status)]
    [InlineData("Is it approved yet?", UtteranceKind.Status)]
    [InlineData("Wie ist der Stand?", UtteranceKind.Status)]
    [InlineData("help", UtteranceKind.Help)]
    [InlineData("hi, what can you do?", UtteranceKind.Help)]
    [InlineData("Hilfe!", UtteranceKind.Help)]
    [InlineData("let me talk to someone", UtteranceKind.Human)]
    [InlineData("Human please", UtteranceKind.Human)]
    [InlineData("agent", UtteranceKind.Human)]
    [InlineData("Can I talk to a real person?", UtteranceKind.Human)]
    [InlineData("Ich möchte mit einem Menschen sprechen", UtteranceKind.Human)]
    [InlineData("yes", UtteranceKind.Yes)]
    [InlineData("yep", UtteranceKind.Yes)]
    [InlineData("Yes, please!", UtteranceKind.Yes)]
    [InlineData("ok", UtteranceKind.Yes)]
    [InlineData("ja", UtteranceKind.Yes)]
    [InlineData("ja bitte", UtteranceKind.Yes)]
    [InlineData("👍", UtteranceKind.Yes)]
    [InlineData("👍🏽", UtteranceKind.Yes)]
    [InlineData(":+1:", UtteranceKind.Yes)]
    [InlineData("it works now, thanks", UtteranceKind.Yes)]
    [InlineData("no", UtteranceKind.No)]
    [InlineData("nope", UtteranceKind.No)]
    [InlineData("No, thanks", UtteranceKind.No)]
    [InlineData("nein, noch nicht", UtteranceKind.No)]
    [InlineData("No, that didn't work", UtteranceKind.No)]
    [InlineData("no, it still doesn't work", UtteranceKind.No)]
    [InlineData("not yet", UtteranceKind.No)]
    [InlineData("👎", UtteranceKind.No)]
    [InlineData("undo that", UtteranceKind.Undo)]
    [InlineData("Mach das rückgängig", UtteranceKind.Undo)]
    [InlineData("Good morning!", UtteranceKind.Greeting)]
    [InlineData("hallo", UtteranceKind.Greeting)]
    [InlineData("thank you", UtteranceKind.Thanks)]
    [InlineData("ok thanks", UtteranceKind.Thanks)]
    [InlineData("Vielen Dank", UtteranceKind.Thanks)]
    [InlineData("", UtteranceKind.Empty)]
    [InlineData("  ", UtteranceKind.Empty)]
    [InlineData("...?!", UtteranceKind.Empty)]
    [InlineData("😭😭", UtteranceKind.Empty)]
    public void A_whole_message_can_be_a_move(string text, UtteranceKind kind) => Assert.Equal(kind, UtteranceGrammar.Read(text).Kind);

    [Theory]
    [InlineData("cancel my zoom meeting")]
    [InlineData("stop sharing my screen")]
    [InlineData("status of the printer")]
    [InlineData("what's the status of the printer on floor 4")]
    [InlineData("help, my laptop is slow")]
    [InlineData("help me unlock my account")]
    [InlineData("can you help me with my printer")]
    [InlineData("reset")]
    [InlineData("reset my password")]
    [InlineData("undo my last email")]
    [InlineData("no sound")]
    [InlineData("no access to jira")]
    [InlineData("yes men keep calling me")]
    [InlineData("hi, I'm locked out")]
    [InlineData("thanks to the update my vpn is broken")]
    [InlineData("the agent on my laptop crashes")]
    [InlineData("my first monitor is black")]
    [InlineData("two monitors stay black")]
    [InlineData("second screen stays black")]
    [InlineData("wait until monday")]
    [InlineData("not working")]
    [InlineData("my account is locked too")]
    [InlineData("don't reset my password, just unlock the account")]
    [InlineData("human resources portal is down")]
    [InlineData("the same error for days")]
    [InlineData("vergiss mich nicht im Verteiler")]
    [InlineData("nicht das Passwort zurücksetzen, nur entsperren")]
    public void A_word_of_a_move_inside_a_wish_is_a_wish(string text)
    {
        var utterance = UtteranceGrammar.Read(text);
        Assert.Equal((UtteranceKind.Request, text), (utterance.Kind, utterance.Text));
    }

    [Theory]
    [InlineData("the first one", 1)]
    [InlineData("2", 2)]
    [InlineData("2.", 2)]
    [InlineData("the second", 2)]
    [InlineData("I'll take the third one please", 3)]
    [InlineData("option 4", 4)]
    [InlineData("number two", 2)]
    [InlineData("one", 1)]
    [InlineData("last one", -1)]
    [InlineData("the last", -1)]
    [InlineData("die erste bitte", 1)]
    [InlineData("das zweite", 2)]
    [InlineData("Nummer drei", 3)]
    [InlineData("no, the second one", 2)]
    public void A_place_in_a_list_is_a_choice(string text, int ordinal)
    {
        var utterance = UtteranceGrammar.Read(text);
        Assert.Equal((UtteranceKind.Ordinal, ordinal), (utterance.Kind, utterance.Ordinal));
    }

    [Theory]
    [InlineData("no wait, only unlock it", UtteranceKind.Correction, "only unlock it")]
    [InlineData("No, reset Bob instead", UtteranceKind.Correction, "reset Bob instead")]
    [InlineData("no, no sound", UtteranceKind.Correction, "no sound")]
    [InlineData("wait, it is the G drive", UtteranceKind.Correction, "it is the G drive")]
    [InlineData("not that one, the other", UtteranceKind.Correction, "the other")]
    [InlineData("not that one", UtteranceKind.Correction, "")]
    [InlineData("I meant Amélie Dubois", UtteranceKind.Correction, "Amélie Dubois")]
    [InlineData("nein, nur entsperren", UtteranceKind.Correction, "nur entsperren")]
    [InlineData("same for bob", UtteranceKind.SameFor, "bob")]
    [InlineData("Same for Amélie Dubois, please", UtteranceKind.SameFor, "Amélie Dubois")]
    [InlineData("and the same for k.osei too", UtteranceKind.SameFor, "k.osei")]
    [InlineData("can you do the same thing for bob?", UtteranceKind.SameFor, "bob")]
    [InlineData("das Gleiche für Bob bitte", UtteranceKind.SameFor, "Bob")]
    [InlineData("and my jira too", UtteranceKind.Also, "my jira")]
    [InlineData("and unlock it too", UtteranceKind.Also, "unlock it")]
    [InlineData("unlock it too", UtteranceKind.Also, "unlock it")]
    [InlineData("unlock it too please", UtteranceKind.Also, "unlock it")]
    [InlineData("also, give me access to FIN", UtteranceKind.Also, "give me access to FIN")]
    [InlineData("und mein Passwort auch", UtteranceKind.Also, "mein Passwort")]
    [InlineData("yes, unlock it", UtteranceKind.Yes, "unlock it")]
    public void A_move_keeps_what_is_left_in_the_person_s_own_spelling(string text, UtteranceKind kind, string rest)
    {
        var utterance = UtteranceGrammar.Read(text);
        Assert.Equal((kind, rest), (utterance.Kind, utterance.Text));
    }

    [Theory]
    [InlineData("mein Konto ist gesperrt", "de")]
    [InlineData("ich kann mich nicht anmelden", "de")]
    [InlineData("ja", "de")]
    [InlineData("Abbrechen", "de")]
    [InlineData("my account is locked", "en")]
    [InlineData("vpn", "en")]
    [InlineData("", "en")]
    public void The_small_words_tell_the_language(string text, string language) => Assert.Equal(language, UtteranceGrammar.Read(text).Language);

    [Theory]
    [InlineData("no, ")]
    [InlineData("yes, yes, ")]
    [InlineData("same for ")]
    [InlineData("and ")]
    public void A_pasted_log_is_a_wish_whatever_it_begins_with(string beginning) =>
        Assert.Equal(UtteranceKind.Request, UtteranceGrammar.Read(string.Concat(Enumerable.Repeat(beginning, 200_000))).Kind);

    [Fact]
    public void Any_text_is_read_without_failing_and_a_wish_keeps_every_letter()
    {
        string[] bits = ["no", ",", " ", "wait", "same for", "👍", "\n", "2", "the", "ß", "'", "—", "\u0301", "\ud83d", "too", "and", "yes", "bob", ";", "<b>"];
        for (var seed = 0; seed < 4000; seed++)
        {
            var text = string.Concat(Enumerable.Range(0, 1 + (seed % 7)).Select(i => bits[(seed * 31 + i * 7 + seed / 7) % bits.Length]));
            var utterance = UtteranceGrammar.Read(text);
            if (utterance.Kind == UtteranceKind.Request)
                Assert.Equal(text.Trim(), utterance.Text);
            Assert.Contains(utterance.Text, text, StringComparison.Ordinal);
        }
    }
}
