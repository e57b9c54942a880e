namespace ItOps.Bot.Knowledge.Embedded.Language;

/// <summary>The word lists inside the assembly, without comments and empty lines.</summary>
internal static class EmbeddedText
{
    public static IEnumerable<string> Lines(string name)
    {
        using var stream = typeof(EmbeddedText).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            // A comment begins with "#" at the beginning or after two spaces; elsewhere it is a digit of an error code's shape.
            var end = line.StartsWith('#') ? 0 : line.IndexOf("  #", StringComparison.Ordinal);
            var text = (end < 0 ? line : line[..end]).Trim();
            if (text.Length > 0)
                yield return text;
        }
    }
}
