using System.Globalization;

namespace ItOps.Bot.Executors.Processes;

/// <summary>Keeps the first and the last lines of a stream within fixed memory, and counts what is left out between them.</summary>
internal sealed class OutputWindow(OutputLimits limits)
{
    private readonly List<string> _head = [];
    private readonly Queue<string> _tail = new();
    private int _headLength;
    private int _tailLength;
    private long _leftOut;
    private bool _headIsFull;

    /// <summary>Returns whether the line is among the first ones.</summary>
    public bool Add(string line)
    {
        // A line break counts, so that empty lines use up space too.
        var length = line.Length + 1;
        if (!_headIsFull && _headLength + length <= limits.Head)
        {
            _head.Add(line);
            _headLength += length;
            return true;
        }

        _headIsFull = true;
        _tail.Enqueue(line);
        _tailLength += length;
        while (_tailLength > limits.Tail && _tail.Count > 1)
        {
            _tailLength -= _tail.Dequeue().Length + 1;
            _leftOut++;
        }

        return false;
    }

    public IReadOnlyList<string> ToLines() => _leftOut == 0
        ? [.. _head, .. _tail]
        : [.. _head, string.Create(CultureInfo.InvariantCulture, $"… {_leftOut:N0} lines left out …"), .. _tail];
}
