using System.Net;
using System.Text.Json;
using ItOps.Bot.Auditing;
using ItOps.Bot.Commits;
using ItOps.Bot.Console.Tests.Hosting;

namespace ItOps.Bot.Console.Tests.Auditing;

public sealed class AuditTests
{
    private static Task WriteAsync(ConsoleHost host, string action, string subject, params (string, string)[] facts) =>
        host.Memory.CommitAsync(new Commit().Audit(AuditEntry.By(Hosting.People.Make("omar"), action, subject, null, facts)), TestContext.Current.CancellationToken);

    [Theory]
    [InlineData("alice", HttpStatusCode.Forbidden)]
    [InlineData("eve", HttpStatusCode.Forbidden)]
    [InlineData("omar", HttpStatusCode.OK)]
    [InlineData("sam", HttpStatusCode.OK)]
    [InlineData("ruth", HttpStatusCode.OK)]
    public async Task The_record_is_for_those_whose_work_it_is(string who, HttpStatusCode expected)
    {
        await using var host = await ConsoleHost.StartAsync();
        await WriteAsync(host, "approval.granted", "confidential-subject");
        using var browser = await host.SignInAsync(who);

        foreach (var path in new[] { "/audit", "/console/audit/export.jsonl", "/console/audit/export.csv" })
        {
            var response = await browser.Client.GetAsync(path, TestContext.Current.CancellationToken);
            Assert.Equal(expected, response.StatusCode);
            var content = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.Equal(expected == HttpStatusCode.OK, content.Contains("confidential-subject", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Verify_says_ok_and_how_many()
    {
        await using var host = await ConsoleHost.StartAsync();
        for (var i = 0; i < 3; i++)
            await WriteAsync(host, "approval.granted", "s" + i);
        using var ruth = await host.SignInAsync("ruth");

        Assert.Contains("ok 3 records", Rendered.Text(await ruth.ReadAsync(await ruth.SendAsync("/audit"))));
    }

    [Fact]
    public async Task Verify_names_the_first_record_that_was_changed()
    {
        await using var host = await ConsoleHost.StartAsync();
        for (var i = 0; i < 3; i++)
            await WriteAsync(host, "approval.granted", "s" + i);
        host.Memory.Audit[1] = host.Memory.Audit[1] with { Entry = host.Memory.Audit[1].Entry with { ActorName = "Somebody else" } };
        using var ruth = await host.SignInAsync("ruth");

        Assert.Contains("broken at record 2", Rendered.Text(await ruth.ReadAsync(await ruth.SendAsync("/audit"))));
    }

    [Fact]
    public async Task A_filter_narrows_and_an_empty_result_says_what_to_do()
    {
        await using var host = await ConsoleHost.StartAsync();
        await WriteAsync(host, "approval.granted", "one");
        await WriteAsync(host, "request.opened", "two");
        using var ruth = await host.SignInAsync("ruth");

        var found = await ruth.OpenAsync("/audit?q=granted");
        Assert.Contains("title=\"one\"", found);
        Assert.DoesNotContain("title=\"two\"", found);
        Assert.Contains("No record matches", await ruth.OpenAsync("/audit?q=%3Cscript%3E"));
    }

    [Fact]
    public async Task An_export_as_json_lines_holds_all_that_the_chain_is_made_of()
    {
        await using var host = await ConsoleHost.StartAsync();
        await WriteAsync(host, "approval.granted", "ünïcode \"quoted\"\nline", ("note", "a\tb"), ("a", "b"));
        await WriteAsync(host, "request.opened", "two");
        using var ruth = await host.SignInAsync("ruth");

        var lines = (await ruth.OpenAsync("/console/audit/export.jsonl")).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        var log = new Exported([.. lines.Select(Read)]);
        Assert.Equal(host.Memory.Audit.Select(AuditChain.Canonical), log.Records.Select(AuditChain.Canonical));
        Assert.True((await AuditChain.VerifyAsync(log, TestContext.Current.CancellationToken)).Ok);
    }

    [Theory]
    [InlineData("=HYPERLINK(\"http://evil\")", "\"'=HYPERLINK(\"\"http://evil\"\")\"")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData(" =1+1", "' =1+1")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("a\nb", "\"a\nb\"")]
    [InlineData("plain", "plain")]
    public async Task A_cell_is_never_a_formula(string subject, string expected)
    {
        await using var host = await ConsoleHost.StartAsync();
        await WriteAsync(host, "approval.granted", subject);
        using var ruth = await host.SignInAsync("ruth");

        var csv = await ruth.OpenAsync("/console/audit/export.csv");

        Assert.StartsWith("sequence,at,action,actor,actorName,subject,requestId,facts,previousHash,hash\r\n1,", csv);
        Assert.Contains($",P-omar,Omar Test,{expected},,{{}},", csv);
        Assert.EndsWith("\r\n", csv);
    }

    private static AuditRecord Read(string line)
    {
        using var json = JsonDocument.Parse(line);
        var root = json.RootElement;
        string Text(string name) => root.GetProperty(name).GetString()!;
        var facts = root.GetProperty("facts").EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString()!);
        var entry = new AuditEntry(Text("action"), Text("actor"), Text("actorName"), Text("subject"), root.GetProperty("requestId").GetString(), facts);
        return new(root.GetProperty("sequence").GetInt64(), root.GetProperty("at").GetDateTimeOffset(), entry, Text("previousHash"), Text("hash"));
    }

    private sealed class Exported(IReadOnlyList<AuditRecord> records) : IAuditLog
    {
        public IReadOnlyList<AuditRecord> Records => records;

        public IAsyncEnumerable<AuditRecord> ReadAsync(long fromSequence, CancellationToken cancellationToken) => records.ToAsyncEnumerable();

        public Task<IReadOnlyList<AuditRecord>> SearchAsync(string? contains, int take, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IReadOnlyList<AuditRecord>> ForRequestAsync(string requestId, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<AuditHead> HeadAsync(CancellationToken cancellationToken) => Task.FromResult(new AuditHead(records[^1].Sequence, records[^1].Hash));
    }
}
