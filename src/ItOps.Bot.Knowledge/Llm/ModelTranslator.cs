using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using ItOps.Bot.Agents;
using ItOps.Bot.People;
using ItOps.Bot.Replies;
using Microsoft.Extensions.Logging;

namespace ItOps.Bot.Knowledge.Llm;

/// <summary>
/// Has the model put texts of runbooks into another language, around their facts (<see cref="FixedParts"/>). Each text is asked for once in each language; one
/// that came back unfit stays as it is.
/// </summary>
internal sealed class ModelTranslator(ModelCalls calls, ILogger<ModelTranslator> log) : ITextTranslator
{
    private const int MostKept = 4_000;
    private const int MostAtOnce = 12;
    private const int LongestText = 1_000;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(8);
    private static readonly string s_instructions = ModelPrompt.File("translate");

    private static readonly Dictionary<string, string> s_names = new(StringComparer.Ordinal) { ["de"] = "German", ["es"] = "Spanish", ["fr"] = "French" };

    /// <summary>Gone with the process, as the prompt that made them may be; null for what came back unfit.</summary>
    private readonly ConcurrentDictionary<(string Text, string Language), string?> _kept = new();

    public async Task<IReadOnlyDictionary<string, string>> TranslateAsync(IReadOnlyCollection<string> texts, string language, PersonId reader, CancellationToken cancellationToken)
    {
        var missing = texts.Where(t => t.Length <= LongestText && !_kept.ContainsKey((t, language))).Take(MostAtOnce).Select(t => new FixedParts(t)).ToList();
        if (missing.Count > 0 && s_names.ContainsKey(language))
            await AskAsync(missing, language, reader, cancellationToken);
        return texts.Select(t => (Text: t, Translated: _kept.GetValueOrDefault((t, language)))).Where(t => t.Translated is not null).ToDictionary(t => t.Text, t => t.Translated!, StringComparer.Ordinal);
    }

    private async Task AskAsync(List<FixedParts> texts, string language, PersonId reader, CancellationToken cancellationToken)
    {
        try
        {
            var data = new JsonObject { ["language"] = s_names[language], ["texts"] = new JsonArray([.. texts.Select(t => JsonValue.Create(t.Marked))]) };
            var answer = await calls.AskAsync(new("translate", reader, s_instructions, [data.ToJsonString(ModelRequest.Text)], AnswerSchema.Texts()), cancellationToken, s_patience);
            Keep(texts, language, AnswerReader.Read(answer.Text, root => AnswerReader.List(root, "texts", MostAtOnce).ConvertAll(t => t.GetString() ?? "")));
        }
        catch (AgentFailedException e)
        {
            log.LogWarning("Texts stay in the language of the runbook ({Failure}): {Reason}", e.Failure, e.Message);
        }
    }

    private void Keep(List<FixedParts> texts, string language, List<string> rendered)
    {
        if (_kept.Count > MostKept)
            _kept.Clear();
        for (var i = 0; i < texts.Count; i++)
            _kept[(texts[i].ToString(), language)] = rendered.Count == texts.Count ? texts[i].Restore(rendered[i]) : null;
    }
}
