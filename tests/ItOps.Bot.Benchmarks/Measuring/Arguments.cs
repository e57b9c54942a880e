using System.Globalization;

namespace ItOps.Bot.Benchmarks.Measuring;

/// <summary>Options after the verb, each a name and a value.</summary>
internal sealed class Arguments
{
    private readonly Dictionary<string, string> _values = [];

    /// <exception cref="ArgumentException">An option is not known or has no value.</exception>
    public Arguments(string[] rest, params string[] known)
    {
        foreach (var pair in rest.Chunk(2))
        {
            if (pair is not [var name, var value] || !known.Contains(name))
                throw new ArgumentException($"'{pair[0]}' is not an option here, or has no value; there are {string.Join(", ", known)}.");
            _values[name] = value;
        }
    }

    public string? Text(string name) => _values.GetValueOrDefault(name);

    public int Number(string name, int otherwise) =>
        !_values.TryGetValue(name, out var text) ? otherwise
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value > 0 ? value
        : throw new ArgumentException($"{name} takes a number above 0.");
}
