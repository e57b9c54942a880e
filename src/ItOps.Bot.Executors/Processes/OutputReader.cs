using System.Globalization;
using System.Text;

namespace ItOps.Bot.Executors.Processes;

/// <summary>Reads a program's stream as UTF-8 lines; bytes that are not text become U+FFFD, long lines are cut.</summary>
internal sealed class OutputReader(OutputLimits limits, Func<string, CancellationToken, Task>? progress, Func<string, string>? mask = null)
{
    private readonly OutputWindow _window = new(limits);
    private readonly StringBuilder _line = new();
    private long _cut;
    private bool _afterReturn;

    public IReadOnlyList<string> Lines => _window.ToLines();

    public async Task ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(stream, new UTF8Encoding(false), detectEncodingFromByteOrderMarks: false, leaveOpen: true);
        var buffer = new char[16_384];
        try
        {
            while (await reader.ReadAsync(buffer, cancellationToken) is > 0 and var count)
                await TakeAsync(buffer.AsMemory(0, count), cancellationToken);
        }
        finally
        {
            // What a killed program wrote last is kept, without telling anyone any more.
            if (_line.Length > 0)
                _window.Add(TakeLine());
        }
    }

    private async Task TakeAsync(ReadOnlyMemory<char> text, CancellationToken cancellationToken)
    {
        while (text.Length > 0)
        {
            var end = text.Span.IndexOfAny('\n', '\r');
            Append(text.Span[..(end < 0 ? text.Length : end)]);
            if (end < 0)
                return;

            // A return alone ends a line too (progress bars); with a line feed after it, the two are one end.
            var isSecondHalf = text.Span[end] == '\n' && end == 0 && _afterReturn;
            _afterReturn = text.Span[end] == '\r';
            text = text[(end + 1)..];
            if (isSecondHalf)
                continue;
            var line = TakeLine();
            if (_window.Add(line) && progress is not null)
                await progress(line, cancellationToken);
        }
    }

    private void Append(ReadOnlySpan<char> text)
    {
        if (text.Length == 0)
            return;
        _afterReturn = false;
        var room = Math.Min(text.Length, limits.Line - _line.Length);
        _line.Append(text[..room]);
        _cut += text.Length - room;
    }

    private string TakeLine()
    {
        var line = PlainText.Of(_line.ToString());
        line = mask?.Invoke(line) ?? line;
        if (_cut > 0)
            line += string.Create(CultureInfo.InvariantCulture, $" … {_cut:N0} more characters");
        _line.Clear();
        _cut = 0;
        return line;
    }
}
