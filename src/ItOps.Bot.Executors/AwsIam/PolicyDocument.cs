using System.IO.Enumeration;
using System.Text.Json;

namespace ItOps.Bot.Executors.AwsIam;

/// <summary>Reads a policy for one question: does it give its holder power over others' access?</summary>
internal static class PolicyDocument
{
    /// <summary>Each lets its holder become somebody else, or more than they are. Allowed on oneself alone they are self-service.</summary>
    private static readonly string[] s_power =
    [
        "iam:AddUserToGroup", "iam:AttachGroupPolicy", "iam:AttachRolePolicy", "iam:AttachUserPolicy", "iam:CreateAccessKey", "iam:CreateLoginProfile", "iam:CreatePolicyVersion",
        "iam:DeactivateMFADevice", "iam:DeleteUserPermissionsBoundary", "iam:DetachUserPolicy", "iam:PutGroupPolicy", "iam:PutRolePolicy", "iam:PutUserPolicy", "iam:SetDefaultPolicyVersion",
        "iam:UpdateAssumeRolePolicy", "iam:UpdateLoginProfile",
    ];

    private static readonly string[] s_oneself = [":user/${aws:username}", ":mfa/${aws:username}", ":user/*/${aws:username}"];

    /// <summary>What cannot be read is taken for power.</summary>
    public static bool GivesPower(string? document)
    {
        if (document is null)
            return true;
        try
        {
            using var json = JsonDocument.Parse(document);
            return Several(json.RootElement.GetProperty("Statement"), e => e).Any(StatementGivesPower);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return true;
        }
    }

    private static bool StatementGivesPower(JsonElement statement)
    {
        if (statement.GetProperty("Effect").GetString() != "Allow")
            return false;

        // "Everything but": whoever writes that grants more than can be listed here.
        if (!statement.TryGetProperty("Action", out var actions))
            return true;
        if (!Several(actions, a => a.GetString() ?? "").Any(pattern => s_power.Any(power => FileSystemName.MatchesSimpleExpression(pattern, power, ignoreCase: true))))
            return false;
        return !statement.TryGetProperty("Resource", out var resources)
            || Several(resources, r => r.GetString() ?? "").Any(resource => !s_oneself.Any(oneself => resource.EndsWith(oneself, StringComparison.Ordinal)));
    }

    private static IEnumerable<T> Several<T>(JsonElement oneOrMany, Func<JsonElement, T> read) =>
        oneOrMany.ValueKind == JsonValueKind.Array ? [.. oneOrMany.EnumerateArray().Select(read)] : [read(oneOrMany)];
}
