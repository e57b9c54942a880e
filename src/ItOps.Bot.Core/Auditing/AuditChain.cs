using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ItOps.Bot.Auditing;

/// <summary>
/// The arithmetic of the audit chain, without any store: how a record is hashed, appended and checked. What is hashed is the record's
/// canonical JSON as RFC 8785 (JSON Canonicalization Scheme) defines it, so that an exported log can be checked with any other tool.
/// </summary>
public static class AuditChain
{
    /// <summary>
    /// Canonical JSON of every field but the hash itself: keys in ordinal order, no white space, the moment in UTC with seven decimals.
    /// </summary>
    public static string Canonical(AuditRecord record)
    {
        var entry = record.Entry;
        var json = new StringBuilder(320);
        json.Append("{\"action\":").AppendJson(entry.Action)
            .Append(",\"actor\":").AppendJson(entry.Actor)
            .Append(",\"actorName\":").AppendJson(entry.ActorName)
            .Append(",\"at\":").AppendJson(record.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture))
            .Append(",\"facts\":{");
        var first = true;
        foreach (var (name, value) in entry.Facts.OrderBy(f => f.Key, StringComparer.Ordinal))
        {
            if (!first)
                json.Append(',');
            first = false;
            json.AppendJson(name).Append(':').AppendJson(value);
        }

        return json.Append("},\"previousHash\":").AppendJson(record.PreviousHash)
            .Append(",\"requestId\":").AppendJson(entry.RequestId)
            .Append(",\"sequence\":").Append(record.Sequence)
            .Append(",\"subject\":").AppendJson(entry.Subject)
            .Append('}').ToString();
    }

    /// <summary>The record that follows <paramref name="head"/>; its sequence and hash are the next head.</summary>
    public static AuditRecord Append(AuditHead head, DateTimeOffset at, AuditEntry entry)
    {
        var record = new AuditRecord(head.Count + 1, at.ToUniversalTime(), entry, head.Hash, Hash: "");
        return record with { Hash = HashOf(record) };
    }

    /// <summary>
    /// Reads the whole chain and says whether each record is the one that was written, in its place, with none missing, added or cut off.
    /// Records that are committed meanwhile do no harm.
    /// </summary>
    public static async Task<AuditVerdict> VerifyAsync(IAuditLog log, CancellationToken cancellationToken)
    {
        // The head is read first: what it counts must all be there, while the log may grow on.
        var promised = await log.HeadAsync(cancellationToken);
        var seen = AuditHead.Empty;
        await foreach (var record in log.ReadAsync(long.MinValue, cancellationToken))
        {
            if (Flaw(seen, record) is { } flaw)
                return AuditVerdict.Broken(seen.Count, flaw);
            seen = new AuditHead(record.Sequence, record.Hash);
            if (seen.Count == promised.Count && seen.Hash != promised.Hash)
                return AuditVerdict.Broken(seen.Count - 1, "its hash is not the one that the chain's head holds");
        }

        if (seen.Count < promised.Count)
            return AuditVerdict.Broken(seen.Count, $"it is missing, and so is all up to {promised.Count}: the tail was cut off");
        if (seen.Count > promised.Count && seen.Count > (await log.HeadAsync(cancellationToken)).Count)
            return AuditVerdict.Broken(promised.Count, "the chain's head does not know it");
        return new AuditVerdict(Ok: true, seen.Count, FirstBroken: null, What: null);
    }

    private static string? Flaw(AuditHead before, AuditRecord record)
    {
        var expected = before.Count + 1;
        if (record.Sequence > expected)
            return $"it is missing; the next record is {record.Sequence}";
        if (record.Sequence < expected)
            return $"record {record.Sequence} stands where it should be";
        if (record.Hash != HashOf(record))
            return "its fields do not match its hash";
        return record.PreviousHash != before.Hash ? "it does not follow the record before it" : null;
    }

    private static string HashOf(AuditRecord record) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Canonical(record))));

    // RFC 8785, 3.2.2.2: only what JSON demands is escaped, with the short forms where there are any.
    private static StringBuilder AppendJson(this StringBuilder json, string? text)
    {
        if (text is null)
            return json.Append("null");
        json.Append('"');
        foreach (var c in text)
        {
            _ = c switch
            {
                '"' => json.Append("\\\""),
                '\\' => json.Append("\\\\"),
                '\b' => json.Append("\\b"),
                '\t' => json.Append("\\t"),
                '\n' => json.Append("\\n"),
                '\f' => json.Append("\\f"),
                '\r' => json.Append("\\r"),
                < ' ' => json.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture)),
                _ => json.Append(c),
            };
        }

        return json.Append('"');
    }
}

/// <summary>
/// Whether the chain holds. <paramref name="Count"/> is how many records are sound from the first on; <paramref name="FirstBroken"/> is the sequence
/// after them and <paramref name="What"/> says what is wrong there.
/// </summary>
public sealed record AuditVerdict(bool Ok, long Count, long? FirstBroken, string? What)
{
    internal static AuditVerdict Broken(long sound, string what) => new(Ok: false, sound, sound + 1, what);
}
