using ItOps.Bot.Runbooks;
using ItOps.Bot.Tests.Invariants.Setup;
using ItOps.Bot.Tests.Stories.Stage;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Tests.BadInput;

/// <summary>A runbook that cannot be read costs nobody else theirs.</summary>
public sealed class RunbookFilesTests
{
    [Theory]
    [InlineData("no front matter at all")]
    [InlineData("---\nid: broken\nsteps: [ {\n---\n")]
    [InlineData("---\nid: broken\nversion: one\n---\ntext")]
    [InlineData("---\nid: password_reset\nversion: 1\ntitle: The same again\n---\ntext")]
    [InlineData("\0\0\0")]
    public async Task A_broken_file_is_named_and_the_others_load(string text)
    {
        var folder = Directory.CreateTempSubdirectory("itops-runbooks-");
        Copy(Path.Combine(AppContext.BaseDirectory, "data", "runbooks"), folder.FullName);
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "access", "broken.md"), text, TestContext.Current.CancellationToken);
        using var log = new CapturedLog();
        await using (var bot = await BotHost.StartAsync(log.Listen, new() { ["Knowledge:RunbookFolder"] = folder.FullName }))
        {
            var catalog = bot.Services.GetRequiredService<RunbookCatalog>();
            Assert.Contains(catalog.Problems, p => p.File.EndsWith("broken.md", StringComparison.Ordinal) && p.Line >= 1 && p.Message.Length > 0);
            Assert.Contains(log.Lines, l => l.Contains("broken.md", StringComparison.Ordinal));
            Assert.Contains(catalog.All, r => r.Id == "account_locked");
            await bot.Person("alice").Says("im locked out");
            await bot.Person("alice").Sees("Which account");
        }

        folder.Delete(recursive: true);
    }

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
