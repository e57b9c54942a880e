using System.Security.Cryptography;
using System.Text;
using ItOps.Bot.Secrets;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace ItOps.Bot.Storage.Tests.Setup;

/// <summary>A store on a real file in its own temporary folder; <see cref="Start"/> again is another process on the same file.</summary>
internal sealed class StoreFixture : IAsyncDisposable
{
    private readonly List<ServiceProvider> _started = [];
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    public StoreFixture()
    {
        Folder = Directory.CreateTempSubdirectory("itops-store-").FullName;
        File = Path.Combine(Folder, "data", "bot.db");
    }

    public string Folder { get; }

    public string File { get; }

    public ManualTime Time { get; } = new();

    public RecordedLog Log { get; } = new();

    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(60);

    public static StoreFixture New() => new();

    public ServiceProvider Start(Action<IServiceCollection>? more = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Time);
        services.AddSingleton<ISecretProtector>(new AesProtector(_key));
        services.AddSingleton(typeof(ILogger<>), typeof(Logger<>));
        services.AddSingleton<ILoggerFactory>(new LoggerFactory([Log]));
        services.AddStorage(new StorageOptions { ConnectionString = $"Data Source={File}", BusyTimeout = BusyTimeout });
        more?.Invoke(services);
        var started = services.BuildServiceProvider(validateScopes: true);
        _started.Add(started);
        return started;
    }

    /// <summary>A connection of somebody who goes past the program.</summary>
    public SqliteConnection Tamper()
    {
        var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        return connection;
    }

    public async Task TamperAsync(string sql)
    {
        await using var connection = Tamper();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var started in _started)
            await started.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private sealed class AesProtector(byte[] key) : ISecretProtector
    {
        public string Protect(string purpose, string plaintext)
        {
            using var aes = new AesGcm(key, 16);
            var clear = Encoding.UTF8.GetBytes(plaintext);
            var whole = new byte[12 + 16 + clear.Length];
            RandomNumberGenerator.Fill(whole.AsSpan(0, 12));
            aes.Encrypt(whole.AsSpan(0, 12), clear, whole.AsSpan(28), whole.AsSpan(12, 16), Encoding.UTF8.GetBytes(purpose));
            return Convert.ToBase64String(whole);
        }

        public string Unprotect(string purpose, string ciphertext)
        {
            using var aes = new AesGcm(key, 16);
            var whole = Convert.FromBase64String(ciphertext);
            var clear = new byte[whole.Length - 28];
            aes.Decrypt(whole.AsSpan(0, 12), whole.AsSpan(28), whole.AsSpan(12, 16), clear, Encoding.UTF8.GetBytes(purpose));
            return Encoding.UTF8.GetString(clear);
        }
    }
}
