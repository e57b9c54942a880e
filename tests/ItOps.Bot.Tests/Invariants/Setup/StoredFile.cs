using ItOps.Bot.Tests.Stories.Stage;
using Microsoft.Data.Sqlite;

namespace ItOps.Bot.Tests.Invariants.Setup;

/// <summary>Somebody who can write to the database file, past the bot.</summary>
internal static class StoredFile
{
    /// <summary>Runs a statement on the file; returns how many rows it changed, and fails when that is none.</summary>
    public static async Task TamperAsync(this BotHost bot, string sql, params (string Name, object Value)[] values)
    {
        await using var connection = new SqliteConnection($"Data Source={bot.DatabaseFile};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in values)
            command.Parameters.AddWithValue(name, value);
        Assert.NotEqual(0, await command.ExecuteNonQueryAsync());
    }

    public static Task SetRequestAsync(this BotHost bot, string id, string path, string value) => bot.TamperAsync(
        "UPDATE requests SET body = json_set(body, $path, $value), status = CASE $path WHEN '$.Status' THEN $value ELSE status END WHERE id = $id",
        ("$path", path), ("$value", value), ("$id", id));

    public static Task SetApprovalAsync(this BotHost bot, string id, string path, string value) => bot.TamperAsync(
        "UPDATE approvals SET body = json_set(body, $path, $value), status = CASE $path WHEN '$.Status' THEN $value ELSE status END WHERE id = $id",
        ("$path", path), ("$value", value), ("$id", id));

    /// <summary>Everything that the file and its journal hold, as text.</summary>
    public static async Task<string> AllBytesAsync(this BotHost bot)
    {
        var text = new System.Text.StringBuilder();
        foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(bot.DatabaseFile)!, "itops.db*"))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var bytes = new MemoryStream();
            await stream.CopyToAsync(bytes);
            text.Append(System.Text.Encoding.Latin1.GetString(bytes.ToArray()));
        }

        return text.ToString();
    }
}
