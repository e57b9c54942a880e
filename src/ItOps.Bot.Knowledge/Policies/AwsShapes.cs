using ItOps.Bot.Knowledge.Yaml;

namespace ItOps.Bot.Knowledge.Policies;

/// <summary>All keys of <c>data/policies/aws.yaml</c>.</summary>
internal static class AwsShapes
{
    public static readonly YamlShape Policy = new("policy", new("version", true), new("calls", true));

    public static readonly YamlShape Call = new(
        "call",
        new("id", true), new("title", true), new("target", true), new("call", true), new("effect", true, "reads", "changes"), new("flags"), new("arguments", true),
        new("risk", false, "low", "medium", "high"), new("because"), new("facts"), new("findings"), new("errors"), new("readBy"));

    public static readonly YamlShape Argument = new("argument", new("name", true), new("flag", true), new("pattern", true), new("what", true));

    public static readonly YamlShape Finding = new(
        "finding",
        new("at", true), new("is"), new("missing"), new("olderThanDays"), new("finding", true), new("level", true, "fine", "notice", "problem"), new("text", true), new("blocks"));

    public static readonly YamlShape Error = new(
        "error", new("codes", true), new("finding", true), new("level", true, "fine", "notice", "problem"), new("text", true), new("blocks"));
}
