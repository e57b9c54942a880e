namespace ItOps.Bot.Knowledge.Yaml;

/// <summary>The keys of one kind of mapping; what a reader knows, and what the JSON schema for editors must say too.</summary>
internal sealed record YamlShape(string Name, params YamlKey[] Keys)
{
    public YamlKey? Find(string name) => Keys.FirstOrDefault(k => k.Name == name);
}

/// <summary>One key. <paramref name="Values"/> are the only ones allowed; empty when any is.</summary>
internal sealed record YamlKey(string Name, bool Required = false, params string[] Values);
