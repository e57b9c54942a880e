using ItOps.Bot.Testing.Chroma;

namespace ItOps.Bot.Tests.Program;

/// <summary>What an operator does with Chroma on the command line.</summary>
public sealed class ChromaCommandTests : IDisposable
{
    private readonly BotProcess _bot = new();

    public void Dispose() => _bot.Dispose();

    [Fact]
    public async Task The_index_is_rebuilt_measured_and_left_alone_by_rehearsals()
    {
        foreach (var name in (string[])["account_locked", "password_reset", "password_reset_for_another"])
            _bot.Write($"runbooks/access/{name}.md", await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "data", "runbooks", "access", name + ".md"), TestContext.Current.CancellationToken));
        _bot.Write("runbooks/access/account_locked/tests.yaml", "finds: [three wrong tries and now I am locked out of my login]\nignores: [hello]\nplans:\n  - as: alice\n    says: unlock my account\n    answers: { account: directory }\n    steps: [account.unlock]\n");
        await using var chroma = await FakeChroma.StartAsync();
        await using var relay = await ChromaRelay.StartAsync(chroma.Url);
        _bot.Variables["Knowledge__RunbookFolder"] = Path.Combine(_bot.Folder, "runbooks");
        _bot.Variables["Knowledge__Retriever"] = "chroma";
        _bot.Variables["Knowledge__Chroma__Url"] = relay.Url.AbsoluteUri;
        _bot.Variables["Knowledge__Chroma__QueryTimeOutMilliseconds"] = "10000";

        var reindexed = await _bot.RunAsync("runbooks", "reindex");
        Assert.Equal(("", 0), (reindexed.Errors, reindexed.ExitCode));
        Assert.Equal("ok 2 runbooks embedded, 0 kept, 0 removed", reindexed.Output.Trim());

        var measured = await _bot.RunAsync("eval", "routing", _bot.Write("one.jsonl", """{"text": "unlock my account", "label": "account_locked"}"""));
        Assert.Contains("\"top1\":1,", measured.Output, StringComparison.Ordinal);
        Assert.Contains("\"mode\":\"chroma\"", measured.Output, StringComparison.Ordinal);

        var asked = relay.Asked;
        Assert.Equal(0, (await _bot.RunAsync("runbooks", "test", "--id", "account_locked")).ExitCode);
        Assert.Equal(asked, relay.Asked);

        relay.Fault = RelayFault.ServerError;
        var without = await _bot.RunAsync("eval", "routing", Path.Combine(_bot.Folder, "one.jsonl"));
        Assert.Equal(("", 1), (without.Output, without.ExitCode));
        Assert.Contains("Chroma answered 500 (boom).", without.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_chroma_there_is_nothing_to_rebuild()
    {
        var ended = await _bot.RunAsync("runbooks", "reindex");

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("Knowledge:Retriever is 'embedded'", ended.Errors, StringComparison.Ordinal);
    }
}
