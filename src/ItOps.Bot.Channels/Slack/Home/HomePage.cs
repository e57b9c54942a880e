using ItOps.Bot.Approvals;
using ItOps.Bot.Channels.Slack.Blocks;
using ItOps.Bot.Replies;
using ItOps.Bot.Requests;

namespace ItOps.Bot.Channels.Slack.Home;

/// <summary>A person's Home tab, and the same queue as an answer to "/itops approvals".</summary>
internal static class HomePage
{
    /// <summary>As many as have room in a view's text; the console has them all.</summary>
    private const int CardsInHome = 7;

    /// <summary>As many as have room in a message's text.</summary>
    private const int CardsInMessage = 2;

    private const int RequestsInHome = 20;

    private static readonly Words W = Words.English;

    public static HomeView Of(IReadOnlyList<ServiceRequest> requests, IReadOnlyList<ApprovalQueueItem> queue, Uri publicUrl)
    {
        var blocks = new List<Block>();
        if (queue.Count > 0)
            blocks.AddRange(Queue(queue, CardsInHome));
        blocks.Add(new HeaderBlock(new(W.YourRequestsTitle)));
        if (requests.Count == 0)
            blocks.AddRange(SlackRenderer.Paragraphs(W.NoRequestsYet, SlackLimits.SectionText));
        else
            blocks.Add(new RichTextBlock([new RichList("bullet", [.. requests.Take(RequestsInHome).Select(Line)])]));
        blocks.Add(new ActionsBlock([new Button(SlackActions.Link, new(W.OpenInConsole)) { Url = new Uri(publicUrl, "requests").AbsoluteUri }]));
        return new(blocks);
    }

    public static HomeView Saying(string text) => new([.. SlackRenderer.Paragraphs(text, SlackLimits.SectionText)]);

    public static SlackMessage QueueMessage(IReadOnlyList<ApprovalQueueItem> queue, string key) => queue.Count == 0
        ? SlackRenderer.Plainly(W.NothingWaitsForYou)
        : new(W.WaitsForYou, SlackRenderer.Numbered(Queue(queue, CardsInMessage), key));

    private static IEnumerable<Block> Queue(IReadOnlyList<ApprovalQueueItem> queue, int most)
    {
        yield return new HeaderBlock(new(W.WaitsForYou));
        foreach (var block in queue.Take(most).SelectMany(item => CardBlocks.Of(item.Card).Append(new DividerBlock())))
            yield return block;
        if (queue.Count > most)
            yield return new RichTextBlock([new RichSection([new RichRun(W.AndMore(queue.Count - most))])]);
    }

    private static RichSection Line(ServiceRequest request) => new(
    [
        RichRun.Bold(SlackText.FitLine(request.Number, SlackLimits.LineText)),
        new RichRun($" {SlackText.FitLine(request.Title, SlackLimits.LineText)} · {CardBlocks.Symbol(RequestCards.StateOf(request.Status))} {W.State(request.Status)}"),
    ]);
}
