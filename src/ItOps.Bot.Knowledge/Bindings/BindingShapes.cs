using ItOps.Bot.Knowledge.Yaml;

namespace ItOps.Bot.Knowledge.Bindings;

/// <summary>All keys of the file that <c>Identity:BindingsFile</c> names.</summary>
internal static class BindingShapes
{
    public static readonly YamlShape File = new("bindings", new("slackTeam"), new("teamsTenant"), new("people", true));

    public static readonly YamlShape Person = new("person", new("person", true), new("slack"), new("teams"), new("accounts"));
}
