using System.Net;
using System.Text.RegularExpressions;
using ItOps.Bot.Testing.ActiveDirectory;
using ItOps.Bot.Tests.Program;

namespace ItOps.Bot.Tests.Directories;

/// <summary>The program as an administrator starts it in Production, with a domain as the source of people.</summary>
[Collection(DomainCollection.Name)]
public sealed partial class DomainProgramTests(DomainStage stage) : IDisposable
{
    private readonly BotProcess _bot = new();

    public void Dispose() => _bot.Dispose();

    [Fact]
    public async Task Doctor_finds_everything_well()
    {
        var ended = await RunAsync("doctor");

        foreach (var line in (string[])[
            "ok     environment: Production",
            "ok     group it-approvers: 2 members",
            "ok     group security: 1 members",
            "ok     accounts active-directory: answers, 1 groups",
            $"ok     active-directory server: {stage.Domain.Address}:636 is who its certificate says, and takes itops-bot@lab.example",
            $"ok     active-directory base: {SambaDomain.Domain}",
            $"ok     active-directory lockout policy: {SambaDomain.LockoutThreshold} wrong passwords lock an account for ",
            "ok     active-directory privileged groups: ",
            "ok     active-directory rights: itops-bot@lab.example may write lockoutTime, pwdLastSet, userAccountControl of bob",
        ])
            Assert.Contains(line, ended.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("WRONG", ended.Output, StringComparison.Ordinal);
        Assert.Equal(0, ended.ExitCode);
        Assert.DoesNotContain(SambaDomain.BotPassword, ended.Output + ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_names_each_thing_that_is_wrong_and_what_mends_it()
    {
        var ended = await RunAsync(
            "doctor", ("PeopleBaseDn", "OU=Stuff,DC=lab,DC=example"), ("PrivilegedGroups:0", "Tier-0"), ("BreakGlassAccounts:0", "firecal"), ("Resources:0:Group", "Finanz"), ("TestAccount", "root-dave"));

        Assert.Equal(1, ended.ExitCode);
        foreach (var line in (string[])[
            "WRONG  active-directory people: OU=Stuff,DC=lab,DC=example is not there",
            "WRONG  active-directory privileged groups: Tier-0 not found, so that every account counts as privileged; correct Executors:ActiveDirectory:PrivilegedGroups",
            "WRONG  active-directory break-glass account: firecal is not below DC=lab,DC=example",
            "WRONG  active-directory resource: the group Finanz of Finance is not below DC=lab,DC=example",
            "WRONG  active-directory rights: itops-bot@lab.example may not write lockoutTime, pwdLastSet, userAccountControl of root-dave",
        ])
            Assert.Contains(line, ended.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Password", "not-the-password", "the service account itops-bot@lab.example is not known by this password")]
    [InlineData("CaFile", "stranger", "put the certificate of the authority that issued it into Executors:ActiveDirectory:CaFile")]
    [InlineData("Servers:0", "localhost", "localhost:636 does not answer (ConnectionRefused)")]
    public async Task Doctor_says_why_there_is_no_connection(string key, string value, string said)
    {
        var ended = await RunAsync("doctor", (key, value == "stranger" ? stage.Domain.OtherCaFile : value));

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains(said, ended.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", ended.Output + ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_server_starts_and_is_ready()
    {
        using var process = _bot.Start("Production", [.. Arguments(), "--urls=http://127.0.0.1:0"]);
        try
        {
            string? address = null;
            while (address is null && await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
                address = Listening().Match(line) is { Success: true } match ? match.Value : null;
            if (address is null)
                Assert.Fail(await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
            using var http = new HttpClient { BaseAddress = new(address) };

            var ready = await http.GetAsync("/healthz/ready", TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
            Assert.Contains("\"active-directory\":\"ok\"", await ready.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
    }

    private Task<BotProcess.Ended> RunAsync(string verb, params (string Key, string Value)[] changes) =>
        _bot.RunInAsync("Production", "", [.. Arguments(changes), verb]);

    private IEnumerable<string> Arguments(params (string Key, string Value)[] changes)
    {
        var settings = stage.Domain.Settings();
        foreach (var (key, value) in changes)
            settings[key] = value;
        _bot.Variables["Executors__ActiveDirectory__Password"] = settings["Password"];
        settings.Remove("Password");
        return settings.Select(s => $"--Executors:ActiveDirectory:{s.Key}={s.Value}").Append("--Identity:Source=ActiveDirectory");
    }

    [GeneratedRegex("""http://127\.0\.0\.1:\d+""")]
    private static partial Regex Listening();
}
