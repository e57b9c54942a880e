using System.Runtime.CompilerServices;
using System.Threading.Channels;
using ItOps.Bot.Commits;
using ItOps.Bot.Conversations;
using ItOps.Bot.Execution;

namespace ItOps.Bot.Console.Live;

/// <summary>
/// Says "something changed" to one open page: at once when this process did it, and every few seconds because another process may share the database
/// and because times on a page grow old.
/// </summary>
internal sealed class ChangeStream(CommitFeed commits, RunProgress progress, ConsoleFeed conversations, TimeProvider time)
{
    public static readonly TimeSpan SlowBeat = TimeSpan.FromSeconds(5);

    // A run commits many times in a row; a page that is redrawn more often than this only flickers.
    private static readonly TimeSpan ShortestGap = TimeSpan.FromMilliseconds(150);

    public async IAsyncEnumerable<string> ReadAsync(ConversationId own, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        using var ofCommits = commits.Subscribe(_ => changes.Writer.TryWrite(true));
        using var ofRuns = progress.Subscribe(_ => changes.Writer.TryWrite(true));
        using var ofConversation = conversations.Subscribe(c =>
        {
            if (c == own)
                changes.Writer.TryWrite(true);
        });
        using var beat = time.CreateTimer(_ => changes.Writer.TryWrite(true), null, SlowBeat, SlowBeat);

        // What happened between drawing the page and this moment.
        yield return "";
        while (await ChangedAsync(changes.Reader, cancellationToken))
            yield return "";
    }

    /// <summary><c>false</c> when the page was left or the host stops: an end, not an error.</summary>
    private async Task<bool> ChangedAsync(ChannelReader<bool> changes, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(ShortestGap, time, cancellationToken);
            await changes.ReadAsync(cancellationToken);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
