namespace ItOps.Bot.Runbooks;

/// <summary>An argument as a runbook writes it: a literal, exactly one <c>{parameter}</c>, or the forbidden mixture of both (I5).</summary>
public abstract record ArgumentValue
{
    private ArgumentValue()
    {
    }

    public sealed record Literal(string Text) : ArgumentValue;

    public sealed record Reference(string Name) : ArgumentValue;

    public sealed record Mixture(string Text) : ArgumentValue;

    public static ArgumentValue Parse(string text)
    {
        if (!text.Contains('{') && !text.Contains('}'))
            return new Literal(text);

        var inner = text.Length > 2 && text[0] == '{' && text[^1] == '}' ? text[1..^1] : "";
        return inner.Length > 0 && inner.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') ? new Reference(inner) : new Mixture(text);
    }
}
