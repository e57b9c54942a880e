using ItOps.Bot.Knowledge;
using ItOps.Bot.Runbooks;
using Microsoft.Data.Sqlite;

namespace ItOps.Bot.Host.Commands;

/// <summary>
/// SQLite's full-text search over the same text of each runbook, to compare with: BM25 over title, summary, utterances and synonyms, English stems, no accents.
/// A text finds nothing when the best score is below <see cref="Threshold"/>.
/// </summary>
public sealed class Fts5Retriever : IRetriever, IDisposable
{
    private const int MostRanked = 5;

    private readonly SqliteConnection _database = new("Data Source=:memory:");
    private readonly SqliteCommand _query;

    public Fts5Retriever(IEnumerable<Runbook> runbooks)
    {
        _database.Open();
        Run("CREATE VIRTUAL TABLE runbooks USING fts5(id UNINDEXED, title, summary, utterances, synonyms, tokenize = 'porter unicode61 remove_diacritics 2')");
        using var all = _database.BeginTransaction();
        foreach (var runbook in runbooks.Where(r => r.IsFound))
            Insert(runbook, all);
        all.Commit();
        _query = _database.CreateCommand();
        _query.CommandText = "SELECT id, -bm25(runbooks) FROM runbooks WHERE runbooks MATCH $words ORDER BY bm25(runbooks), id LIMIT 5";
        _query.Parameters.Add("$words", SqliteType.Text);
    }

    /// <summary>The least score of a match; below it nothing is found.</summary>
    public double Threshold { get; set; }

    public Task<Retrieval> RetrieveAsync(string text, CancellationToken cancellationToken) => Task.FromResult(Retrieve(text));

    public Retrieval Retrieve(string text)
    {
        var ranked = new List<RetrievedRunbook>(MostRanked);
        var words = new string([.. text.Select(c => char.IsLetterOrDigit(c) ? c : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        if (words.Count > 0)
        {
            _query.Parameters["$words"].Value = string.Join(" OR ", words.Select(w => $"\"{w}\""));
            using var rows = _query.ExecuteReader();
            while (rows.Read())
                ranked.Add(new RetrievedRunbook(rows.GetString(0), rows.GetDouble(1)));
        }

        return new Retrieval(ranked.Count > 0 && ranked[0].Score >= Threshold ? RetrievalVerdict.Match : RetrievalVerdict.Nothing, ranked, "sqlite-fts5-bm25");
    }

    public void Dispose()
    {
        _query.Dispose();
        _database.Dispose();
    }

    private void Insert(Runbook runbook, SqliteTransaction transaction)
    {
        using var insert = _database.CreateCommand();
        insert.Transaction = transaction;
        insert.CommandText = "INSERT INTO runbooks VALUES ($id, $title, $summary, $utterances, $synonyms)";
        insert.Parameters.AddWithValue("$id", runbook.Id);
        insert.Parameters.AddWithValue("$title", runbook.Title);
        insert.Parameters.AddWithValue("$summary", runbook.Summary);
        insert.Parameters.AddWithValue("$utterances", string.Join('\n', runbook.Utterances));
        insert.Parameters.AddWithValue("$synonyms", string.Join('\n', runbook.Synonyms.SelectMany(s => s)));
        insert.ExecuteNonQuery();
    }

    private void Run(string sql)
    {
        using var command = _database.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
