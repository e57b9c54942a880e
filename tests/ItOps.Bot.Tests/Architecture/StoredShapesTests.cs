using System.Text.Json.Serialization;
using ItOps.Bot.Assurance;
using ItOps.Bot.Commits;
using ItOps.Bot.Conversations;
using ItOps.Bot.Dialogs;
using ItOps.Bot.Plans;
using ItOps.Bot.Requests;
using ItOps.Bot.Tests.Stories.Stage;
using ItOps.Bot.Turns;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Tests.Architecture;

/// <summary>Whatever is suspended or waits must come back from the file as it was: every state, every button, every turn.</summary>
public sealed class StoredShapesTests
{
    private static readonly ParameterValue Value = new("directory/D2001", "alice", Provenance.Said);
    private static readonly Dictionary<string, ParameterValue> Filled = new() { ["account"] = Value };

    private static readonly DialogState[] States =
    [
        new Idle { Waiting = [new("and the vpn") { After = [0] }] },
        new Choosing("x", ["password_reset", "account_locked"]),
        new Collecting("password_reset", "x", Filled, "account") { Misses = 1 },
        new Proving("password_reset", "x", Filled),
        new AwaitingCode("password_reset", "x", Filled, new(new Secrets.Secret<string>("12345678"), "teams", DateTimeOffset.UnixEpoch, 3)),
        new AwaitingConfirmation("r", "a", "laptop_running_slow", 2),
        new AwaitingApproval("r") { Question = new("a", "q"), AsksToGoOn = true, Taking = new("g", 1, 3), Waiting = [new("x") { Place = new("g", 2, 3) { After = [1] } }] },
        new Running("r"),
        new Guiding("r", "vpn_not_connecting", 3) { Failures = 1, Findings = ["disk-full"] },
        new CheckingOutcome("r"),
        new HandedOff("r") { Confirming = true, Then = new Collecting("password_reset", "x", Filled, "account") },
    ];

    private static readonly DialogTrigger[] Buttons =
    [
        new Asked("x", Leaning: true), new Picked("password_reset", "x"), new Supplied("account", Value), new SaidYes(), new SaidNo(), new StepAnswered("r", 1, Worked: true),
        new Helped("r", Yes: false), new AskedHuman(), new AskedHelp(), new AskedToTell(new("P1002"), "password_reset", Manager: true), new ProofChosen(Proof.Code, "teams"), new TookQuestion("r", new("a", "q")), new AskedCancel { All = true, Group = "g" }, new CancelPicked("r"), new TookHandOff("r"), new SentInstead("r", "x"), new WentOn("r", Yes: true),
        new AskedUndo { RequestId = "r" },
    ];

    [Fact]
    public void The_samples_below_are_all_there_are()
    {
        Assert.Equal(Concrete(typeof(DialogState)), States.Select(s => s.GetType()).OrderBy(t => t.Name, StringComparer.Ordinal));
        Assert.Equal(Derived(typeof(DialogState)), Concrete(typeof(DialogState)));
        Assert.Equal(Derived(typeof(DialogTrigger)), Buttons.Select(s => s.GetType()).OrderBy(t => t.Name, StringComparer.Ordinal));
        Assert.Equal(Derived(typeof(Turn)), Concrete(typeof(Turn)));
    }

    [Fact]
    public async Task Every_state_and_every_button_comes_back_as_it_was()
    {
        await using var bot = await BotHost.StartAsync();
        var offers = Buttons.Select((b, i) => new Offer($"{i}", "g", b, "label")).ToList();
        var id = new ConversationId("console", "shape");
        foreach (var (state, i) in States.Select((s, i) => (s, i)))
        {
            var saved = new ConversationContext(id) { Version = i + 1, State = state, Offers = offers, Person = new("P1001"), Memory = new() { Parameters = Filled, LastChoice = "c" } };
            await bot.Services.GetRequiredService<ICommitStore>().CommitAsync(new Commit().Add(new ConversationSaved(saved)), CancellationToken.None);

            Assert.Equivalent(saved, await bot.Services.GetRequiredService<IConversationStore>().LoadAsync(id, CancellationToken.None), strict: true);
        }
    }

    [Fact]
    public async Task Every_turn_waits_in_the_inbox_as_it_came()
    {
        await using var bot = await BotHost.StartAsync();
        var (alice, at) = (bot.Person("alice"), bot.Time.GetUtcNow());
        Turn[] turns =
        [
            new MessageTurn("1", alice.Identity, alice.Conversation, at, "x \u202E 😀"),
            new ChoiceTurn("2", alice.Identity, alice.Conversation, at, "c"),
            new DecisionTurn("3", alice.Identity, alice.Conversation, at, "a", Verdict.ItHappened, "note") { Typed = "alice" },
            new RequestTurn("4", alice.Conversation, at, "r", RequestEvent.Questioned) { Question = new("a", "q"), Message = 2 },
        ];
        Assert.Equal(Concrete(typeof(Turn)), turns.Select(t => t.GetType()).OrderBy(t => t.Name, StringComparer.Ordinal));

        var store = bot.Services.GetRequiredService<ICommitStore>();
        foreach (var turn in turns)
            await store.CommitAsync(new Commit().Add(new TurnAccepted(turn)), CancellationToken.None);

        Assert.Equivalent(turns, await bot.Services.GetRequiredService<ITurnInbox>().UnhandledAsync(at.AddDays(1), 10, CancellationToken.None), strict: true);
        foreach (var turn in turns)
            await store.CommitAsync(new Commit().Add(new TurnHandled(turn.Id)), CancellationToken.None);
    }

    private static IEnumerable<Type> Concrete(Type root) =>
        root.Assembly.GetTypes().Where(t => t.IsSubclassOf(root) && !t.IsAbstract).OrderBy(t => t.Name, StringComparer.Ordinal);

    private static IEnumerable<Type> Derived(Type root) =>
        root.GetCustomAttributes(typeof(JsonDerivedTypeAttribute), inherit: false).Cast<JsonDerivedTypeAttribute>().Select(a => a.DerivedType).OrderBy(t => t.Name, StringComparer.Ordinal);
}
