using ItOps.Bot.Knowledge.Yaml;
using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Knowledge.Runbooks;

/// <summary>All keys of a runbook's front matter. <c>data/runbooks/runbook.schema.json</c> says the same to editors; a test compares them.</summary>
internal static class RunbookShapes
{
    public static readonly YamlShape Runbook = new(
        "runbook",
        new("id", true), new("version", true), new("title", true), new("summary", true), new("utterances"), new("synonyms"), new("notFor"),
        new("parameters"), new("steps", true), new("onBehalf"), new("done"), new("doneIn"), new("otherwise"));

    public static readonly YamlShape Parameter = new(
        "parameter",
        new("name", true), new("kind", true, [.. Enum.GetNames<ParameterKind>().Select(n => n.ToLowerInvariant())]), new("ask", true), new("slot"),
        new("required"), new("options"), new("resource"), new("sameSystemAs"));

    public static readonly YamlShape Option = new("option", new("value", true), new("label", true), new("words"));

    public static readonly YamlShape OnBehalf = new("onBehalf", new("anyone"), new("groups"), new("attest"), new("use"));

    public static readonly YamlShape Run = new("run", new("run", true), new("with"), new("ifOffered"));

    public static readonly YamlShape Script = new("script", new("script", true), new("title", true), new("with"));

    public static readonly YamlShape Guide = new("guide", new("guide", true), new("expect"), new("when"));

    public static readonly YamlShape Diagnose = new("diagnose", new("diagnose", true), new("title", true));

    public static readonly YamlShape HandOff = new("handoff", new YamlKey("handoff", true));

    /// <summary>Each is named by its first key.</summary>
    public static readonly IReadOnlyList<YamlShape> Steps = [Run, Script, Guide, Diagnose, HandOff];

    public static readonly IReadOnlyList<YamlShape> All = [Runbook, Parameter, Option, OnBehalf, .. Steps];
}
