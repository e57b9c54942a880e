using ItOps.Bot.Assurance;
using ItOps.Bot.Knowledge.Yaml;

namespace ItOps.Bot.Knowledge.Policies;

/// <summary>All keys of <c>data/policies/assurance.yaml</c>.</summary>
internal static class AssuranceShapes
{
    public static readonly YamlShape Policy = new("policy", new("version", true), new("codes"), new("rules", true), new("limits"), new("apart"));

    public static readonly YamlShape Codes = new("codes", new("digits"), new("validFor"), new("tries"), new("perHour"));

    public static readonly YamlShape Rule = new(
        "rule",
        new("name", true), new("for", true, [.. Enum.GetNames<Beneficiary>().Select(n => n.ToLowerInvariant())]), new("operations", true), new("runbooks"),
        new("kinds", true), new("of", true));

    public static readonly YamlShape Limit = new("limit", new("operations", true), new("times", true), new("within", true));

    public static readonly YamlShape Apart = new("apart", new("operations", true), new("from", true), new("for", true));
}
