using System.IO.Enumeration;
using System.Text.Json;

namespace ItOps.Bot.Testing.Aws;

/// <summary>
/// Evaluates an identity policy as IAM documents it: an explicit deny wins, without an allow nothing is allowed. Knows Action, Resource and the conditions ArnEquals and
/// ArnNotEquals on iam:PolicyARN; a policy that uses more is refused, so that no test passes for want of understanding.
/// </summary>
public sealed class AwsPolicy
{
    private readonly List<Statement> _statements;

    public AwsPolicy(string json)
    {
        using var document = JsonDocument.Parse(json);
        _statements = [.. document.RootElement.GetProperty("Statement").EnumerateArray().Select(Read)];
    }

    /// <summary>Every action that some statement allows.</summary>
    public IReadOnlyList<string> Allowed => [.. _statements.Where(s => s.Allows).SelectMany(s => s.Actions).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    public bool Allows(string action, string resource, string? policyArn = null)
    {
        var matching = _statements.Where(s => s.Actions.Any(a => Like(a, action)) && s.Resources.Any(r => Like(r, resource)) && s.Holds(policyArn)).ToList();
        return matching.Exists(s => s.Allows) && !matching.Exists(s => !s.Allows);
    }

    private static Statement Read(JsonElement statement)
    {
        Func<string?, bool> holds = _ => true;
        foreach (var property in statement.EnumerateObject())
        {
            switch (property.Name)
            {
                case "Sid" or "Effect" or "Action" or "Resource":
                    break;
                case "Condition":
                    foreach (var test in property.Value.EnumerateObject())
                    {
                        var wanted = Several(test.Value.GetProperty("iam:PolicyARN"));
                        var before = holds;
                        holds = test.Name switch
                        {
                            "ArnEquals" => arn => before(arn) && arn is not null && wanted.Any(w => Like(w, arn)),
                            "ArnNotEquals" => arn => before(arn) && (arn is null || !wanted.Any(w => Like(w, arn))),
                            _ => throw new NotSupportedException(test.Name),
                        };
                    }

                    break;
                default:
                    throw new NotSupportedException(property.Name);
            }
        }

        return new(statement.GetProperty("Effect").GetString() == "Allow", Several(statement.GetProperty("Action")), Several(statement.GetProperty("Resource")), holds);
    }

    private static bool Like(string pattern, string text) => FileSystemName.MatchesSimpleExpression(pattern, text, ignoreCase: false);

    private static string[] Several(JsonElement oneOrMany) =>
        oneOrMany.ValueKind == JsonValueKind.Array ? [.. oneOrMany.EnumerateArray().Select(e => e.GetString()!)] : [oneOrMany.GetString()!];

    private sealed record Statement(bool Allows, string[] Actions, string[] Resources, Func<string?, bool> Holds);
}
