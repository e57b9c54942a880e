using System.Text.Json;
using ItOps.Bot.Knowledge.Runbooks;
using ItOps.Bot.Knowledge.Yaml;

namespace ItOps.Bot.Knowledge.Tests.Runbooks;

/// <summary>What editors are told is what the reader knows.</summary>
public sealed class RunbookSchemaTests
{
    private static readonly JsonElement Schema = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Runbooks, "runbook.schema.json"))).RootElement;

    public static TheoryData<string> Shapes => [.. RunbookShapes.All.Select(s => s.Name)];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void The_schema_has_the_keys_that_the_reader_has(string name)
    {
        var shape = RunbookShapes.All.Single(s => s.Name == name);
        var schema = Of(shape);

        Assert.Equal(shape.Keys.Select(k => k.Name).Order(), schema.GetProperty("properties").EnumerateObject().Select(p => p.Name).Order());
        Assert.Equal(shape.Keys.Where(k => k.Required).Select(k => k.Name).Order(), schema.GetProperty("required").EnumerateArray().Select(r => r.GetString()).Order());
        Assert.False(schema.GetProperty("additionalProperties").GetBoolean());
        foreach (var key in shape.Keys)
            Assert.Equal(key.Values.Order(), Values(schema.GetProperty("properties").GetProperty(key.Name)).Order());
    }

    [Fact]
    public void The_schema_has_no_shape_that_the_reader_does_not_have() =>
        Assert.Equal(
            RunbookShapes.All.Where(s => s != RunbookShapes.Runbook).Select(s => s.Name).Order(),
            Schema.GetProperty("$defs").EnumerateObject().Select(d => d.Name).Order());

    [Fact]
    public void A_step_is_one_of_the_reader_s_steps() =>
        Assert.Equal(
            RunbookShapes.Steps.Select(s => $"#/$defs/{s.Name}"),
            Schema.GetProperty("properties").GetProperty("steps").GetProperty("items").GetProperty("oneOf").EnumerateArray().Select(o => o.GetProperty("$ref").GetString()));

    private static JsonElement Of(YamlShape shape) => shape == RunbookShapes.Runbook ? Schema : Schema.GetProperty("$defs").GetProperty(shape.Name);

    private static IEnumerable<string?> Values(JsonElement property) =>
        property.TryGetProperty("enum", out var values) ? values.EnumerateArray().Select(v => v.GetString()) : [];
}
