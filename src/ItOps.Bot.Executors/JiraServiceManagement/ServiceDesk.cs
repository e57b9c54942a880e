using System.Globalization;
using System.Text.Json.Nodes;
using ItOps.Bot.Executors.Http;
using ItOps.Bot.Tickets;

namespace ItOps.Bot.Executors.JiraServiceManagement;

/// <summary>
/// Customer requests. The API has no key of ours to open one under, so the summary begins with the request's number, which nothing else has, and is looked for first.
/// </summary>
internal sealed class ServiceDesk(ServiceDeskOptions options, ServiceDeskClient client) : ITicketDesk
{
    private string? _self;

    public string Name => "Jira Service Management";

    public async Task<TicketOpened> OpenAsync(TicketDraft draft, CancellationToken cancellationToken)
    {
        foreach (var there in await client.OwnRequestsAsync(draft.Number, cancellationToken))
        {
            var summary = (there["requestFieldValues"] as JsonArray ?? []).FirstOrDefault(f => Text(f, "fieldId") == "summary");
            if (Text(summary, "value").StartsWith(draft.Number + ":", StringComparison.Ordinal))
                return Opened(there);
        }

        return Opened(await client.CreateAsync(draft.Summary, WikiText.Escape(draft.Description), cancellationToken));
    }

    public async Task CommentAsync(string key, TicketComment comment, CancellationToken cancellationToken)
    {
        var self = await SelfAsync(cancellationToken);
        var there = await client.CommentsAsync(key, cancellationToken);
        if (there.Any(c => AuthorOf(c) == self && Text(c, "body").StartsWith(comment.Mark + " ", StringComparison.Ordinal)))
            return;
        await client.CommentAsync(key, $"{comment.Mark} {WikiText.Escape($"{comment.Author}: {comment.Text}")}", cancellationToken);
    }

    public async Task SetResolvedAsync(string key, bool resolved, string note, CancellationToken cancellationToken)
    {
        if (IsDone((await client.IssueAsync(key, cancellationToken))?["fields"]?["status"]) == resolved)
            return;
        var ways = (await client.TransitionsAsync(key, cancellationToken)).Where(t => IsDone(t["to"]) == resolved).ToList();
        var way = (resolved && options.ResolveTransition is { } named ? ways.Find(t => string.Equals(Text(t, "name"), named, StringComparison.OrdinalIgnoreCase)) : ways.FirstOrDefault())
            ?? throw new RefusedCallException($"No transition of {key} {(resolved ? "solves it" : "opens it again")}{(options.ResolveTransition is { } name ? $" (Executors:JiraServiceManagement:ResolveTransition is '{name}')" : "")}.");
        await client.TransitAsync(key, Text(way, "id"), cancellationToken);
    }

    /// <summary>The cursor is the id of the newest comment read: ids grow.</summary>
    public async Task<TicketNews> ReadAsync(string key, string cursor, CancellationToken cancellationToken)
    {
        var self = await SelfAsync(cancellationToken);
        var issue = (await client.IssueAsync(key, cancellationToken))?["fields"] ?? throw new RefusedCallException($"Jira Service Management has no {key} any more.");
        var read = Number(cursor);
        var comments = (await client.CommentsAsync(key, cancellationToken)).Where(c => Number(Text(c, "id")) > read).OrderBy(c => Number(Text(c, "id"))).ToList();
        var assignee = issue["assignee"];
        return new(
            [.. comments.Where(c => AuthorOf(c) != self).Select(Said)],
            comments.Count == 0 ? cursor : Text(comments[^1], "id"),
            IsDone(issue["status"]),
            assignee is null || Text(assignee, "accountId") == self ? null : Text(assignee, "displayName"));
    }

    private async Task<string> SelfAsync(CancellationToken cancellationToken) => _self ??= Text(await client.MyselfAsync(cancellationToken), "accountId") is { Length: > 0 } self
        ? self
        : throw new RefusedCallException("Jira Service Management does not say who the bot is.");

    private static TicketSaid Said(JsonNode comment) => new(
        Text(comment["author"], "displayName"),
        Text(comment, "body"),
        comment["created"]?["epochMillis"] is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at.GetValue<long>()) : DateTimeOffset.UnixEpoch);

    private static TicketOpened Opened(JsonNode? request) =>
        Text(request, "issueKey") is { Length: > 0 } key ? new(key, key) : throw new UnansweredException("Jira Service Management's answer names no request.", null);

    private static string AuthorOf(JsonNode comment) => Text(comment["author"], "accountId");

    private static bool IsDone(JsonNode? status) => Text(status?["statusCategory"], "key") == "done";

    private static long Number(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static string Text(JsonNode? node, string field) => node?[field]?.GetValue<string>() ?? "";
}
