using System.Text.RegularExpressions;

namespace ItOps.Bot.Storage.Writing;

/// <summary>
/// SQL that every database takes, with its tables and columns as the model names them (a test holds each statement against the schema). Its values are given
/// in the order in which their names first stand in it.
/// </summary>
internal sealed partial class Statement(string sql)
{
    public string Sql => sql;

    public IReadOnlyList<string> Parameters { get; } = [.. Names().Matches(sql).Select(m => m.Value).Distinct(StringComparer.Ordinal)];

    [GeneratedRegex("@[a-z_]+")]
    private static partial Regex Names();
}
