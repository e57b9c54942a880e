using ItOps.Bot.Commits;
using ItOps.Bot.Conversations;
using ItOps.Bot.Dialogs;
using ItOps.Bot.Plans;
using ItOps.Bot.Secrets;
using ItOps.Bot.Storage.Tests.Setup;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ItOps.Bot.Storage.Tests.Reading;

public sealed class ConversationStoreTests : IAsyncLifetime
{
    private readonly StoreFixture _store = new();
    private ServiceProvider _bot = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        _bot = _store.Start();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task A_conversation_never_seen_is_new()
    {
        var context = await LoadAsync();

        Assert.Equal((Samples.Chat, 0), (context.Id, context.Version));
        Assert.IsType<Idle>(context.State);
    }

    [Fact]
    public async Task Every_state_resumes_as_it_was_left()
    {
        DialogState[] states =
        [
            new Idle { Waiting = [new("and my jira too") { After = [0], Suggested = new("and my jira too", "jira_access_request", "built-in", [new("project", "OPS", "my jira")]) }] },
            new Choosing("mail", ["a", "b"]),
            new Collecting("r", "text", new Dictionary<string, ParameterValue> { ["user"] = new("p1", "Alice", Provenance.Said) }, "drive") { Misses = 1 },
            new Proving("rb", "x", new Dictionary<string, ParameterValue>()),
            new AwaitingCode("rb", "x", new Dictionary<string, ParameterValue>(), new(new Secret<string>("12345678"), "teams", DateTimeOffset.UnixEpoch, 3)),
            new AwaitingConfirmation("r1", "a1", "rb", 2),
            new AwaitingApproval("r1") { Question = new PendingQuestion("a1", "q1") },
            new Running("r1"),
            new Guiding("r1", "rb", 3) { Failures = 1, Findings = ["dns"] },
            new CheckingOutcome("r1"),
            new HandedOff("r1"),
        ];
        Assert.Equal(typeof(DialogState).Assembly.GetTypes().Count(t => t.BaseType == typeof(DialogState)), states.Length);

        for (var i = 0; i < states.Length; i++)
        {
            await SaveAsync(new ConversationContext(Samples.Chat) { Version = i + 1, State = states[i] });
            var loaded = await LoadAsync();
            Assert.Equivalent(states[i], loaded.State, strict: true);
            Assert.Equal(states[i].GetType(), loaded.State.GetType());
        }
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"Id":{"Channel":"slack","Value":"x"},"State":{"$type":"meditating","Deeply":true},"Version":4}""")]
    [InlineData("""{"Id":{"Channel":"slack","Value":"x"},"State":{"$type":"choosing","Text":5},"Version":4}""")]
    [InlineData("""{"Id":{"Channel":"slack","Value":"x"},"State":{"Text":"no discriminator"},"Version":4}""")]
    [InlineData("""{"Id":{"Channel":"slack","Value":"x"},"State":null,"Version":4}""")]
    [InlineData("""{"Id":{"Channel":"slack","Value":"x"},"Schema":99,"Version":4}""")]
    public async Task One_that_cannot_be_read_starts_over_and_can_be_saved(string body)
    {
        await SaveAsync(new ConversationContext(Samples.Chat) { Version = 1 });
        await _store.TamperAsync($"UPDATE conversations SET body = '{body}', version = 4");

        var context = await LoadAsync();

        Assert.Equal((Samples.Chat, 4), (context.Id, context.Version));
        Assert.IsType<Idle>(context.State);
        await SaveAsync(context with { Version = 5, State = new Running("r1") });
        Assert.IsType<Running>((await LoadAsync()).State);
        if (body != "{}")
            Assert.Contains(_store.Log.Lines, l => l.Level == LogLevel.Warning && l.Text.Contains(Samples.Chat.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Members_that_an_older_version_did_not_know_get_their_defaults_and_unknown_ones_are_ignored()
    {
        await SaveAsync(new ConversationContext(Samples.Chat) { Version = 1 });
        await _store.TamperAsync(
            """UPDATE conversations SET body = '{"Id":{"Channel":"slack","Value":"x"},"State":{"$type":"running","RequestId":"r9","Mood":"good"},"Version":1}'""");

        var context = await LoadAsync();

        Assert.Equal("r9", Assert.IsType<Running>(context.State).RequestId);
        Assert.Equal("en", context.Memory.Language);
        Assert.Empty(context.Offers);
    }

    [Fact]
    public async Task A_route_is_what_was_saved_last_until_it_is_forgotten()
    {
        var store = _bot.GetRequiredService<ICommitStore>();
        var routes = _bot.GetRequiredService<IRouteStore>();
        foreach (var route in new[] { "one", "two", "two" })
            await store.CommitAsync(new Commit().Add(new RouteSaved(Samples.Chat, route)), Cancel);
        Assert.Equal("two", await routes.FindAsync(Samples.Chat, Cancel));
        Assert.Null(await routes.FindAsync(new("slack", "other"), Cancel));

        foreach (var again in new[] { 1, 2 })
            Assert.Equal(CommitOutcome.Committed, await store.CommitAsync(new Commit().Add(new RouteSaved(Samples.Chat, null)), Cancel));
        Assert.Null(await routes.FindAsync(Samples.Chat, Cancel));
    }

    private Task<ConversationContext> LoadAsync() => _bot.GetRequiredService<IConversationStore>().LoadAsync(Samples.Chat, Cancel);

    private async Task SaveAsync(ConversationContext context) => Assert.Equal(
        CommitOutcome.Committed,
        await _bot.GetRequiredService<ICommitStore>().CommitAsync(new Commit().Add(new ConversationSaved(context)), Cancel));
}
