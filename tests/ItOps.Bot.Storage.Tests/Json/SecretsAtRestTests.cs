using System.Text;
using ItOps.Bot.Commits;
using ItOps.Bot.Conversations;
using ItOps.Bot.Execution;
using ItOps.Bot.Replies;
using ItOps.Bot.Requests;
using ItOps.Bot.Secrets;
using ItOps.Bot.Storage.Tests.Setup;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Storage.Tests.Json;

/// <summary>I6: what is on the disk does not give a secret away.</summary>
public sealed class SecretsAtRestTests
{
    private const string Password = "correct-horse-battery-staple";
    private const string Link = "/secret/9f86d081884c7d659a2feaa0c55ad015";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_byte_of_a_secret_reaches_the_files()
    {
        await using var store = new StoreFixture();
        var bot = store.Start();
        var reply = new Reply("Here it is") { Link = new SecretLink("Show", new Secret<string>(Link), Samples.Moment) };
        await bot.GetRequiredService<ICommitStore>().CommitAsync(
            Samples.Audited(
                new RequestSaved(Samples.Request()),
                new StepJournaled(new StepRecord("r1", "d1", 0, "account.reset", StepStatus.Started) { Fence = 1, Secret = new(Password) }),
                new MessageQueued(Samples.Message() with { Reply = reply })),
            Cancel);
        await bot.GetRequiredService<ITranscript>().PostAsync(new TranscriptMessage("m1", Samples.Chat, Samples.Moment, null, reply), Cancel);
        await bot.GetRequiredService<ITranscript>().UpdateAsync(Samples.Chat, "m1", reply, Cancel);

        var files = Directory.GetFiles(Path.GetDirectoryName(store.File)!);
        Assert.Contains(files, f => f.EndsWith("-wal", StringComparison.Ordinal));
        var all = files.SelectMany(Read).ToArray();

        foreach (var secret in new[] { Password, Link, Password[..12], Convert.ToBase64String(Encoding.UTF8.GetBytes(Password))[..16] })
        {
            Assert.Equal(-1, all.AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)));
            Assert.Equal(-1, all.AsSpan().IndexOf(Encoding.Unicode.GetBytes(secret)));
        }

        // The search can find what is there.
        Assert.NotEqual(-1, all.AsSpan().IndexOf(Encoding.UTF8.GetBytes("Here it is")));
        Assert.Equal(Password, (await bot.GetRequiredService<IRequestStore>().StepsAsync("r1", Cancel))[0].Secret!.Reveal());
        Assert.Equal(Link, (await bot.GetRequiredService<ITranscript>().ReadAsync(Samples.Chat, 1, Cancel))[0].Reply!.Link!.Url.Reveal());
    }

    [Fact]
    public async Task A_secret_of_another_type_than_text_is_refused_rather_than_written_in_the_open()
    {
        await using var store = new StoreFixture();
        var json = store.Start().GetRequiredService<Storage.Json.StoredJson>();

        var text = Record.Exception(() => json.Write(new { Pin = new Secret<int>(4711) }));

        Assert.IsType<NotSupportedException>(text);
    }

    private static byte[] Read(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
