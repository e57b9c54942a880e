namespace ItOps.Bot.People;

/// <summary>Whom an operator means who writes a sign-in name or a directory's id into a file.</summary>
public static class WrittenPerson
{
    public static bool IsCalled(this Person person, string text) =>
        person.Id.Value == text || string.Equals(person.SignInName, text, StringComparison.OrdinalIgnoreCase);

    /// <summary>Everybody whom the text may mean; it means somebody when that is exactly one.</summary>
    public static async Task<IReadOnlyList<Person>> MeantAsync(this IPersonDirectory people, string text, CancellationToken cancellationToken)
    {
        var named = await people.FindByNameAsync(text, cancellationToken);
        var byId = await people.FindAsync(new(text), cancellationToken);
        return [.. (byId is null ? named : [byId, .. named]).Where(p => p.IsCalled(text)).DistinctBy(p => p.Id)];
    }
}
