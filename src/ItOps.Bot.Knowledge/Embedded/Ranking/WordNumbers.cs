using ItOps.Bot.Knowledge.Embedded.Language;

namespace ItOps.Bot.Knowledge.Embedded.Ranking;

/// <summary>
/// Numbers meanings, so that what was read of a runbook is small and stays valid when the library changes. Only ever grows; one thread at a time.
/// </summary>
internal sealed class WordNumbers
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<(string Meaning, WordClass Class)> _words = [];

    public int Count => _words.Count;

    public (string Meaning, WordClass Class) this[int number] => _words[number];

    public int Of(Reading reading)
    {
        if (_numbers.TryGetValue(reading.Meaning, out var number))
            return number;
        _numbers[reading.Meaning] = _words.Count;
        _words.Add((reading.Meaning, reading.Class));
        return _words.Count - 1;
    }
}
