using System.Text.Json.Nodes;

namespace ItOps.Bot.Testing.Entra;

/// <summary>
/// A filter as Graph's parser reads it: quoted literals in which a quote is written twice, <c>eq</c>, <c>in</c>, <c>startsWith</c>, <c>and</c>, <c>or</c>,
/// parentheses; <c>ne</c>, <c>not</c> and <c>endsWith</c> are advanced. Whatever else there is, or is left over, is an error.
/// </summary>
internal sealed class ODataFilter
{
    private const int MostClauses = 15;

    private readonly string _text;
    private readonly Func<string, bool> _isFilterable;
    private int _at;
    private int _clauses;

    private ODataFilter(string text, Func<string, bool> isFilterable) => (_text, _isFilterable) = (text, isFilterable);

    public bool IsAdvanced { get; private set; }

    public Func<JsonObject, bool> Matches { get; private set; } = _ => false;

    /// <exception cref="FormatException">Graph would answer 400.</exception>
    public static ODataFilter Parse(string text, Func<string, bool> isFilterable)
    {
        var filter = new ODataFilter(text, isFilterable);
        filter.Matches = filter.Or();
        filter.Blank();
        if (filter._at < text.Length)
            throw new FormatException($"Invalid filter clause: Syntax error at position {filter._at} in '{text}'.");
        return filter;
    }

    private Func<JsonObject, bool> Or()
    {
        var left = And();
        while (Word("or"))
        {
            var (before, right) = (left, And());
            left = o => before(o) || right(o);
        }

        return left;
    }

    private Func<JsonObject, bool> And()
    {
        var left = Clause();
        while (Word("and"))
        {
            var (before, right) = (left, Clause());
            left = o => before(o) && right(o);
        }

        return left;
    }

    private Func<JsonObject, bool> Clause()
    {
        Blank();
        if (++_clauses > MostClauses)
            throw new FormatException("Too many child clauses specified in search filter expression.");
        if (Sign('('))
        {
            var inner = Or();
            return Sign(')') ? inner : throw Error();
        }

        if (Word("not"))
        {
            IsAdvanced = true;
            var inner = Clause();
            return o => !inner(o);
        }

        var name = Name();
        if (name is "startsWith" or "endsWith")
        {
            IsAdvanced |= name == "endsWith";
            var (property, part) = Sign('(') && Property(Name()) is var p && Sign(',') && Literal() is { } text && Sign(')') ? (p, text) : throw Error();
            return o => o[property]?.GetValue<string>() is { } value
                && (name == "endsWith" ? value.EndsWith(part, StringComparison.OrdinalIgnoreCase) : value.StartsWith(part, StringComparison.OrdinalIgnoreCase));
        }

        Property(name);
        if (Word("in"))
        {
            var values = new List<string?>();
            if (!Sign('('))
                throw Error();
            do
            {
                values.Add(Literal());
                if (values.Count > MostClauses)
                    throw new FormatException("Too many child clauses specified in search filter expression.");
            }
            while (Sign(','));
            return Sign(')') ? o => values.Exists(v => Same(o[name], v)) : throw Error();
        }

        var negated = Word("ne");
        IsAdvanced |= negated;
        if (!negated && !Word("eq"))
            throw Error();
        var wanted = Literal();
        return o => Same(o[name], wanted) != negated;
    }

    private static bool Same(JsonNode? value, string? wanted) => value is null ? wanted is null : string.Equals(value.ToString(), wanted, StringComparison.OrdinalIgnoreCase);

    private string Property(string name) => _isFilterable(name) ? name : throw new FormatException($"Invalid filter clause: Could not find a property named '{name}'.");

    private string Name()
    {
        Blank();
        var from = _at;
        while (_at < _text.Length && char.IsAsciiLetterOrDigit(_text[_at]))
            _at++;
        return _at > from ? _text[from.._at] : throw Error();
    }

    private string? Literal()
    {
        Blank();
        if (_at >= _text.Length || _text[_at] != '\'')
            return Name() is var bare && bare is "true" or "false" ? bare : bare == "null" ? null : throw Error();
        var value = new System.Text.StringBuilder();
        for (_at++; _at < _text.Length; _at++)
        {
            if (_text[_at] != '\'')
                value.Append(_text[_at]);
            else if (_at + 1 < _text.Length && _text[_at + 1] == '\'')
                value.Append(_text[_at++]);
            else
            {
                _at++;
                return value.ToString();
            }
        }

        throw new FormatException($"There is an unterminated string literal at position {_text.Length} in '{_text}'.");
    }

    private bool Word(string word)
    {
        Blank();
        if (!_text.AsSpan(_at).StartsWith(word, StringComparison.Ordinal) || (_at + word.Length < _text.Length && char.IsAsciiLetterOrDigit(_text[_at + word.Length])))
            return false;
        _at += word.Length;
        return true;
    }

    private bool Sign(char sign)
    {
        Blank();
        if (_at >= _text.Length || _text[_at] != sign)
            return false;
        _at++;
        return true;
    }

    private void Blank()
    {
        while (_at < _text.Length && _text[_at] == ' ')
            _at++;
    }

    private FormatException Error() => new($"Invalid filter clause: Syntax error at position {_at} in '{_text}'.");
}
