using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ItOps.Bot.Plans;

/// <summary>
/// SHA-256 (64 lower-case hexadecimal digits) over the canonical JSON of what a plan means: runbook and version, policy version, and each step's operation,
/// arguments and target object. Names for display are left out: renaming a person does not change what was approved.
/// </summary>
public static class PlanDigest
{
    private static readonly JsonWriterOptions Canonical = new() { Indented = false, Encoder = JavaScriptEncoder.Default };

    public static string Of(Plan plan)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Canonical))
        {
            json.WriteStartObject();
            json.WriteString("runbook", plan.RunbookId);
            json.WriteNumber("runbookVersion", plan.RunbookVersion);
            json.WriteNumber("policyVersion", plan.PolicyVersion);
            json.WriteStartArray("steps");
            foreach (var step in plan.Steps)
                Write(json, step);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Convert.ToHexStringLower(SHA256.HashData(buffer.ToArray()));
    }

    private static void Write(Utf8JsonWriter json, PlanStep step)
    {
        json.WriteStartObject();
        json.WriteString("operation", step.Operation);
        json.WriteString("targetKind", step.Target.Kind);
        json.WriteString("target", step.Target.Id);
        json.WriteString("owner", step.Target.Owner?.Value);
        json.WriteStartObject("arguments");
        foreach (var (name, value) in step.Arguments.OrderBy(a => a.Key, StringComparer.Ordinal))
            json.WriteString(name, value.Normalize(NormalizationForm.FormC));
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
