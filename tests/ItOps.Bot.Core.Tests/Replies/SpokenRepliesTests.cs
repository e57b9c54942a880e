using ItOps.Bot.Assurance;
using ItOps.Bot.Commits;
using ItOps.Bot.Conversations;
using ItOps.Bot.Dialogs;
using ItOps.Bot.People;
using ItOps.Bot.Replies;
using ItOps.Bot.Runbooks;
using ItOps.Bot.Secrets;
using ItOps.Bot.Testing.Time;

namespace ItOps.Bot.Tests.Replies;

/// <summary>Only texts that are the same for everybody are translated, and only where they are said.</summary>
public sealed class SpokenRepliesTests
{
    private const string Step = "Unplug the dock, wait a moment, and plug it in again.";
    private const string Question = "Which of the docks is it?";

    private readonly FakeTimeProvider _time = new();
    private readonly Upper _translator = new();

    [Fact]
    public async Task A_text_of_a_runbook_is_translated_inside_what_is_said_and_nothing_around_it()
    {
        var turn = Turn("de");
        turn.Say($"Omar sagt: {Step}\n{Question} Bobs Dock?");

        await RenderAsync(turn);

        Assert.Equal($"Omar sagt: {Step.ToUpperInvariant()}\n{Question.ToUpperInvariant()} Bobs Dock?", TextOf(turn));
        Assert.Equal([Step, Question], _translator.Seen);
    }

    [Fact]
    public async Task In_a_language_of_which_the_bot_has_no_words_its_own_fixed_ones_are_translated_too()
    {
        var turn = Turn("fr");
        turn.Say(turn.Words.DidNotCatchThat);

        await RenderAsync(turn);

        Assert.Equal(Words.English.DidNotCatchThat.ToUpperInvariant(), TextOf(turn));
    }

    [Fact]
    public async Task Cards_codes_links_and_other_conversations_are_left_alone()
    {
        var turn = Turn("de");
        turn.Queue(new(Step) { Card = new("Card", CardState.Waiting) { StateText = "Waiting" } });
        turn.Queue(new(Step) { Code = new Secret<string>("4711") });
        turn.Queue(new(Step) { Link = new("Open", new Secret<string>("/s/x"), _time.GetUtcNow()) });
        turn.Commit.Add(new MessageQueued(new("m", new("console", "omar"), new(Step), _time.GetUtcNow())));

        await RenderAsync(turn);

        Assert.All(turn.Commit.Changes.OfType<MessageQueued>(), m => Assert.Equal(Step, m.Message.Reply.Text));
        Assert.Empty(_translator.Seen);
    }

    [Fact]
    public async Task Who_writes_the_language_of_the_runbook_is_not_translated_to()
    {
        var turn = Turn("en");
        turn.Say(Step);

        await RenderAsync(turn);

        Assert.Empty(_translator.Seen);
    }

    [Fact]
    public async Task In_a_turn_in_which_the_model_failed_nobody_waits_for_it_again()
    {
        var turn = Turn("de");
        turn.AgentAsked = true;
        turn.Memory = turn.Memory with { WithoutAgent = "built-in" };
        turn.Say(Step);

        await RenderAsync(turn);

        Assert.Empty(_translator.Seen);
    }

    [Fact]
    public async Task Without_a_translator_everything_stays()
    {
        var turn = Turn("de");
        turn.Say(Step);

        await new SpokenReplies(Catalog(), []).RenderAsync(turn, TestContext.Current.CancellationToken);

        Assert.Equal(Step, TextOf(turn));
    }

    private Task RenderAsync(DialogTurn turn) => new SpokenReplies(Catalog(), [_translator]).RenderAsync(turn, TestContext.Current.CancellationToken);

    private static string TextOf(DialogTurn turn) => Assert.Single(turn.Commit.Changes.OfType<MessageQueued>()).Message.Reply.Text;

    private DialogTurn Turn(string language) => new(
        new ConversationContext(new("console", "alice")) { Memory = new Memory { Language = language } },
        new(new Person(new("p1"), "Alice", "Alice", "alice@example.com", null, null, ["alice"]), new("console", "sandbox", "alice"), new(AssuranceMethod.PracticePicker, DateTimeOffset.UnixEpoch)),
        _time);

    private static RunbookCatalog Catalog() => new(
        [
            new Runbook("dock", 1, "Mend the dock")
            {
                Category = "devices",
                Summary = "The dock does not work",
                Source = "devices/dock.md",
                Parameters = [new("dock", ParameterKind.Text, Question)],
                Steps = [new GuideStep(Step, null, [])],
            },
        ],
        []);

    private sealed class Upper : ITextTranslator
    {
        public List<string> Seen { get; } = [];

        public Task<IReadOnlyDictionary<string, string>> TranslateAsync(IReadOnlyCollection<string> texts, string language, PersonId reader, CancellationToken cancellationToken)
        {
            Seen.AddRange(texts);
            return Task.FromResult<IReadOnlyDictionary<string, string>>(texts.ToDictionary(t => t, t => t.ToUpperInvariant()));
        }
    }
}
