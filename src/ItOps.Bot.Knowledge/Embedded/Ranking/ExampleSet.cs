namespace ItOps.Bot.Knowledge.Embedded.Ranking;

/// <summary>Ways of asking, each as the different words that it has, by number. Where each begins stands in one array, because a large library has half a million.</summary>
internal readonly struct ExampleSet
{
    private readonly int[] _words;
    private readonly int[] _ends;

    public ExampleSet(IReadOnlyList<List<int>> examples)
    {
        _words = [.. examples.SelectMany(e => e)];
        _ends = new int[examples.Count];
        for (var i = 0; i < examples.Count; i++)
            _ends[i] = examples[i].Count + (i == 0 ? 0 : _ends[i - 1]);
    }

    public int Count => _ends.Length;

    public ReadOnlySpan<int> Words => _words;

    public ReadOnlySpan<int> this[int example]
    {
        get
        {
            var start = example == 0 ? 0 : _ends[example - 1];
            return _words.AsSpan(start, _ends[example] - start);
        }
    }

    /// <summary>
    /// The likeness of the most similar example, from 0 to 1: the geometric mean of how much of the text the example has, and how much of the example the
    /// text has; and the mean likeness of the best three.
    /// </summary>
    /// <param name="said">The weight of each word in the text, by number; 0 for what it does not have.</param>
    /// <param name="total">The weight of the whole text.</param>
    /// <param name="worth">The weight of each word, by number.</param>
    /// <param name="counts">Whether an example with this word may count; when given, examples without such a word in the text do not.</param>
    public (float Best, float BestThree, int Index) Nearest(float[] said, float total, float[] worth, Func<int, bool>? counts = null)
    {
        float first = 0, second = 0, third = 0;
        var index = -1;
        for (var i = 0; i < _ends.Length; i++)
        {
            float ofText = 0, ofExample = 0, whole = 0;
            var admitted = counts is null;
            foreach (var word in this[i])
            {
                whole += worth[word];
                if (said[word] <= 0)
                    continue;
                ofText += said[word];
                ofExample += worth[word];
                admitted |= counts is not null && counts(word);
            }

            if (ofText <= 0 || !admitted)
                continue;
            var likeness = MathF.Sqrt(ofText / total * (ofExample / whole));
            if (likeness > first)
                (first, second, third, index) = (likeness, first, second, i);
            else if (likeness > second)
                (second, third) = (likeness, second);
            else if (likeness > third)
                third = likeness;
        }

        return (first, (first + second + third) / 3, index);
    }
}
