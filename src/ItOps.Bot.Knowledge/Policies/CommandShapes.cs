using ItOps.Bot.Knowledge.Yaml;
using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Knowledge.Policies;

/// <summary>All keys of <c>data/policies/commands.yaml</c>.</summary>
internal static class CommandShapes
{
    public static readonly YamlShape Policy = new("policy", new("version", true), new("commands", true));

    public static readonly YamlShape Command = new(
        "command",
        new("line", true), new("title", true), new("effect", true, "reads", "changes"), new(Platforms.Linux), new(Platforms.MacOS), new(Platforms.Windows), new("where"));

    public static readonly YamlShape Rule = new(
        "rule", new("name", true), new("oneOf"), new("pattern"), new("number"), new("below"), new("parameters"));
}
