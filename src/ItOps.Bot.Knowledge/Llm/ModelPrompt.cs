using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using ItOps.Bot.Agents;
using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Knowledge.Llm;

/// <summary>
/// Makes what the model is sent: the instructions from the files in <c>Prompts</c>, what is offered, and, apart from both, what the person wrote as
/// <see cref="PromptText"/>. Nothing else is sent, and nothing is looked up for it.
/// </summary>
internal sealed class ModelPrompt(Func<string> mark)
{
    private static readonly string s_reading = File("reading");

    public ModelPrompt()
        : this(() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12)))
    {
    }

    public ModelRequest Runbooks(AgentTask task) => Of("runbooks", task, AnswerSchema.Proposals(task.Offered));

    public ModelRequest Wishes(AgentTask task) => Of("wishes", task, AnswerSchema.Wishes(task.Offered));

    public ModelRequest Values(AgentTask task) => Of("values", task, AnswerSchema.Plan(task.Offered));

    /// <summary>The text of a file in <c>Prompts</c>, without the extension.</summary>
    public static string File(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"prompts/{name}.md") ?? throw new InvalidOperationException($"The prompt '{name}' is not in the program.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    private ModelRequest Of(string what, AgentTask task, JsonObject schema) => new(what, task.Requester, $"{s_reading}\n{File(what)}", [Offer(task), Said(task)], schema);

    private static string Offer(AgentTask task)
    {
        var offer = new JsonObject { ["language"] = task.Language, ["runbooks"] = new JsonArray([.. task.Offered.Select(Runbook)]) };
        if (task.Asking is { } asked)
            offer["askedFor"] = asked;
        return offer.ToJsonString(ModelRequest.Text);
    }

    private static JsonObject Runbook(Runbook runbook) => new()
    {
        ["id"] = runbook.Id,
        ["title"] = runbook.Title,
        ["summary"] = runbook.Summary,
        ["parameters"] = new JsonArray([.. AnswerSchema.ParametersOf(runbook).Select(Parameter)]),
    };

    private static JsonObject Parameter(RunbookParameter parameter)
    {
        var json = new JsonObject { ["name"] = parameter.Name, ["kind"] = parameter.Kind.ToString().ToLowerInvariant(), ["question"] = parameter.Ask };
        var options = parameter.Kind == ParameterKind.Platform ? Platforms.Options : parameter.Options;
        if (options.Count > 0)
            json["options"] = new JsonArray([.. options.Select(o => new JsonObject { ["value"] = o.Value, ["label"] = o.Label })]);
        return json;
    }

    private string Said(AgentTask task)
    {
        var said = new JsonObject();
        if (task.Earlier.Count > 0)
            said["earlier"] = new JsonArray([.. task.Earlier.Select(e => JsonValue.Create(e.Text))]);
        said["message"] = task.Text.Text;
        var line = $"<<<{mark()}>>>";
        return $"{line}\n{said.ToJsonString(ModelRequest.Text)}\n{line}";
    }
}
