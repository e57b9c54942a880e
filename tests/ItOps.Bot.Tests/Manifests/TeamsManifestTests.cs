using System.Diagnostics;
using System.IO.Compression;
using System.Text.Json;
using ItOps.Bot.Dialogs;
using ItOps.Bot.Tests.Architecture;
using ItOps.Bot.Tests.Program;

namespace ItOps.Bot.Tests.Manifests;

/// <summary>The Teams app as the command writes it, and as Microsoft's own schema reads it.</summary>
public sealed class TeamsManifestTests : IDisposable
{
    private const string AppId = "8F14E45F-ceea-4672-9f0c-6d3a8d8b7a11";

    private readonly BotProcess _bot = new();

    public void Dispose() => _bot.Dispose();

    [Fact]
    public async Task The_command_writes_a_zip_that_is_ready_to_upload_and_says_what_to_do_next()
    {
        var zip = Path.Combine(_bot.Folder, "app.zip");

        var ended = await _bot.RunAsync("manifests", "teams", "--app-id", AppId, "--host", "ItOps.contoso.com", "--out", zip);

        Assert.Equal((0, ""), (ended.ExitCode, ended.Errors));
        Assert.Contains($"Wrote {zip}", ended.Output, StringComparison.Ordinal);
        Assert.Contains("https://itops.contoso.com/api/messages", ended.Output, StringComparison.Ordinal);
        await using var package = await ZipFile.OpenReadAsync(zip, TestContext.Current.CancellationToken);
        Assert.Equal(["manifest.json", "color.png", "outline.png"], package.Entries.Select(e => e.FullName));
        using var manifest = JsonDocument.Parse(await TextAsync(package));
        var root = manifest.RootElement;
        Assert.Equal(AppId.ToLowerInvariant(), root.GetProperty("id").GetString());
        Assert.Equal(AppId.ToLowerInvariant(), root.GetProperty("bots")[0].GetProperty("botId").GetString());
        Assert.Equal(["itops.contoso.com"], root.GetProperty("validDomains").EnumerateArray().Select(d => d.GetString()));
        Assert.DoesNotContain("${{", root.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("example", root.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_input_gives_the_same_bytes()
    {
        var (one, other) = (Path.Combine(_bot.Folder, "1.zip"), Path.Combine(_bot.Folder, "2.zip"));

        await PackAsync(one);
        await PackAsync(other);

        Assert.Equal(await File.ReadAllBytesAsync(one, TestContext.Current.CancellationToken), await File.ReadAllBytesAsync(other, TestContext.Current.CancellationToken));
        await using var package = await ZipFile.OpenReadAsync(one, TestContext.Current.CancellationToken);
        Assert.All(package.Entries, e => Assert.Equal(1980, e.LastWriteTime.Year));
    }

    [Theory]
    [InlineData("--app-id", "itops", "itops.contoso.com")]
    [InlineData("--app-id", "00000000-0000-0000-0000-000000000000", "itops.contoso.com")]
    [InlineData("--host", AppId, "https://itops.contoso.com")]
    [InlineData("--host", AppId, "itops.contoso.com/api")]
    [InlineData("--host", AppId, "itops.contoso.com:3978")]
    [InlineData("--host", AppId, "localhost")]
    [InlineData("--host", AppId, "10.0.0.1")]
    [InlineData("--host", AppId, "a.b\",\"x\":\"")]
    public async Task What_cannot_be_right_is_named_and_nothing_is_written(string named, string appId, string host)
    {
        var zip = Path.Combine(_bot.Folder, "app.zip");

        var ended = await _bot.RunAsync("manifests", "teams", "--app-id", appId, "--host", host, "--out", zip);

        Assert.Equal(1, ended.ExitCode);
        Assert.StartsWith($"{named} is '{(named == "--host" ? host : appId)}'", ended.Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(zip));
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_is_named()
    {
        var ended = await _bot.RunAsync("manifests", "teams", "--app-id", AppId, "--host", "itops.contoso.com", "--out", "/nowhere/app.zip");

        Assert.Equal(1, ended.ExitCode);
        Assert.StartsWith("--out is '/nowhere/app.zip'", ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_published_schema_finds_nothing_wrong_with_it()
    {
        var (exitCode, said) = await ValidateAsync(await ManifestAsync());

        Assert.Equal("valid against 1.22\n", said);
        Assert.Equal(0, exitCode);
    }

    [Theory]
    [InlineData("#4050c8", "blue", "/accentColor")]
    [InlineData("\"groupChat\"]", "\"everywhere\"]", "/bots/0/scopes")]
    [InlineData("\"supportsFiles\"", "\"supportsEverything\"", "/bots/0")]
    public async Task The_published_schema_would_find_it(string right, string wrong, string where)
    {
        var (exitCode, said) = await ValidateAsync((await ManifestAsync()).Replace(right, wrong, StringComparison.Ordinal));

        Assert.Equal(1, exitCode);
        Assert.Contains(where, said, StringComparison.Ordinal);
    }

    [Fact]
    public void It_asks_for_what_the_bot_does_and_no_more()
    {
        using var manifest = JsonDocument.Parse(Sources.Read("manifests/teams/manifest.json"));
        var bot = manifest.RootElement.GetProperty("bots")[0];

        Assert.Equal(["personal", "team", "groupChat"], bot.GetProperty("scopes").EnumerateArray().Select(s => s.GetString()));
        Assert.False(bot.GetProperty("supportsFiles").GetBoolean());
        Assert.All(["permissions", "devicePermissions", "webApplicationInfo", "authorization"], p => Assert.False(manifest.RootElement.TryGetProperty(p, out _)));
        Assert.Contains($"--accent: light-dark({manifest.RootElement.GetProperty("accentColor").GetString()},", Sources.Read("src/ItOps.Bot.Console/Assets/app.css"), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_command_that_it_offers_is_a_move_that_the_bot_understands()
    {
        using var manifest = JsonDocument.Parse(Sources.Read("manifests/teams/manifest.json"));
        var titles = manifest.RootElement.GetProperty("bots")[0].GetProperty("commandLists").EnumerateArray()
            .SelectMany(l => l.GetProperty("commands").EnumerateArray()).Select(c => c.GetProperty("title").GetString()!).ToList();

        Assert.NotEmpty(titles);
        Assert.DoesNotContain(titles, title => UtteranceGrammar.Read(title).Kind == UtteranceKind.Request);
    }

    [Fact]
    public void The_colour_icon_fills_its_square()
    {
        var icon = Icon("color.png");

        Assert.Equal((192, 192), (icon.Width, icon.Height));
        Assert.All(icon.Pixels, p => Assert.Equal(255, p.A));
        Assert.All([icon[0, 0], icon[191, 0], icon[0, 191], icon[191, 191]], p => Assert.NotEqual((byte)255, p.R));
    }

    [Fact]
    public void The_outline_icon_is_white_on_nothing()
    {
        var icon = Icon("outline.png");

        Assert.Equal((32, 32), (icon.Width, icon.Height));
        Assert.All(icon.Pixels.Where(p => p.A > 0), p => Assert.Equal((255, 255, 255), (p.R, p.G, p.B)));
        Assert.All([icon[0, 0], icon[31, 0], icon[0, 31], icon[31, 31]], p => Assert.Equal(0, p.A));
        Assert.InRange(icon.Pixels.Count(p => p.A > 127), 100, 400);
    }

    private static PngImage Icon(string name) => PngImage.Read(File.ReadAllBytes(Path.Combine(Sources.Root, "manifests", "teams", name)));

    private async Task<string> ManifestAsync()
    {
        var zip = Path.Combine(_bot.Folder, "app.zip");
        await PackAsync(zip);
        await using var package = await ZipFile.OpenReadAsync(zip, TestContext.Current.CancellationToken);
        return await TextAsync(package);
    }

    private async Task PackAsync(string zip) =>
        Assert.Equal(0, (await _bot.RunAsync("manifests", "teams", "--app-id", AppId, "--host", "itops.contoso.com", "--out", zip)).ExitCode);

    private static async Task<string> TextAsync(ZipArchive package)
    {
        using var reader = new StreamReader(await package.GetEntry("manifest.json")!.OpenAsync(TestContext.Current.CancellationToken));
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    private async Task<(int ExitCode, string Said)> ValidateAsync(string manifest)
    {
        var prefix = Environment.GetEnvironmentVariable("ITOPS_TEAMS_SCHEMAS");
        Assert.SkipWhen(
            prefix is null || !Directory.Exists(Path.Combine(prefix, "node_modules", "@microsoft", "app-manifest")),
            "The Teams schemas are not installed; npm install @microsoft/app-manifest ajv-draft-04 ajv ajv-formats, and set ITOPS_TEAMS_SCHEMAS to the folder that holds node_modules.");
        var start = new ProcessStartInfo("node", [Path.Combine(Sources.Root, "tests", "ItOps.Bot.Tests", "Manifests", "validate.mjs"), prefix!, _bot.Write("manifest.json", manifest)])
        {
            RedirectStandardOutput = true,
        };
        using var node = Process.Start(start)!;
        var said = await node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await node.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (node.ExitCode, said);
    }
}
