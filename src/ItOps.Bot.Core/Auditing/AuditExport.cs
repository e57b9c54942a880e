using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ItOps.Bot.Auditing;

/// <summary>
/// Writes the whole audit chain for other tools, streamed, in order. Both forms hold every field, so that the chain can be verified from an export alone.
/// </summary>
public static class AuditExport
{
    private static readonly JsonWriterOptions JsonOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>One JSON object per line (UTF-8, LF): keys in ordinal order, the moment in UTC with seven decimals.</summary>
    public static async Task WriteJsonLinesAsync(IAuditLog log, Stream output, CancellationToken cancellationToken)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        await foreach (var record in log.ReadAsync(1, cancellationToken))
        {
            buffer.ResetWrittenCount();
            WriteJson(buffer, record);
            buffer.Write("\n"u8);
            await output.WriteAsync(buffer.WrittenMemory, cancellationToken);
        }

        await output.FlushAsync(cancellationToken);
    }

    /// <summary>
    /// RFC 4180 (UTF-8, CRLF) with a header line. A cell that a spreadsheet would take for a formula gets an apostrophe in front.
    /// </summary>
    public static async Task WriteCsvAsync(IAuditLog log, Stream output, CancellationToken cancellationToken)
    {
        await output.WriteAsync("sequence,at,action,actor,actorName,subject,requestId,facts,previousHash,hash\r\n"u8.ToArray(), cancellationToken);
        await foreach (var record in log.ReadAsync(1, cancellationToken))
        {
            var entry = record.Entry;
            var line = string.Join(',', new[]
            {
                record.Sequence.ToString(CultureInfo.InvariantCulture), Moment(record.At), entry.Action, entry.Actor, entry.ActorName, entry.Subject,
                entry.RequestId ?? "", Facts(entry), record.PreviousHash, record.Hash,
            }.Select(Cell));
            await output.WriteAsync(Encoding.UTF8.GetBytes(line + "\r\n"), cancellationToken);
        }

        await output.FlushAsync(cancellationToken);
    }

    private static void WriteJson(IBufferWriter<byte> buffer, AuditRecord record)
    {
        using var json = new Utf8JsonWriter(buffer, JsonOptions);
        json.WriteStartObject();
        json.WriteString("action", record.Entry.Action);
        json.WriteString("actor", record.Entry.Actor);
        json.WriteString("actorName", record.Entry.ActorName);
        json.WriteString("at", Moment(record.At));
        json.WritePropertyName("facts");
        WriteFacts(json, record.Entry);
        json.WriteString("hash", record.Hash);
        json.WriteString("previousHash", record.PreviousHash);
        json.WriteString("requestId", record.Entry.RequestId);
        json.WriteNumber("sequence", record.Sequence);
        json.WriteString("subject", record.Entry.Subject);
        json.WriteEndObject();
    }

    private static void WriteFacts(Utf8JsonWriter json, AuditEntry entry)
    {
        json.WriteStartObject();
        foreach (var (name, value) in entry.Facts.OrderBy(f => f.Key, StringComparer.Ordinal))
            json.WriteString(name, value);
        json.WriteEndObject();
    }

    private static string Facts(AuditEntry entry)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer, JsonOptions))
            WriteFacts(json, entry);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);

    private static string Cell(string text)
    {
        // OWASP's list of what begins a formula; spaces in front do not stop a spreadsheet.
        if (text.TrimStart(' ') is ['=' or '+' or '-' or '@' or '\t' or '\r' or '\n', ..])
            text = "'" + text;
        return text.AsSpan().IndexOfAny("\",\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
