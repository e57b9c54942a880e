using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using ItOps.Bot.Executors.Http;

namespace ItOps.Bot.Executors.ServiceNow;

/// <summary>The calls of ServiceNow's Table API that the bot makes.</summary>
internal sealed class ServiceNowClient : IDisposable
{
    private const int MostEntries = 200;

    private readonly JsonCalls _calls;

    public ServiceNowClient(ServiceNowOptions options, TimeProvider time)
    {
        var http = new HttpClient(new PatientHandler("ServiceNow", options.TimeOut, time, PatientHandler.Connections())) { BaseAddress = new(options.Url, "api/now/table/"), Timeout = Timeout.InfiniteTimeSpan };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.User}:{options.Password.Reveal()}")));
        http.DefaultRequestHeaders.Accept.Add(new("application/json"));
        _calls = new("ServiceNow", http);
    }

    public void Dispose() => _calls.Dispose();

    public async Task<JsonNode?> FindIncidentAsync(string correlationId, CancellationToken cancellationToken) =>
        First(await _calls.ReadAsync($"incident?sysparm_query={Escape($"correlation_id={correlationId}")}&sysparm_fields=sys_id,number&sysparm_limit=1", cancellationToken));

    public async Task<JsonNode?> CreateIncidentAsync(JsonObject fields, CancellationToken cancellationToken) =>
        (await _calls.SendAsync(HttpMethod.Post, "incident?sysparm_fields=sys_id,number", fields, cancellationToken))?["result"];

    public Task ChangeIncidentAsync(string sysId, JsonObject fields, CancellationToken cancellationToken) =>
        _calls.SendAsync(HttpMethod.Patch, $"incident/{Escape(sysId)}?sysparm_fields=sys_id", fields, cancellationToken);

    /// <summary>Each field with its value and how people read it; none when there is no such incident.</summary>
    public async Task<JsonNode?> IncidentAsync(string sysId, CancellationToken cancellationToken) =>
        (await _calls.ReadAsync($"incident/{Escape(sysId)}?sysparm_fields=state,assigned_to&sysparm_display_value=all", cancellationToken))?["result"];

    /// <summary>Comments for the customer, oldest first, from a moment on (UTC, to the second).</summary>
    public async Task<IReadOnlyList<JsonNode>> CommentsAsync(string sysId, string from, CancellationToken cancellationToken)
    {
        var since = from.Length == 0 ? "" : $"^sys_created_on>={from}";
        var all = new List<JsonNode>();
        for (var page = await Page(0); page.Count > 0; page = page.Count < MostEntries ? [] : await Page(all.Count))
            all.AddRange(page);
        return all;

        async Task<IReadOnlyList<JsonNode>> Page(int offset)
        {
            var query = Escape($"element_id={sysId}^element=comments{since}^ORDERBYsys_created_on^ORDERBYsys_id");
            var answer = await _calls.ReadAsync($"sys_journal_field?sysparm_query={query}&sysparm_fields=sys_id,value,sys_created_on,sys_created_by&sysparm_limit={MostEntries}&sysparm_offset={offset}", cancellationToken);
            return [.. (answer?["result"] as JsonArray ?? []).OfType<JsonNode>()];
        }
    }

    /// <summary>Whether the bot may read a table.</summary>
    public Task ProbeAsync(string table, CancellationToken cancellationToken) => _calls.ReadAsync($"{table}?sysparm_fields=sys_id&sysparm_limit=1", cancellationToken);

    private static JsonNode? First(JsonNode? answer) => (answer?["result"] as JsonArray)?.FirstOrDefault();

    private static string Escape(string text) => Uri.EscapeDataString(text);
}
