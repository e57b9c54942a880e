using ItOps.Bot.Commits;
using ItOps.Bot.Conversations;
using ItOps.Bot.People;
using ItOps.Bot.Replies;
using ItOps.Bot.Testing.Time;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Tests.Replies;

/// <summary>What becomes of a message that a platform did not take.</summary>
public sealed class OutboxSenderTests : IAsyncDisposable
{
    private static readonly ConversationId Place = new("fake", "here");

    private readonly FakeTimeProvider _time = new();
    private readonly MemoryOutbox _outbox = new();
    private readonly FaultyChannel _channel = new();
    private readonly Drawing _live = new();
    private readonly ServiceProvider _services;

    public OutboxSenderTests()
    {
        _services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<TimeProvider>(_time)
            .AddSingleton<ICommitStore>(_outbox)
            .AddSingleton<IOutbox>(_outbox)
            .AddSingleton<IChannel>(_channel)
            .AddSingleton<ILiveReplies>(_live)
            .AddSingleton<Committer>()
            .AddSingleton<OutboxSender>()
            .AddSingleton<ICommitObserver>(p => p.GetRequiredService<OutboxSender>())
            .BuildServiceProvider();
    }

    [Fact]
    public async Task What_may_have_arrived_is_not_posted_again()
    {
        _channel.Fails(new DeliveryException(DeliveryFailure.Unknown, "no answer"));

        await PostAsync();
        await TimePassesAsync(TimeSpan.FromDays(1));

        Assert.Equal(1, _channel.Tries);
        Assert.Equal("Unknown", Assert.Single(_outbox.GivenUp).Reason);
    }

    [Fact]
    public async Task An_update_that_may_have_arrived_is_repeated_because_that_does_no_harm()
    {
        await PostAsync(topic: "card");
        _channel.Fails(new DeliveryException(DeliveryFailure.Unknown, "no answer"));
        await PostAsync(topic: "card", isUpdate: true);
        Assert.Equal("first", _channel.Shown);

        await TimePassesAsync(TimeSpan.FromSeconds(5));

        Assert.Equal("second", _channel.Shown);
        Assert.Empty(_outbox.GivenUp);
    }

    [Fact]
    public async Task What_is_refused_for_good_is_given_up_at_once()
    {
        _channel.Fails(new DeliveryException(DeliveryFailure.Refused, "blocked"));

        await PostAsync();
        await TimePassesAsync(TimeSpan.FromDays(1));

        Assert.Equal(1, _channel.Tries);
        Assert.Single(_outbox.GivenUp);
    }

    [Theory]
    [InlineData(90, 89, 1)]
    [InlineData(90, 90, 2)]
    [InlineData(1, 4, 1)]
    [InlineData(1, 5, 2)]
    public async Task A_busy_platform_is_left_alone_for_as_long_as_it_asks_and_never_less_than_usual(int asked, int passed, int tries)
    {
        _channel.Fails(new DeliveryException(DeliveryFailure.Busy, "too many", TimeSpan.FromSeconds(asked)));

        await PostAsync();
        await TimePassesAsync(TimeSpan.FromSeconds(passed));

        Assert.Equal(tries, _channel.Tries);
    }

    [Fact]
    public async Task What_never_left_is_tried_again_and_at_last_given_up()
    {
        _channel.AlwaysFails(new DeliveryException(DeliveryFailure.NotSent, "no connection"));

        await PostAsync();
        for (var hour = 0; hour < 12; hour++)
            await TimePassesAsync(TimeSpan.FromHours(1));

        Assert.Equal(6, _channel.Tries);
        Assert.Single(_outbox.GivenUp);
    }

    [Fact]
    public async Task What_is_drawn_when_it_is_sent_shows_how_things_stand_then()
    {
        await PostAsync(topic: "card", isLive: true);
        _live.Now = "one of two is decided";
        await PostAsync(topic: "card", isUpdate: true, isLive: true);

        Assert.Equal("one of two is decided", _channel.Shown);
        Assert.Equal((1, 1), (_channel.Posts, _channel.Updates));
    }

    [Fact]
    public async Task What_is_drawn_when_it_is_sent_is_posted_once_however_often_it_is_asked_for()
    {
        await PostAsync(topic: "card", isLive: true);
        _live.Now = "another joined";
        await PostAsync(topic: "card", isLive: true);

        Assert.Equal("another joined", _channel.Shown);
        Assert.Equal((1, 1), (_channel.Posts, _channel.Updates));
    }

    [Fact]
    public async Task A_post_that_became_an_update_is_repeated_because_that_does_no_harm()
    {
        await PostAsync(topic: "card", isLive: true);
        _live.Now = "another joined";
        _channel.Fails(new DeliveryException(DeliveryFailure.Unknown, "no answer"));
        await PostAsync(topic: "card", isLive: true);
        Assert.Equal("two to decide", _channel.Shown);

        await TimePassesAsync(TimeSpan.FromSeconds(5));

        Assert.Equal("another joined", _channel.Shown);
        Assert.Empty(_outbox.GivenUp);
    }

    [Fact]
    public async Task Of_what_shows_nothing_any_more_nothing_is_posted()
    {
        _live.Now = null;
        await PostAsync(topic: "card", isLive: true);

        Assert.Equal(0, _channel.Tries);
        Assert.Empty(_outbox.GivenUp);
    }

    public async ValueTask DisposeAsync() => await _services.DisposeAsync();

    private async Task PostAsync(string? topic = null, bool isUpdate = false, bool isLive = false)
    {
        var sender = _services.GetRequiredService<OutboxSender>();
        await sender.StartAsync(TestContext.Current.CancellationToken);
        var message = new OutboxMessage(Id.New(_time), Place, new(isUpdate ? "second" : "first"), _time.GetUtcNow()) { Topic = topic, IsUpdate = isUpdate, IsLive = isLive };
        await _services.GetRequiredService<Committer>().CommitAsync(new Commit().Add(new MessageQueued(message)), TestContext.Current.CancellationToken);
        await sender.WhenIdleAsync();
    }

    private async Task TimePassesAsync(TimeSpan time)
    {
        _time.Advance(time);
        var sender = _services.GetRequiredService<OutboxSender>();
        await sender.SweepAsync(_time.GetUtcNow(), TestContext.Current.CancellationToken);
        await sender.WhenIdleAsync();
    }

    private sealed class Drawing : ILiveReplies
    {
        public string? Now { get; set; } = "two to decide";

        public Task<Reply?> DrawAsync(string topic, ConversationId place, CancellationToken cancellationToken) => Task.FromResult(Now is null ? null : new Reply(Now));
    }

    private sealed class FaultyChannel : IChannel
    {
        private Exception? _next;
        private bool _always;

        public string Name => "fake";

        public int Tries { get; private set; }

        public int Posts { get; private set; }

        public int Updates { get; private set; }

        public string? Shown { get; private set; }

        public void Fails(Exception once) => _next = once;

        public void AlwaysFails(Exception always) => (_next, _always) = (always, true);

        public Task<MessageReference> SendAsync(Delivery delivery, CancellationToken cancellationToken)
        {
            Show(delivery.Reply);
            Posts++;
            return Task.FromResult(new MessageReference(delivery.To, "m1"));
        }

        public Task UpdateAsync(MessageReference message, Reply reply, CancellationToken cancellationToken)
        {
            Show(reply);
            Updates++;
            return Task.CompletedTask;
        }

        public Task<ConversationId?> DirectConversationAsync(PersonId person, CancellationToken cancellationToken) => Task.FromResult<ConversationId?>(null);

        private void Show(Reply reply)
        {
            Tries++;
            if (_next is { } failure)
            {
                if (!_always)
                    _next = null;
                throw failure;
            }

            Shown = reply.Text;
        }
    }

    private sealed class MemoryOutbox : IOutbox, ICommitStore
    {
        private readonly List<(OutboxMessage Message, DateTimeOffset? Next)> _waiting = [];
        private readonly Dictionary<string, MessageReference> _posted = [];

        public List<MessageDeferred> GivenUp { get; } = [];

        public Task<CommitOutcome> CommitAsync(Commit commit, CancellationToken cancellationToken)
        {
            lock (_waiting)
            {
                foreach (var change in commit.Changes)
                    Apply(change);
            }

            return Task.FromResult(CommitOutcome.Committed);
        }

        public Task<IReadOnlyList<OutboxMessage>> DueAsync(
            IReadOnlyCollection<string> channels, DateTimeOffset now, DateTimeOffset queuedBefore, int take, CancellationToken cancellationToken)
        {
            lock (_waiting)
                return Task.FromResult<IReadOnlyList<OutboxMessage>>([.. _waiting.Where(w => w.Next <= now).Select(w => w.Message)]);
        }

        public Task<IReadOnlyList<OutboxMessage>> WaitingAsync(string topic, ConversationId conversation, CancellationToken cancellationToken)
        {
            lock (_waiting)
                return Task.FromResult<IReadOnlyList<OutboxMessage>>([.. _waiting.Where(w => w.Message.Topic == topic && w.Next is not null).Select(w => w.Message)]);
        }

        public Task<IReadOnlyList<MessageReference>> PostedAsync(string topic, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<MessageReference?> PostedAsync(string topic, ConversationId conversation, CancellationToken cancellationToken) =>
            Task.FromResult(_posted.GetValueOrDefault(topic));

        private void Apply(Change change)
        {
            switch (change)
            {
                case MessageQueued { Message: var message }:
                    _waiting.Add((message, message.QueuedAt));
                    break;
                case MessageSent sent:
                    var topic = _waiting.Find(w => w.Message.Id == sent.MessageId).Message?.Topic;
                    if (topic is not null && sent.Posted is not null)
                        _posted[topic] = sent.Posted;
                    _waiting.RemoveAll(w => w.Message.Id == sent.MessageId);
                    break;
                case MessageDeferred deferred:
                    var at = _waiting.FindIndex(w => w.Message.Id == deferred.MessageId);
                    _waiting[at] = (_waiting[at].Message with { Attempts = deferred.Attempts }, deferred.NextAttempt);
                    if (deferred.NextAttempt is null)
                        GivenUp.Add(deferred);
                    break;
            }
        }
    }
}
