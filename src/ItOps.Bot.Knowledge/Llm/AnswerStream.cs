using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;
using ItOps.Bot.Agents;

namespace ItOps.Bot.Knowledge.Llm;

/// <summary>What a model wrote, and the tokens that it says it took; none where it does not say.</summary>
internal sealed record ModelAnswer(string Text, long? InputTokens, long? OutputTokens);

/// <summary>
/// Puts the first choice's text together from a streamed answer. Tools that are called, further choices and every other member are passed over: nothing was
/// offered for them to do.
/// </summary>
internal static class AnswerStream
{
    private const int LongestText = 64 * 1024;
    private const string End = "[DONE]";
    private static readonly JsonDocumentOptions s_limits = new() { MaxDepth = 16 };

    /// <exception cref="CallFailedException">It is no whole answer.</exception>
    public static async Task<ModelAnswer> ReadAsync(Stream body, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        (long? Input, long? Output) tokens = (null, null);
        var ended = false;
        try
        {
            await foreach (var item in SseParser.Create(body).EnumerateAsync(cancellationToken))
            {
                if (item.Data == End)
                {
                    ended = true;
                    break;
                }

                using var chunk = JsonDocument.Parse(item.Data, s_limits);
                ended |= Take(chunk.RootElement, text);
                tokens = Usage(chunk.RootElement) ?? tokens;
            }
        }
        catch (JsonException e)
        {
            throw new CallFailedException(AgentFailure.Nonsense, "A part of the answer is no JSON.", e);
        }
        catch (InvalidOperationException e)
        {
            // Text that cannot be text, such as half of a surrogate pair.
            throw new CallFailedException(AgentFailure.Nonsense, "A part of the answer cannot be read.", e);
        }

        if (!ended)
            throw new CallFailedException(AgentFailure.Away, "The answer broke off.") { IsPassing = true };
        return new(text.ToString(), tokens.Input, tokens.Output);
    }

    /// <summary>Whether the choice came to its end.</summary>
    private static bool Take(JsonElement chunk, StringBuilder text)
    {
        if (chunk.ValueKind != JsonValueKind.Object)
            throw new CallFailedException(AgentFailure.Nonsense, "A part of the answer is no object.");
        if (chunk.TryGetProperty("error", out var error) && error.ValueKind is not JsonValueKind.Null)
            throw new CallFailedException(AgentFailure.Failed, "The endpoint gave up in the middle of the answer.");
        if (!chunk.TryGetProperty("choices", out var choices) || choices.ValueKind != JsonValueKind.Array)
            return false;
        var ended = false;
        foreach (var choice in choices.EnumerateArray())
        {
            if (choice.ValueKind != JsonValueKind.Object || (choice.TryGetProperty("index", out var index) && (index.ValueKind != JsonValueKind.Number || !index.TryGetInt32(out var at) || at != 0)))
                continue;
            if (choice.TryGetProperty("delta", out var delta) && delta.ValueKind == JsonValueKind.Object)
            {
                if (TextOf(delta, "refusal") is { Length: > 0 })
                    throw new CallFailedException(AgentFailure.Failed, "The model refused to answer.");
                text.Append(TextOf(delta, "content"));
                if (text.Length > LongestText)
                    throw new CallFailedException(AgentFailure.TooBig, $"The answer has more than {LongestText} characters.");
            }

            ended |= TextOf(choice, "finish_reason") switch
            {
                null => false,
                "length" => throw new CallFailedException(AgentFailure.TooBig, "The answer did not end within Knowledge:Llm:AnswerTokens."),
                "content_filter" => throw new CallFailedException(AgentFailure.Failed, "The endpoint's content filter stopped the answer."),
                _ => true,
            };
        }

        return ended;
    }

    private static (long?, long?)? Usage(JsonElement chunk) =>
        chunk.TryGetProperty("usage", out var usage) && usage.ValueKind == JsonValueKind.Object ? (Count(usage, "prompt_tokens"), Count(usage, "completion_tokens")) : null;

    private static long? Count(JsonElement usage, string name) =>
        usage.TryGetProperty(name, out var count) && count.ValueKind == JsonValueKind.Number && count.TryGetInt64(out var value) && value is >= 0 and < 100_000_000 ? value : null;

    private static string? TextOf(JsonElement of, string name) => of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
