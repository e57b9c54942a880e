using ItOps.Bot.Testing.Entra;
using ItOps.Bot.Testing.Jira;

namespace ItOps.Bot.Tests.Program;

/// <summary>What an administrator is told who has connected a tenant of Entra, as the source of people too, and a site of Jira: over real HTTP.</summary>
public sealed class ExecutorDoctorTests : IAsyncLifetime
{
    private readonly BotProcess _bot = new();
    private FakeGraph _graph = null!;
    private FakeJira _jira = null!;

    public async ValueTask InitializeAsync()
    {
        _graph = await FakeGraph.StartAsync(TimeProvider.System);
        _jira = await FakeJira.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _bot.Dispose();
        await _graph.DisposeAsync();
        await _jira.DisposeAsync();
    }

    [Fact]
    public async Task Where_both_answer_every_line_is_ok()
    {
        _jira.Site.AddProject("OPS", "Operations", _jira.Self);

        var ended = await DoctorAsync();

        foreach (var line in (string[])[
            "ok     group it-approvers: 1 members",
            "ok     accounts entra: answers",
            "ok     accounts jira: answers, 3 groups",
            "ok     entra token: ClientSecret yields one of",
            "ok     entra permissions: all 8 granted",
            "ok     entra graph: ",
            "ok     entra clock: ",
            "ok     entra policy group: it-approvers is GRP-IT",
            "ok     jira token: the bot is bot Example",
            "ok     jira project: OPS: 3 roles",
        ])
            Assert.Contains(line, ended.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("WRONG", ended.Output, StringComparison.Ordinal);
        Assert.Equal(0, ended.ExitCode);
    }

    [Fact]
    public async Task Expired_secrets_are_named_and_the_rest_is_looked_at_all_the_same()
    {
        _graph.Tokens.Refuses = true;
        _jira.RefusesToken = true;

        var ended = await DoctorAsync();

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("WRONG  group it-approvers: cannot be read (Entra gives no token for Graph: AADSTS7000222", ended.Output, StringComparison.Ordinal);
        Assert.Contains("Executors:Entra:ClientSecret", Assert.Single(ended.Output.Split('\n'), l => l.StartsWith("WRONG  entra token:", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains("Executors:Jira:Url, Email and ApiToken", Assert.Single(ended.Output.Split('\n'), l => l.StartsWith("WRONG  jira connection:", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.DoesNotContain(FakeGraph.ClientSecret, ended.Output + ended.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain(FakeJira.ApiToken, ended.Output + ended.Errors, StringComparison.Ordinal);
    }

    private Task<BotProcess.Ended> DoctorAsync()
    {
        var group = _graph.Directory.AddGroup("GRP-IT", _graph.Directory.AddUser("omar").Id);
        var settings = _graph.Settings.Concat(_jira.Settings).Concat(new Dictionary<string, string>
        {
            ["Identity:Source"] = "Entra",
            ["Executors:Sandbox:Enabled"] = "false",
            ["Executors:Entra:Groups:it-approvers"] = group.Id,
            ["Executors:Entra:Groups:security"] = group.Id,
        });
        return _bot.RunAsync([.. settings.Select(s => $"--{s.Key}={s.Value}"), "doctor"]);
    }
}
