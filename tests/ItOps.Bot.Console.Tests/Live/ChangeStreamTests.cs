using ItOps.Bot.Commits;
using ItOps.Bot.Console.Live;
using ItOps.Bot.Console.Tests.Hosting;
using ItOps.Bot.Conversations;
using ItOps.Bot.Execution;
using ItOps.Bot.Replies;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Console.Tests.Live;

public sealed class ChangeStreamTests
{
    private static readonly ConversationId Own = new("console", "alice");

    [Fact]
    public async Task It_begins_with_what_may_have_happened_meanwhile_and_goes_on_with_each_commit()
    {
        var commits = new CommitFeed();
        var stop = TestContext.Current.CancellationToken;
        await using var changes = new ChangeStream(commits, new RunProgress(), new ConsoleFeed(), new StillTime()).ReadAsync(Own, stop).GetAsyncEnumerator(stop);
        Assert.True(await changes.MoveNextAsync());

        var next = changes.MoveNextAsync();
        Assert.False(next.IsCompleted);
        commits.Committed(new Commit());

        Assert.True(await next);
    }

    [Fact]
    public async Task A_message_in_the_own_conversation_counts_and_one_elsewhere_does_not()
    {
        var feed = new ConsoleFeed();
        var stop = TestContext.Current.CancellationToken;
        await using var changes = new ChangeStream(new CommitFeed(), new RunProgress(), feed, new StillTime()).ReadAsync(Own, stop).GetAsyncEnumerator(stop);
        await changes.MoveNextAsync();

        var next = changes.MoveNextAsync();
        feed.Publish(new("console", "bob"));
        Assert.False(next.IsCompleted);
        feed.Publish(Own);

        Assert.True(await next);
    }

    [Fact]
    public async Task A_page_that_is_left_listens_no_longer()
    {
        var feed = new ConsoleFeed();
        var heard = 0;
        using (feed.Subscribe(_ => heard++))
            feed.Publish(Own);
        feed.Publish(Own);

        Assert.Equal(1, heard);
        await Task.CompletedTask;
    }

    [Fact]
    public async Task An_open_page_hears_over_the_wire_that_the_bot_answered()
    {
        await using var host = await ConsoleHost.StartAsync();
        using var alice = await host.SignInAsync("alice");
        var stop = TestContext.Current.CancellationToken;
        using var response = await alice.Client.GetAsync("/console/live", HttpCompletionOption.ResponseHeadersRead, stop);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(stop));
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("event: changed", await reader.ReadLineAsync(stop));

        await host.Services.GetRequiredService<IChannel>().SendAsync(new("m1", Own, new("hello")), stop);

        string? line;
        do
            line = await reader.ReadLineAsync(stop);
        while (line is "" or "data: " or "data:");
        Assert.Equal("event: changed", line);
    }

    [Fact]
    public async Task Stopping_the_host_does_not_wait_for_open_pages()
    {
        await using var host = await ConsoleHost.StartAsync();
        using var alice = await host.SignInAsync("alice");
        var stop = TestContext.Current.CancellationToken;
        using var response = await alice.Client.GetAsync("/console/live", HttpCompletionOption.ResponseHeadersRead, stop);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(stop));
        await reader.ReadLineAsync(stop);

        await host.StopAsync();

        // A stream that was cut off when the time to stop ran out would throw here.
        Assert.DoesNotContain("error", await reader.ReadToEndAsync(stop));
    }

    /// <summary>A clock whose timers never ring, so that nothing but what the test does is heard.</summary>
    private sealed class StillTime : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            period == ChangeStream.SlowBeat ? new Never() : base.CreateTimer(callback, state, dueTime, period);

        private sealed class Never : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}
