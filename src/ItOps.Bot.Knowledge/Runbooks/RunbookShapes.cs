using ItOps.Bot.Knowledge.Yaml;
using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Knowledge.Runbooks;

/// <summary>All keys of a runbook's front matter. <c>data/runbooks/runbook.schema.json</c> says the same to editors; a test compares them.</summary>
internal static class RunbookShapes
{
    public static readonly YamlShape Runbook = new(
        "runbook",
        new("id", true), new("version", true), new("title", true), new("summary", true), new("utterances"), new("synonyms"), new("notFor"),
        new("parameters"), new("steps", true), new("onBehalf"), new("done"), new("doneIn"), new("otherwise"),
        new("holdsFor"), new("causes"), new("sources"), new("generatedCommands"));

    public static readonly YamlShape Parameter = new(
        "parameter",
        new("name", true), new("kind", true, [.. Enum.GetNames<ParameterKind>().Select(n => n.ToLowerInvariant())]), new("ask", true), new("slot"),
        new("required"), new("options"), new("resource"), new("sameSystemAs"));

    public static readonly YamlShape Option = new("option", new("value", true), new("label", true), new("words"));

    public static readonly YamlShape OnBehalf = new("onBehalf", new("anyone"), new("groups"), new("attest"), new("use"));

    public static readonly YamlShape Run = new("run", new("run", true), new("with"), new("ifOffered"), new("when"), new("on"));

    public static readonly YamlShape Script = new("script", new("script", true), new("title", true), new("with"), new("target"), new("when"), new("on"));

    public static readonly YamlShape Commands = new("commands", new("commands", true), new("title", true), new("target"), new("when"), new("on"));

    public static readonly YamlShape Guide = new("guide", new("guide", true), new("expect"), new("when"), new("on"));

    public static readonly YamlShape Paste = new("paste", new("paste", true), new("command"), new("when"), new("on"), new("read", true));

    public static readonly YamlShape PasteRule = new("read", new("match", true), new("finding"), new("level", false, "fine", "notice", "problem"), new("text"), new("fact"));

    public static readonly YamlShape Diagnose = new("diagnose", new("diagnose", true), new("title", true), new("with"), new("target"), new("when"), new("on"));

    public static readonly YamlShape HandOff = new("handoff", new("handoff", true), new("template"));

    /// <summary>Each is named by its first key.</summary>
    public static readonly IReadOnlyList<YamlShape> Steps = [Run, Script, Commands, Guide, Paste, Diagnose, HandOff];

    public static readonly IReadOnlyList<YamlShape> All = [Runbook, Parameter, Option, OnBehalf, PasteRule, .. Steps];
}
