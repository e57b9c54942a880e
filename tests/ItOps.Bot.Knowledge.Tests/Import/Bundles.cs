using System.Text;
using ItOps.Bot.Knowledge.Import;
using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Knowledge.Tests.Import;

/// <summary>Small bundles that are right, to break one thing of.</summary>
internal static class Bundles
{
    public static string Runbook(string id = "coffee_machine", int version = 1, string utterances = "the coffee machine is out of beans") => $$"""
        ---
        id: {{id}}
        version: {{version}}
        title: Refill {{id}}
        summary: Refill {{id}}
        utterances:
        {{string.Join('\n', utterances.Split('|').Select(u => $"  - {u}"))}}
        steps:
          - guide: Open the lid.
          - handoff: The lid is stuck.
        done: Done.
        ---
        # Refilling
        """;

    public static BundleFile File(string path, string content) => new(path, Encoding.UTF8.GetBytes(content));

    public static RunbookBundle Read(params BundleFile[] files) => BundleReader.Read(files, null, ImportLimits.Default);

    public static IReadOnlyList<string> Problems(params BundleFile[] files)
    {
        var bundle = Read(files);
        Assert.Empty(bundle.Runbooks);
        return [.. bundle.Problems.Select(p => p.ToString())];
    }
}
