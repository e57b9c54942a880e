using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using ItOps.Bot.Executors.Http;

namespace ItOps.Bot.Executors.JiraServiceManagement;

/// <summary>The calls of Jira Service Management's REST API, and of Jira's own for what the former does not tell an agent.</summary>
internal sealed class ServiceDeskClient : IDisposable
{
    private const int PageSize = 50;

    private readonly ServiceDeskOptions _options;
    private readonly JsonCalls _calls;

    public ServiceDeskClient(ServiceDeskOptions options, TimeProvider time)
    {
        _options = options;
        var http = new HttpClient(new PatientHandler("Jira Service Management", options.TimeOut, time, PatientHandler.Connections())) { BaseAddress = new(options.Url, "rest/"), Timeout = Timeout.InfiniteTimeSpan };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.Email}:{options.ApiToken.Reveal()}")));
        http.DefaultRequestHeaders.Accept.Add(new("application/json"));
        _calls = new("Jira Service Management", http);
    }

    public void Dispose() => _calls.Dispose();

    public Task<JsonNode?> MyselfAsync(CancellationToken cancellationToken) => _calls.ReadAsync("api/3/myself", cancellationToken);

    public Task<JsonNode?> RequestTypeAsync(CancellationToken cancellationToken) =>
        _calls.ReadAsync(string.Create(CultureInfo.InvariantCulture, $"servicedeskapi/servicedesk/{_options.ServiceDeskId}/requesttype/{_options.RequestTypeId}"), cancellationToken);

    /// <summary>The bot's own requests of its type whose summary has the word.</summary>
    public Task<IReadOnlyList<JsonNode>> OwnRequestsAsync(string word, CancellationToken cancellationToken) => AllAsync(
        string.Create(CultureInfo.InvariantCulture, $"servicedeskapi/request?searchTerm={Escape(word)}&requestOwnership=OWNED_REQUESTS&serviceDeskId={_options.ServiceDeskId}&requestTypeId={_options.RequestTypeId}"),
        cancellationToken);

    public Task<JsonNode?> CreateAsync(string summary, string description, CancellationToken cancellationToken) => _calls.SendAsync(
        HttpMethod.Post,
        "servicedeskapi/request",
        new()
        {
            ["serviceDeskId"] = _options.ServiceDeskId.ToString(CultureInfo.InvariantCulture),
            ["requestTypeId"] = _options.RequestTypeId.ToString(CultureInfo.InvariantCulture),
            ["requestFieldValues"] = new JsonObject { ["summary"] = summary, ["description"] = description },
        },
        cancellationToken);

    /// <summary>Only what the customer may read.</summary>
    public Task<IReadOnlyList<JsonNode>> CommentsAsync(string key, CancellationToken cancellationToken) =>
        AllAsync($"servicedeskapi/request/{Escape(key)}/comment?public=true&internal=false", cancellationToken);

    public Task CommentAsync(string key, string body, CancellationToken cancellationToken) =>
        _calls.SendAsync(HttpMethod.Post, $"servicedeskapi/request/{Escape(key)}/comment", new() { ["body"] = body, ["public"] = true }, cancellationToken);

    public Task<JsonNode?> IssueAsync(string key, CancellationToken cancellationToken) => _calls.ReadAsync($"api/3/issue/{Escape(key)}?fields=status,assignee", cancellationToken);

    public async Task<IReadOnlyList<JsonNode>> TransitionsAsync(string key, CancellationToken cancellationToken) =>
        [.. ((await _calls.ReadAsync($"api/3/issue/{Escape(key)}/transitions", cancellationToken))?["transitions"] as JsonArray ?? []).OfType<JsonNode>()];

    public Task TransitAsync(string key, string transition, CancellationToken cancellationToken) => _calls.SendAsync(
        HttpMethod.Post, $"api/3/issue/{Escape(key)}/transitions", new() { ["transition"] = new JsonObject { ["id"] = transition } }, cancellationToken);

    private async Task<IReadOnlyList<JsonNode>> AllAsync(string address, CancellationToken cancellationToken)
    {
        var all = new List<JsonNode>();
        for (var last = false; !last;)
        {
            var page = await _calls.ReadAsync(string.Create(CultureInfo.InvariantCulture, $"{address}&start={all.Count}&limit={PageSize}"), cancellationToken);
            var values = (page?["values"] as JsonArray ?? []).OfType<JsonNode>().ToList();
            all.AddRange(values);
            last = values.Count == 0 || page?["isLastPage"]?.GetValue<bool>() != false;
        }

        return all;
    }

    private static string Escape(string text) => Uri.EscapeDataString(text);
}
