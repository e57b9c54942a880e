using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace ItOps.Bot.Tests.Architecture;

/// <summary>The arrows between projects, and names that say what things are (I11).</summary>
public sealed partial class LayoutTests
{
    private static readonly string[] Middle = ["Channels", "Console", "Executors", "Knowledge", "Storage"];
    private static readonly string[] Empty = ["Service", "Services", "Manager", "Managers", "Helper", "Helpers", "Util", "Utils", "Common", "Infrastructure"];

    [Fact]
    public void The_five_projects_in_the_middle_know_core_and_never_each_other()
    {
        foreach (var project in Middle)
            Assert.Equal(["ItOps.Bot.Core"], References(project, "ProjectReference"));
        Assert.Equal(Middle.Append("Core").Select(p => "ItOps.Bot." + p).Order(StringComparer.Ordinal), References(null, "ProjectReference").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Core_needs_nothing_but_abstractions()
    {
        Assert.Empty(References("Core", "ProjectReference"));
        Assert.Empty(References("Core", "FrameworkReference"));
        Assert.All(References("Core", "PackageReference"), p => Assert.Matches(@"^Microsoft\.Extensions\.[A-Za-z.]+\.Abstractions$", p));
        Assert.All(
            typeof(ItOps.Bot.CoreModule).Assembly.GetReferencedAssemblies().Select(a => a.Name!),
            name => Assert.True(name.StartsWith("System.", StringComparison.Ordinal) || (name.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal) && name.EndsWith(".Abstractions", StringComparison.Ordinal)), name));
    }

    [Fact]
    public void A_namespace_is_its_folder()
    {
        var wrong = new List<string>();
        foreach (var file in Sources.Files)
        {
            if (NamespaceLine().Match(Sources.Read(file)) is not { Success: true } found)
                continue;
            var parts = file.Split('/')[1..^1];
            var expected = string.Join('.', parts).Replace("ItOps.Bot.Core", "ItOps.Bot", StringComparison.Ordinal);
            if (parts[0] == "ItOps.Bot")
                expected = string.Join('.', parts.Skip(1).Prepend("ItOps.Bot.Host"));
            if (found.Groups[1].Value != expected)
                wrong.Add($"{file} says {found.Groups[1].Value}, its folder {expected}");
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public void No_folder_and_no_type_has_a_name_that_says_nothing()
    {
        var names = Sources.Files.SelectMany(f => f.Split('/')).Select(p => p.Replace(".cs", "", StringComparison.Ordinal)).ToHashSet();
        var types = Sources.Files.SelectMany(f => TypeLine().Matches(Sources.Read(f)).Select(m => m.Groups[1].Value));

        Assert.DoesNotContain(names.Union(types), name => name != "ApprovalService" && Empty.Any(e => name.EndsWith(e, StringComparison.Ordinal)));
    }

    [Fact]
    public void The_program_is_a_table_of_contents() =>
        Assert.True(Sources.Read("src/ItOps.Bot/Program.cs").Split('\n').Length <= 40);

    [Fact]
    public void Every_channel_has_the_same_files_and_one_that_only_tells_has_none_for_what_comes_in()
    {
        var channels = Sources.Files.Where(f => f.StartsWith("src/ItOps.Bot.Channels/", StringComparison.Ordinal)).Select(f => f.Split('/')).Where(p => p.Length == 4 && p[2] != "Terminal")
            .GroupBy(p => p[2], p => p[3]).ToList();

        string[] telling = ["Channel", "Client", "Limits", "Module", "Options", "Renderer", "SelfCheck"];
        string[] taking = [.. telling, "Endpoints", "Payloads", "Proof", "TurnTranslator"];
        Assert.All(channels, channel => Assert.Equal((channel.Key == "Mail" ? telling : taking).Select(part => $"{channel.Key}{part}.cs").Order(StringComparer.Ordinal), channel.Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void Public_types_of_core_say_what_they_are()
    {
        var silent = new List<string>();
        foreach (var file in Sources.Files.Where(f => f.StartsWith("src/ItOps.Bot.Core/", StringComparison.Ordinal)))
        {
            var lines = Sources.Read(file).Split('\n');
            var first = Array.FindIndex(lines, l => PublicTypeLine().IsMatch(l));
            var before = first < 0 ? "" : lines[..first].LastOrDefault(l => !l.StartsWith('[')) ?? "";
            if (first >= 0 && !lines[first].Contains(" partial ", StringComparison.Ordinal) && !before.Contains("</summary>", StringComparison.Ordinal) && !before.StartsWith("/// ", StringComparison.Ordinal))
                silent.Add($"{file}:{first + 1}");
        }

        Assert.Empty(silent);
    }

    private static List<string> References(string? project, string kind)
    {
        var name = project is null ? "ItOps.Bot" : "ItOps.Bot." + project;
        var file = Assert.Single(Sources.Projects, p => Path.GetFileNameWithoutExtension(p) == name);
        return [.. XDocument.Load(file).Descendants(kind).Select(r => kind == "ProjectReference"
            ? Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value.Replace('\\', '/'))
            : r.Attribute("Include")!.Value)];
    }

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex NamespaceLine();

    [GeneratedRegex(@"^\s*(?:public |internal |private |file )?(?:static |sealed |abstract |partial |readonly )*(?:class|record struct|record|struct|interface|enum) (\w+)", RegexOptions.Multiline)]
    private static partial Regex TypeLine();

    [GeneratedRegex(@"^public (?:static |sealed |abstract |partial |readonly )*(?:class|record|struct|interface)\b")]
    private static partial Regex PublicTypeLine();
}
