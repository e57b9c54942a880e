using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace ItOps.Bot.Tests.Program;

/// <summary>Each verb of the contract, as a process: what it prints and how it exits.</summary>
public sealed class CommandTests : IDisposable
{
    private readonly BotProcess _bot = new();

    public void Dispose() => _bot.Dispose();

    [Fact]
    public async Task Eval_routing_prints_one_object_with_the_names_of_the_contract_and_the_details_where_asked()
    {
        var file = _bot.Write("lines.jsonl", """
            {"text": "my account is locked", "label": "account_locked", "acceptable": []}
            {"text": "what is the capital of Peru", "label": "out_of_scope", "acceptable": []}
            """);
        var details = Path.Combine(_bot.Folder, "details.jsonl");

        var ended = await _bot.RunAsync("eval", "routing", file, "--details", details);

        Assert.Equal(0, ended.ExitCode);
        using var report = JsonDocument.Parse(ended.Output);
        Assert.Equal(
            ["utterances", "top1", "top1Lenient", "top3", "outOfScope", "latencyMs", "mode"], report.RootElement.EnumerateObject().Select(p => p.Name));
        Assert.Equal(2, report.RootElement.GetProperty("utterances").GetInt32());
        Assert.Equal(1, report.RootElement.GetProperty("top1").GetDouble());
        Assert.Equal(["precision", "recall", "f1"], report.RootElement.GetProperty("outOfScope").EnumerateObject().Select(p => p.Name));
        Assert.Equal(2, File.ReadAllLines(details).Length);
    }

    [Fact]
    public async Task Eval_slots_and_decompose_print_the_names_of_the_contract()
    {
        var slots = _bot.Write("slots.jsonl", """{"text": "reset the password of bob", "label": "password_reset", "slots": {"user": "bob"}}""");
        var several = _bot.Write("several.jsonl", """{"text": "I am locked out and also the vpn does not connect", "expected": ["account_locked", "vpn_not_connecting"]}""");

        using var slotReport = JsonDocument.Parse((await _bot.RunAsync("eval", "slots", slots)).Output);
        using var severalReport = JsonDocument.Parse((await _bot.RunAsync("eval", "decompose", several)).Output);

        Assert.Equal(["utterances", "f1", "exact"], slotReport.RootElement.EnumerateObject().Select(p => p.Name));
        Assert.Equal(1, slotReport.RootElement.GetProperty("exact").GetDouble());
        Assert.Equal(["requests", "exact", "lenient"], severalReport.RootElement.EnumerateObject().Select(p => p.Name));
        Assert.Equal(1, severalReport.RootElement.GetProperty("exact").GetDouble());
    }

    [Fact]
    public async Task Eval_of_a_broken_file_names_the_line_and_exits_with_1()
    {
        var file = _bot.Write("lines.jsonl", "{\"text\": \"a\", \"label\": \"account_locked\", \"acceptable\": []}\n{oops\n");

        var ended = await _bot.RunAsync("eval", "routing", file);

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("lines.jsonl:2", ended.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lint_names_file_line_and_mending_and_exits_with_1()
    {
        _bot.Write("runbooks/accounts/broken.md", "---\nid: broken\nversion: 1\ntitel: Broken\n---\n");

        var ended = await _bot.RunAsync("--Knowledge:RunbookFolder", Path.Combine(_bot.Folder, "runbooks"), "runbooks", "lint");

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains(ended.Output.Split('\n'), line => line.StartsWith("accounts/broken.md:4: ", StringComparison.Ordinal) && line.Contains("title", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_shipped_runbooks_have_no_problem()
    {
        var ended = await _bot.RunAsync("runbooks", "lint");

        Assert.Equal("", ended.Errors);
        Assert.Equal(0, ended.ExitCode);
    }

    [Fact]
    public async Task A_conversation_in_the_terminal_leaves_a_chain_that_verifies_and_an_edited_one_that_does_not()
    {
        var chat = await _bot.RunInAsync("Development", "im locked out\n1\nstatus\n\n", "chat", "--as", "alice");
        Assert.Equal(0, chat.ExitCode);
        Assert.Contains("Waiting for approval", chat.Output, StringComparison.Ordinal);
        Assert.Matches("^ok [1-9][0-9]* records\n$", (await _bot.RunAsync("audit", "verify")).Output);
        var export = await _bot.RunAsync("audit", "export", "--format", "csv");
        Assert.Contains("request.opened", export.Output, StringComparison.Ordinal);

        await using (var database = new SqliteConnection($"Data Source={Path.Combine(_bot.Folder, "var", "itops.db")};Pooling=False"))
        {
            await database.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = database.CreateCommand();
            command.CommandText = "UPDATE audit SET actor_name = 'Mallory' WHERE sequence = 1";
            Assert.Equal(1, await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
        }

        var verify = await _bot.RunAsync("audit", "verify");
        Assert.Equal(1, verify.ExitCode);
        Assert.StartsWith("broken at record 1:", verify.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chat_as_nobody_says_who_there_is()
    {
        var ended = await _bot.RunAsync("chat", "--as", "nobody");

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("alice", ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_finds_all_well_in_a_fresh_folder()
    {
        var ended = await _bot.RunAsync("doctor");

        Assert.Equal(0, ended.ExitCode);
        Assert.EndsWith("all well\n", ended.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--Storage:Provider", "oracle", "Storage:Provider")]
    [InlineData("--Executors:Scripts:TimeOutSeconds", "never", "Executors:Scripts:TimeOutSeconds")]
    [InlineData("--Executors:Nonsense:Enabled", "true", "Executors:Nonsense")]
    [InlineData("--Approvals:PolicyFile", "/nowhere/approvals.yaml", "/nowhere/approvals.yaml")]
    [InlineData("--Knowledge:Retriever", "oracle", "Knowledge:Retriever")]
    public async Task Doctor_names_the_setting_that_is_wrong(string key, string value, string named)
    {
        var ended = await _bot.RunAsync(key, value, "doctor");

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("WRONG", ended.Output, StringComparison.Ordinal);
        Assert.Contains(named, ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_names_the_line_of_a_binding_that_binds_nobody_and_says_that_addresses_are_weaker()
    {
        var file = _bot.Write("bindings.yaml", "slackTeam: T0LAB\npeople:\n- person: alicia\n  slack: U1ALICE\n- person: omar\n  slack: U0ALICE\n");

        var ended = await _bot.RunAsync("--Identity:BindingsFile", file, "--Identity:MatchByEmail", "true", "doctor");

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains($"WRONG  identity binding: {file}:4: nobody has the sign-in name or id 'alicia'", ended.Output, StringComparison.Ordinal);
        Assert.Contains($"WRONG  identity binding: {file}:6: the directory binds slack:T0LAB/U0ALICE to somebody else than 'omar'", ended.Output, StringComparison.Ordinal);
        Assert.Contains("0 of 2 in the file", ended.Output, StringComparison.Ordinal);
        Assert.Contains("ok     identity e-mail addresses: on (Identity:MatchByEmail), which is weaker", ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Production_without_a_source_of_people_does_not_start_and_names_the_key()
    {
        var ended = await _bot.RunInAsync("Production", "");

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("Identity:Source", ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Production_with_the_sandbox_does_not_start()
    {
        var ended = await _bot.RunInAsync("Production", "", "--Executors:Sandbox:Enabled", "true");

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("Executors:Sandbox:Enabled", ended.Errors, StringComparison.Ordinal);
    }
}
