namespace ItOps.Bot.People;

/// <summary>The stable id of one person in the directory of people (an object id, never a name or an address).</summary>
public readonly record struct PersonId(string Value)
{
    public override string ToString() => Value;
}

/// <summary>
/// One person. <paramref name="Names"/> are all names by which others may call them: the sign-in name first, then first name, full name, e-mail.
/// </summary>
public sealed record Person(
    PersonId Id,
    string DisplayName,
    string GivenName,
    string Email,
    string? Department,
    PersonId? Manager,
    IReadOnlyList<string> Names)
{
    /// <summary>Unique in the directory; none for somebody without.</summary>
    public string? SignInName => Names.Count > 0 ? Names[0] : null;
}
