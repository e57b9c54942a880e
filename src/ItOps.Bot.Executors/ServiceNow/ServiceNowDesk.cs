using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ItOps.Bot.Executors.Http;
using ItOps.Bot.Tickets;

namespace ItOps.Bot.Executors.ServiceNow;

/// <summary>
/// Incidents. The correlation id makes opening one happen once; the mark at the beginning of a comment does the same for comments. Solved is resolved (6), closed (7) or
/// cancelled (8); opened again is in progress (2).
/// </summary>
internal sealed partial class ServiceNowDesk(ServiceNowOptions options, ServiceNowClient client) : ITicketDesk
{
    private const string Resolved = "6";
    private const string InProgress = "2";
    private const string Moment = "yyyy-MM-dd HH:mm:ss";
    private const int LongestSummary = 160;

    private static readonly string[] s_over = [Resolved, "7", "8"];

    public string Name => "ServiceNow";

    public async Task<TicketOpened> OpenAsync(TicketDraft draft, CancellationToken cancellationToken)
    {
        if (!draft.CorrelationId.All(char.IsAsciiLetterOrDigit))
            throw new ArgumentException("A correlation id has letters and digits only.", nameof(draft));
        if (await client.FindIncidentAsync(draft.CorrelationId, cancellationToken) is { } there)
            return Opened(there);
        var fields = new JsonObject
        {
            ["short_description"] = Turns.MessageText.Cut(Plain(draft.Summary), LongestSummary),
            ["description"] = Plain(draft.Description),
            ["correlation_id"] = draft.CorrelationId,
            ["correlation_display"] = "ItOps.Bot " + draft.Number,
        };
        if (options.AssignmentGroup is { } group)
            fields["assignment_group"] = group;
        return Opened(await client.CreateIncidentAsync(fields, cancellationToken));
    }

    public async Task CommentAsync(string key, TicketComment comment, CancellationToken cancellationToken)
    {
        var there = await client.CommentsAsync(key, "", cancellationToken);
        if (there.Any(c => IsOwn(c) && Text(c, "value").StartsWith(comment.Mark + " ", StringComparison.Ordinal)))
            return;
        await client.ChangeIncidentAsync(key, new() { ["comments"] = Plain($"{comment.Mark} {comment.Author}: {comment.Text}") }, cancellationToken);
    }

    public async Task SetResolvedAsync(string key, bool resolved, string note, CancellationToken cancellationToken)
    {
        if (IsOver(await client.IncidentAsync(key, cancellationToken)) == resolved)
            return;
        await client.ChangeIncidentAsync(
            key,
            resolved
                ? new() { ["state"] = Resolved, ["close_code"] = options.CloseCode, ["close_notes"] = Plain(note) }
                : new() { ["state"] = InProgress },
            cancellationToken);
    }

    /// <summary>The cursor is the newest moment read, and the entries of its second: the Table API tells time to the second.</summary>
    public async Task<TicketNews> ReadAsync(string key, string cursor, CancellationToken cancellationToken)
    {
        var incident = await client.IncidentAsync(key, cancellationToken) ?? throw new RefusedCallException($"ServiceNow has no incident {key} any more.");
        var (from, seen) = cursor.Split('|') is [var moment, var ids] ? (moment, ids.Split(',')) : ("", []);
        var entries = (await client.CommentsAsync(key, from, cancellationToken)).Where(e => !seen.Contains(Text(e, "sys_id"))).ToList();
        if (entries.Count > 0)
        {
            var last = Text(entries[^1], "sys_created_on");
            var ofLast = entries.Where(e => Text(e, "sys_created_on") == last).Select(e => Text(e, "sys_id"));
            cursor = $"{last}|{string.Join(',', last == from ? [.. seen, .. ofLast] : ofLast)}";
        }

        var assignee = incident["assigned_to"]?["display_value"]?.GetValue<string>();
        return new([.. entries.Where(e => !IsOwn(e)).Select(Said)], cursor, IsOver(incident), string.IsNullOrEmpty(assignee) ? null : assignee);
    }

    private static TicketSaid Said(JsonNode entry) => new(
        Text(entry, "sys_created_by"),
        Text(entry, "value"),
        DateTimeOffset.TryParseExact(Text(entry, "sys_created_on"), Moment, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : DateTimeOffset.UnixEpoch);

    private static TicketOpened Opened(JsonNode? incident) => incident is not null && Text(incident, "sys_id") is var key && ServiceNowIds.IsSysId(key) && Text(incident, "number") is { Length: > 0 } number
        ? new(key, number)
        : throw new UnansweredException("ServiceNow's answer names no incident.", null);

    private bool IsOwn(JsonNode entry) => string.Equals(Text(entry, "sys_created_by"), options.User, StringComparison.OrdinalIgnoreCase);

    private static bool IsOver(JsonNode? incident) => s_over.Contains(incident?["state"]?["value"]?.GetValue<string>());

    private static string Text(JsonNode node, string field) => node[field]?.GetValue<string>() ?? "";

    /// <summary>A journal shows what stands between its code tags as HTML; nothing of anybody's does.</summary>
    private static string Plain(string text) => CodeTag().Replace(text, "($1code)");

    [GeneratedRegex(@"\[\s*(/?)\s*code\s*\]", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex CodeTag();
}
