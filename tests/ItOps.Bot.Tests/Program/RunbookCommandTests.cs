using System.IO.Compression;

namespace ItOps.Bot.Tests.Program;

/// <summary>Testing, importing and exporting as an IT admin does it, as a process, on a copy of the shipped runbooks.</summary>
public sealed class RunbookCommandTests : IDisposable
{
    private const string Plan = "plans:\n  - as: alice\n    says: unlock my account\n    answers: { account: directory }\n    steps: [account.unlock]\n";

    private readonly BotProcess _bot = new();

    public RunbookCommandTests() => Copy(Path.Combine(AppContext.BaseDirectory, "data", "runbooks"), Library);

    private string Library => Path.Combine(_bot.Folder, "runbooks");

    public void Dispose() => _bot.Dispose();

    [Fact]
    public async Task A_plan_is_rehearsed_in_the_sandbox_without_anything_being_done()
    {
        _bot.Write("runbooks/access/account_locked/tests.yaml", $"finds: [three wrong tries and now I am locked out of my login]\nignores: [hello]\n{Plan}");

        var ended = await RunAsync("test", "--id", "account_locked", "--verbose");

        Assert.Equal("", ended.Errors);
        Assert.Contains("account_locked: 3 of 3 cases", ended.Output, StringComparison.Ordinal);
        Assert.Contains("ok 1 runbooks, 3 cases", ended.Output, StringComparison.Ordinal);
        Assert.Equal(0, ended.ExitCode);
        Assert.False(File.Exists(Path.Combine(_bot.Folder, "var", "itops.db")), "The rehearsal is to have a database of its own.");
    }

    [Theory]
    [InlineData("steps: [account.unlock]", "steps: [account.reset-password]", "is planned as [account.unlock], and must be [account.reset-password]")]
    [InlineData("steps: [account.unlock]", "steps: []", "is planned as [account.unlock], and must be []")]
    [InlineData("account: directory", "account: mainframe", "'mainframe' is no answer to the question for 'account'")]
    [InlineData("    answers: { account: directory }\n", "", "leads to the question for 'account', and 'answers' has none")]
    [InlineData("as: alice", "as: alcie", "nobody is called 'alcie' in the sandbox; did you mean 'alice'?")]
    [InlineData("says: unlock my account", "says: unlock the account of eve", "is refused (NotYours")]
    [InlineData("says: unlock my account", "says: my laptop is slow", "is answered with 'laptop_running_slow', and must find 'account_locked'")]
    public async Task A_rehearsal_that_goes_otherwise_fails_with_its_line(string right, string wrong, string reason)
    {
        _bot.Write("runbooks/access/account_locked/tests.yaml", "finds: [three wrong tries and now I am locked out of my login]\nignores: [hello]\n" + Plan.Replace(right, wrong, StringComparison.Ordinal));

        var ended = await RunAsync("test", "--id", "account_locked");

        Assert.Equal(1, ended.ExitCode);
        Assert.StartsWith("access/account_locked/tests.yaml:4: ", ended.Output, StringComparison.Ordinal);
        Assert.Contains(reason, ended.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("all.zip")]
    [InlineData("all")]
    public async Task What_is_exported_is_imported_byte_for_byte(string path)
    {
        _bot.Write("runbooks/access/account_locked/tests.yaml", $"finds: [three wrong tries and now I am locked out of my login]\nignores: [hello]\n{Plan}");
        var before = Contents(Library);

        var exported = await RunAsync("export", path);
        Directory.Delete(Path.Combine(Library, "access"), recursive: true);
        var imported = await RunAsync("import", path);

        Assert.Equal(("", 0), (exported.Errors, exported.ExitCode));
        Assert.Equal(("", 0), (imported.Errors, imported.ExitCode));
        Assert.Contains("imported access/account_locked.md version ", imported.Output, StringComparison.Ordinal);
        Assert.Equal(before, Contents(Library));
        Assert.Matches(@"^ok 0 runbooks, [1-9][0-9]* unchanged\n$", (await RunAsync("import", path)).Output);
    }

    [Fact]
    public async Task Two_exports_are_the_same_zip()
    {
        await RunAsync("export", "one.zip");
        await RunAsync("export", "two.zip");

        Assert.Equal(await ReadAsync("one.zip"), await ReadAsync("two.zip"));
        Assert.Equal(1, (await RunAsync("export", "two.zip")).ExitCode);
    }

    [Fact]
    public async Task One_problem_keeps_everything_out()
    {
        var before = Contents(Library);
        _bot.Write("new/kitchen/coffee_machine.md", Runbook("coffee_machine"));
        _bot.Write("new/kitchen/tea_kettle.md", Runbook("tea_kettle").Replace("- guide: Open the lid.", "- run: account.unlok", StringComparison.Ordinal));

        var ended = await RunAsync("import", "new");

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("kitchen/tea_kettle.md:13: there is no operation 'account.unlok'; did you mean 'account.unlock'?", ended.Output, StringComparison.Ordinal);
        Assert.Equal(before, Contents(Library));
    }

    [Fact]
    public async Task A_failing_test_of_the_bundle_keeps_it_out_and_a_dry_run_imports_nothing()
    {
        var before = Contents(Library);
        _bot.Write("new/kitchen/coffee_machine.md", Runbook("coffee_machine"));
        var tests = _bot.Write("new/kitchen/coffee_machine/tests.yaml", "finds:\n  - I forgot my password\nignores: [x]\n");

        var refused = await RunAsync("import", "new");
        Assert.Equal(1, refused.ExitCode);
        Assert.StartsWith("kitchen/coffee_machine/tests.yaml:2: 'I forgot my password' is answered with 'password_reset', and must find 'coffee_machine'", refused.Output, StringComparison.Ordinal);

        await File.WriteAllTextAsync(tests, "finds:\n  - coffee_machine beans are gone\nignores: [x]\n", TestContext.Current.CancellationToken);
        var rehearsed = await RunAsync("import", "new", "--dry-run");
        Assert.Contains("would import kitchen/coffee_machine.md version 1", rehearsed.Output, StringComparison.Ordinal);
        Assert.Equal(before, Contents(Library));

        Assert.Equal(0, (await RunAsync("import", "new")).ExitCode);
        Assert.True(File.Exists(Path.Combine(Library, "kitchen", "coffee_machine", "tests.yaml")));
        Assert.Equal(0, (await RunAsync("lint")).ExitCode);
    }

    [Fact]
    public async Task A_zip_that_leads_out_of_the_folder_writes_nothing_anywhere()
    {
        var before = Contents(_bot.Folder);
        using (var zip = ZipFile.Open(Path.Combine(_bot.Folder, "evil.zip"), ZipArchiveMode.Create))
        {
            await using var file = await zip.CreateEntry("../../../../etc/cron.d/x.json").OpenAsync(TestContext.Current.CancellationToken);
            await file.WriteAsync("{}"u8.ToArray(), TestContext.Current.CancellationToken);
        }

        var ended = await RunAsync("import", "evil.zip");

        Assert.Equal(1, ended.ExitCode);
        Assert.StartsWith("../../../../etc/cron.d/x.json:1: the name leads out of its folder", ended.Output, StringComparison.Ordinal);
        Assert.Equal(before, Contents(_bot.Folder).Where(f => !f.Key.StartsWith("evil.zip", StringComparison.Ordinal) && !f.Key.StartsWith("var/", StringComparison.Ordinal) && !f.Key.StartsWith("logs/", StringComparison.Ordinal)));
        Assert.False(File.Exists("/etc/cron.d/x.json"));
    }

    [Fact]
    public async Task Plain_instructions_become_drafts_that_are_not_imported_until_somebody_went_through_them()
    {
        _bot.Write("faq.csv", "Titel;Symptome;Schritte\nKaffee nachfüllen;Die Kaffeemaschine ist leer|Kein Kaffee;Deckel öffnen. Bohnen einfüllen.\n");
        var before = Contents(Library);

        Assert.StartsWith("faq.csv:1: plain instructions become drafts", (await RunAsync("import", "faq.csv")).Output, StringComparison.Ordinal);
        var drafted = await RunAsync("import", "faq.csv", "--drafts", "drafts", "--category", "kitchen");
        Assert.StartsWith("wrote 1 drafts to drafts", drafted.Output, StringComparison.Ordinal);
        var refused = await RunAsync("import", "drafts");

        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("kitchen/kaffee_nachfuellen.md:5: the version is 0; start with 1", refused.Output, StringComparison.Ordinal);
        Assert.Equal(before, Contents(Library));
    }

    [Fact]
    public async Task One_file_keeps_the_category_that_is_known_and_needs_a_higher_version()
    {
        var exported = await RunAsync("export", "password_reset_for_another.md", "--id", "password_reset_for_another");
        Assert.Equal(("", 0), (exported.Errors, exported.ExitCode));
        var path = Path.Combine(_bot.Folder, "password_reset_for_another.md");
        var text = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);

        await File.WriteAllTextAsync(path, text + "\nMore.\n", TestContext.Current.CancellationToken);
        var same = await RunAsync("import", "password_reset_for_another.md");

        Assert.Equal(1, same.ExitCode);
        Assert.Contains("raise it to ", same.Output, StringComparison.Ordinal);
    }

    private Task<BotProcess.Ended> RunAsync(params string[] arguments) => _bot.RunAsync(["--Knowledge:RunbookFolder", Library, "runbooks", .. arguments]);

    private Task<byte[]> ReadAsync(string name) => File.ReadAllBytesAsync(Path.Combine(_bot.Folder, name), TestContext.Current.CancellationToken);

    private static string Runbook(string id) => $"""
        ---
        id: {id}
        version: 1
        title: Refill the {id}
        summary: Refill the {id}
        utterances:
          - the {id} is out of beans
          - please refill the {id} in the kitchen
          - the {id} blinks red
          - no beans in the {id}
          - der {id} braucht Bohnen
        steps:
          - guide: Open the lid.
          - handoff: The lid is stuck.
        done: Done.
        ---
        # Refilling
        """;

    private static SortedDictionary<string, string> Contents(string folder) => new(
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).ToDictionary(f => Path.GetRelativePath(folder, f), f => Convert.ToBase64String(File.ReadAllBytes(f))), StringComparer.Ordinal);

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
