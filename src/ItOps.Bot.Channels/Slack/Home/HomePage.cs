using System.Text.Json;
using ItOps.Bot.Approvals;
using ItOps.Bot.Channels.Slack.Blocks;
using ItOps.Bot.Replies;
using ItOps.Bot.Requests;

namespace ItOps.Bot.Channels.Slack.Home;

/// <summary>A person's Home tab, and the same queue as an answer to "/itops approvals".</summary>
internal static class HomePage
{
    /// <summary>Four blocks each, in a page of a hundred.</summary>
    private const int CardsInHome = 15;

    /// <summary>Of the 250 KB that a view may have.</summary>
    private const int JsonInHome = 150_000;

    /// <summary>Four blocks each, in a message of fifty.</summary>
    private const int CardsInMessage = 10;

    private const int RequestsInHome = 20;

    private static readonly Words W = Words.English;

    public static HomeView Of(IReadOnlyList<ServiceRequest> requests, IReadOnlyList<ApprovalQueueItem> queue, Uri publicUrl)
    {
        var blocks = new List<Block>();
        if (queue.Count > 0)
            blocks.AddRange(Queue(queue, CardsInHome, JsonInHome, publicUrl));
        blocks.Add(new HeaderBlock(new(W.YourRequestsTitle)));
        if (requests.Count == 0)
            blocks.AddRange(SlackRenderer.Paragraphs(W.NoRequestsYet, SlackLimits.SectionText));
        else
            blocks.Add(new RichTextBlock([new RichList("bullet", [.. requests.Take(RequestsInHome).Select(Line)])]));
        blocks.Add(new ActionsBlock([new Button(SlackActions.Link, new(W.OpenInConsole)) { Url = new Uri(publicUrl, "requests").AbsoluteUri }]));
        return new(blocks);
    }

    public static HomeView Saying(string text) => new([.. SlackRenderer.Paragraphs(text, SlackLimits.SectionText)]);

    public static SlackMessage QueueMessage(IReadOnlyList<ApprovalQueueItem> queue, Uri publicUrl, string key) => queue.Count == 0
        ? SlackRenderer.Plainly(W.NothingWaitsForYou)
        : new(W.WaitsForYou, SlackRenderer.Numbered(Queue(queue, CardsInMessage, SlackLimits.TextInBlocks, publicUrl), key));

    /// <summary>The oldest first, as far as there is room; the console has them all.</summary>
    private static List<Block> Queue(IReadOnlyList<ApprovalQueueItem> queue, int most, int room, Uri publicUrl)
    {
        var blocks = new List<Block> { new HeaderBlock(new(W.WaitsForYou)) };
        var shown = 0;
        foreach (var item in queue.Take(most))
        {
            Block[] card = [.. CardBlocks.Of(item.Card), new DividerBlock()];
            room -= card.Sum(b => JsonSerializer.SerializeToUtf8Bytes(b, SlackJson.Default.Block).Length);
            if (room < 0 && shown > 0)
                break;
            blocks.AddRange(card);
            shown++;
        }

        if (shown < queue.Count)
        {
            blocks.AddRange(SlackRenderer.Paragraphs(W.AndMore(queue.Count - shown), SlackLimits.SectionText));
            blocks.Add(new ActionsBlock([new Button(SlackActions.Link, new(W.OpenInConsole)) { Url = new Uri(publicUrl, "approvals").AbsoluteUri }]));
        }

        return blocks;
    }

    private static RichSection Line(ServiceRequest request) => new(
    [
        RichRun.Bold(SlackText.FitLine(request.Number, SlackLimits.LineText)),
        new RichRun($" {SlackText.FitLine(request.Title, SlackLimits.LineText)} · {CardBlocks.Symbol(RequestCards.StateOf(request.Status))} {W.State(request.Status)}"),
    ]);
}
