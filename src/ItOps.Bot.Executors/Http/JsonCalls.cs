using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ItOps.Bot.Executors.Http;

/// <summary>Calls of a REST API whose answers are read field by field. What is not a success is an exception that says what the system said.</summary>
internal sealed class JsonCalls(string system, HttpClient http) : IDisposable
{
    public void Dispose() => http.Dispose();

    /// <summary>None when there is nothing at the address.</summary>
    public Task<JsonNode?> ReadAsync(string address, CancellationToken cancellationToken) => SendAsync(HttpMethod.Get, address, null, cancellationToken);

    /// <exception cref="RefusedCallException">The system said no; nothing happened there.</exception>
    /// <exception cref="UnansweredException">It is not known whether it happened.</exception>
    public async Task<JsonNode?> SendAsync(HttpMethod method, string address, JsonObject? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, address);
        if (body is not null)
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        using var answer = await http.SendAsync(request, cancellationToken);
        var text = await answer.Content.ReadAsStringAsync(cancellationToken);
        if (method == HttpMethod.Get && answer.StatusCode == HttpStatusCode.NotFound)
            return null;
        if (answer.IsSuccessStatusCode)
            return text.Length == 0 ? null : Parse(text, address);
        var said = $"{system} answered {(int)answer.StatusCode} to {method} {address.Split('?')[0]}. {SaidText.Of(text)}";
        throw (int)answer.StatusCode is >= 400 and < 500 and not 408
            ? new RefusedCallException(said) { Status = answer.StatusCode }
            : new UnansweredException(said, null);
    }

    private JsonNode? Parse(string text, string address)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException e)
        {
            throw new UnansweredException($"{system}'s answer to {address.Split('?')[0]} cannot be read ({SaidText.Of(e.Message)}).", e);
        }
    }
}

/// <summary>A system understood a call and refuses it.</summary>
internal sealed class RefusedCallException(string message) : OperatorException(message)
{
    public HttpStatusCode Status { get; init; }
}
