using ItOps.Bot.Knowledge.Yaml;

namespace ItOps.Bot.Knowledge.Testing;

/// <summary>All keys of a <c>tests.yaml</c>.</summary>
internal static class TestShapes
{
    public static readonly YamlShape Tests = new("tests", new("finds"), new("ignores"), new("slots"), new("plans"));

    public static readonly YamlShape Slot = new("slot", new("text", true), new("is", true));

    public static readonly YamlShape Plan = new("plan", new("as", true), new("says", true), new("answers"), new("steps", true));
}
