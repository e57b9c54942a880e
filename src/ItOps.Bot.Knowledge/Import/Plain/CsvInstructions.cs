using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using ItOps.Bot.Knowledge.Yaml;

namespace ItOps.Bot.Knowledge.Import.Plain;

/// <summary>Instructions of a table: a header line, then one row each, separated by comma, semicolon or tab (RFC 4180).</summary>
internal static class CsvInstructions
{
    private const int MostRows = 500;
    private const int MostColumns = 60;
    private const int LongestCell = 20_000;

    private static readonly string[] s_delimiters = [",", ";", "\t"];

    public static IReadOnlyList<PlainInstruction> Read(string text, FileProblems problems)
    {
        var instructions = new List<PlainInstruction>();
        using var parser = new CsvParser(new StringReader(text), new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = Delimiter(text),
            MaxFieldSize = LongestCell,
            BadDataFound = bad => throw new BadDataException(bad.Field, bad.RawRecord, bad.Context),
            IgnoreBlankLines = true,
        });
        var line = 1;
        try
        {
            string[]? header = null;
            while (parser.Read())
            {
                var row = parser.Record!;
                if (header is null)
                    header = Header(row, problems);
                else if (row.Length != header.Length)
                    problems.Add(line, $"has {row.Length} cells, and the header has {header.Length}; put a cell that holds a separator or a quote into quotes");
                else if (instructions.Count == MostRows)
                    problems.Add(line, $"more than {MostRows} rows; import them in parts");
                else
                    instructions.Add(header.Index().Aggregate(new PlainInstruction(line), (made, column) => made.With(column.Item, [row[column.Index]])));

                if (problems.Any)
                    return [];
                line = parser.RawRow + 1;
            }
        }
        catch (BadDataException)
        {
            problems.Add(line, "a quote stands where none may be; put the whole cell into quotes and write each quote in it twice");
        }
        catch (MaxFieldSizeException)
        {
            problems.Add(line, $"a cell has more than {LongestCell} characters; a quote may be missing at its end");
        }

        return problems.Any ? [] : instructions;
    }

    private static string[] Header(string[] row, FileProblems problems)
    {
        var columns = row.Select(PlainColumns.Of).ToList();
        if (row.Length > MostColumns)
            problems.Add(1, $"has {row.Length} columns, and {MostColumns} are the most");
        else if (!columns.Contains(PlainColumn.Title) || !columns.Contains(PlainColumn.Steps))
            problems.Add(1, $"the header is '{string.Join(", ", row.Take(8))}'; it needs a column 'title' and a column 'steps', and may have 'symptoms', 'category' and 'notes'");
        else if (columns.Count(c => c is PlainColumn.Title) > 1)
            problems.Add(1, "two columns are titles; rename one of them");
        return row;
    }

    /// <summary>What stands most often in the header.</summary>
    private static string Delimiter(string text)
    {
        var header = text[..(text.IndexOf('\n', StringComparison.Ordinal) is var end and >= 0 ? end : text.Length)];
        return s_delimiters.MaxBy(d => header.Count(c => c == d[0]))!;
    }
}
