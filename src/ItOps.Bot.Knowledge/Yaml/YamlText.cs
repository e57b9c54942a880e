using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace ItOps.Bot.Knowledge.Yaml;

/// <summary>
/// Parses the harmless part of YAML. Aliases, anchors, tags, duplicate keys and deep nesting are refused, so that a small file cannot become a
/// large tree and one line cannot quietly replace another.
/// </summary>
internal static class YamlText
{
    private const int DeepestNesting = 12;

    /// <param name="text">One document.</param>
    /// <param name="linesBefore">How many lines of the file stand before the text.</param>
    public static YamlMap? Parse(string text, int linesBefore, FileProblems problems)
    {
        try
        {
            var parser = new Parser(new StringReader(text));
            parser.Consume<StreamStart>();
            if (!parser.TryConsume<DocumentStart>(out _))
                throw new YamlRefusal(linesBefore + 1, "there is nothing in it; start with 'id:' or 'version:'");

            var root = Node(parser, 0, linesBefore);
            parser.Consume<DocumentEnd>();
            if (!parser.TryConsume<StreamEnd>(out _))
                throw new YamlRefusal(Line(parser.Current!, linesBefore), "a second document begins here; keep one per file");

            return root as YamlMap ?? throw new YamlRefusal(root.Line, "expected 'key: value' lines; see docs/adding-a-runbook.md");
        }
        catch (YamlRefusal refusal)
        {
            problems.Add(refusal.Line, refusal.Message);
        }
        catch (YamlException broken)
        {
            problems.Add((int)broken.Start.Line + linesBefore, $"this is not valid YAML ({Reason(broken)}); check indentation, quotes and colons here");
        }

        return null;
    }

    private static YamlNode Node(Parser parser, int depth, int linesBefore)
    {
        var current = parser.Current ?? throw new YamlRefusal(linesBefore + 1, "the text ends in the middle");
        var line = Line(current, linesBefore);
        if (depth > DeepestNesting)
            throw new YamlRefusal(line, $"nested more than {DeepestNesting} levels deep; nothing here needs that");
        if (current is AnchorAlias alias)
            throw new YamlRefusal(line, $"the alias '*{alias.Value}' is not allowed; write the value again");
        if (current is NodeEvent { Anchor.IsEmpty: false } anchored)
            throw new YamlRefusal(line, $"the anchor '&{anchored.Anchor}' is not allowed; remove it");
        if (current is NodeEvent { Tag.IsEmpty: false } tagged)
            throw new YamlRefusal(line, $"the tag '{tagged.Tag}' is not allowed; remove it, or put the value into quotes");

        if (parser.TryConsume<Scalar>(out var scalar))
            return new YamlScalar(line, scalar.Value, scalar.Style is not ScalarStyle.Plain);

        if (parser.TryConsume<SequenceStart>(out _))
        {
            var items = new List<YamlNode>();
            while (!parser.TryConsume<SequenceEnd>(out _))
                items.Add(Node(parser, depth + 1, linesBefore));
            return new YamlList(line, items);
        }

        parser.Consume<MappingStart>();
        return new YamlMap(line, Entries(parser, depth, linesBefore));
    }

    private static List<YamlEntry> Entries(Parser parser, int depth, int linesBefore)
    {
        var entries = new List<YamlEntry>();
        var keys = new Dictionary<string, int>(StringComparer.Ordinal);
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var key = Node(parser, depth + 1, linesBefore) as YamlScalar
                ?? throw new YamlRefusal(Line(parser.Current!, linesBefore), "a key must be a plain word; put text with braces or brackets into quotes");
            if (!keys.TryAdd(key.Value, key.Line))
                throw new YamlRefusal(key.Line, $"'{key.Value}' is there twice (first in line {keys[key.Value]}); keep one");

            entries.Add(new YamlEntry(key.Value, key.Line, Node(parser, depth + 1, linesBefore)));
        }

        return entries;
    }

    private static int Line(ParsingEvent at, int linesBefore) => (int)at.Start.Line + linesBefore;

    private static string Reason(YamlException broken)
    {
        var reason = broken.Message;
        var position = reason.IndexOf("): ", StringComparison.Ordinal);
        return (position < 0 ? reason : reason[(position + 3)..]).TrimEnd('.');
    }

    private sealed class YamlRefusal(int line, string message) : Exception(message)
    {
        public int Line { get; } = line;
    }
}
