namespace ItOps.Bot.Knowledge.Yaml;

/// <summary>A YAML document with line numbers, without anchors, aliases and tags.</summary>
internal abstract record YamlNode(int Line);

internal sealed record YamlScalar(int Line, string Value, bool Quoted) : YamlNode(Line);

internal sealed record YamlList(int Line, IReadOnlyList<YamlNode> Items) : YamlNode(Line);

internal sealed record YamlMap(int Line, IReadOnlyList<YamlEntry> Entries) : YamlNode(Line);

internal sealed record YamlEntry(string Key, int Line, YamlNode Value);
