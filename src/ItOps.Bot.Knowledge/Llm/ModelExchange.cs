using System.ClientModel;
using System.ClientModel.Primitives;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using ItOps.Bot.Agents;

namespace ItOps.Bot.Knowledge.Llm;

/// <summary>One try at chat/completions: the request out, the streamed answer in, every way to fail told apart.</summary>
internal sealed partial class ModelExchange(LlmOptions options, LlmConnection connection, TimeProvider time)
{
    /// <summary>A streamed answer carries some two hundred bytes for each word of it.</summary>
    private const int MostBytes = 1024 * 1024;
    private const int MostBytesOfAnError = 8 * 1024;

    /// <exception cref="CallFailedException">There is no answer.</exception>
    public async Task<ModelAnswer> TryAsync(BinaryData body, CancellationToken cancellationToken)
    {
        try
        {
            var result = await connection.Chat!.CompleteChatAsync(BinaryContent.Create(body), new() { BufferResponse = false, ErrorOptions = ClientErrorBehaviors.NoThrow, CancellationToken = cancellationToken });
            using var response = result.GetRawResponse();
            await using var content = new CappedStream(response.ContentStream ?? Stream.Null, MostBytes, options.IdleTimeOut, time);
            if (response.Status is < 200 or > 299)
                throw await RefusedAsync(response, content, cancellationToken);
            var type = response.Headers.TryGetValue("Content-Type", out var said) ? said : "";
            return type?.StartsWith("text/event-stream", StringComparison.OrdinalIgnoreCase) == true
                ? await AnswerStream.ReadAsync(content, cancellationToken)
                : throw new CallFailedException(AgentFailure.Nonsense, "The endpoint answered with something else than a stream of events; is its address right, and can it stream?");
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            // The handler's ConnectTimeout, which the SDK passes on as it is.
            throw new CallFailedException(AgentFailure.Away, $"{options.Endpoint.Authority} does not take connections.", e) { IsPassing = true };
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is ClientResultException { Status: 0 }))
        {
            throw new CallFailedException(AgentFailure.Away, $"{options.Endpoint.Authority} was not reached, or broke off ({(e as HttpRequestException ?? e.InnerException as HttpRequestException)?.HttpRequestError.ToString() ?? e.GetType().Name}).", e) { IsPassing = true };
        }
    }

    private async Task<CallFailedException> RefusedAsync(PipelineResponse response, Stream content, CancellationToken cancellationToken)
    {
        var why = await CodeAsync(content, cancellationToken);
        return response.Status switch
        {
            401 or 403 => new(AgentFailure.Refused, $"The endpoint does not take the key (status {response.Status}{why}); check Knowledge:Llm:ApiKey."),
            404 => new(AgentFailure.Refused, $"The endpoint knows no such address or model (status 404{why}); check Knowledge:Llm:Endpoint and ChatModel."),
            429 => new(AgentFailure.Refused, $"The endpoint has too much to do, or its quota is used up (status 429{why}).") { IsPassing = true, RetryAfter = RetryAfter(response) },
            >= 500 => new(AgentFailure.Away, $"The endpoint failed (status {response.Status}{why}).") { IsPassing = true, RetryAfter = RetryAfter(response) },
            >= 300 and < 400 => new(AgentFailure.Refused, $"The endpoint sends the bot elsewhere (status {response.Status}), which it does not follow; correct Knowledge:Llm:Endpoint."),
            _ => new(AgentFailure.Failed, $"The endpoint does not take the request (status {response.Status}{why}); see docs/models.md for what it must know."),
        };
    }

    /// <summary>The error's own code where it is one: an error's text may repeat the key or the message.</summary>
    private static async Task<string> CodeAsync(Stream content, CancellationToken cancellationToken)
    {
        var buffer = new byte[MostBytesOfAnError];
        try
        {
            var length = await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
            using var json = JsonDocument.Parse(buffer.AsMemory(0, length), new() { MaxDepth = 8 });
            var error = json.RootElement.GetProperty("error");
            return string.Concat(((IEnumerable<string>)["code", "param"])
                .Select(name => error.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "")
                .Where(value => Code().IsMatch(value))
                .Select(value => $", {value}"));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or CallFailedException or HttpRequestException or IOException)
        {
            return "";
        }
    }

    private TimeSpan? RetryAfter(PipelineResponse response)
    {
        if (!response.Headers.TryGetValue("Retry-After", out var text) || text is null)
            return null;
        var wait = double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds < 86_400 ? TimeSpan.FromSeconds(seconds)
            : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at - time.GetUtcNow()
            : (TimeSpan?)null;
        return wait is { } known && known < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    [GeneratedRegex("^[A-Za-z_.]{1,40}$")]
    private static partial Regex Code();
}
