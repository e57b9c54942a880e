using System.Globalization;
using System.Text.Json.Nodes;

namespace ItOps.Bot.Testing.Tickets;

/// <summary>An incident as the instance has it.</summary>
public sealed record Incident(string SysId, string Number)
{
    public Dictionary<string, string> Fields { get; } = new(StringComparer.Ordinal);

    /// <summary>Journal entries: comments are for the caller, work notes are not.</summary>
    public List<JournalEntry> Journal { get; } = [];

    public string State => Fields["state"];
}

public sealed record JournalEntry(string SysId, string Element, string Value, string CreatedBy, DateTimeOffset At);

/// <summary>The Table API of a ServiceNow instance, as far as the bot knows it: incidents and their journal.</summary>
public sealed class FakeServiceNow : TicketServer
{
    public const string User = "itops.bot";
    public const string Password = "practice-servicenow";

    private static readonly string[] s_writable =
        ["short_description", "description", "correlation_id", "correlation_display", "assignment_group", "comments", "work_notes", "state", "close_code", "close_notes"];

    private readonly TimeProvider _time;
    private int _next;

    private FakeServiceNow(TimeProvider time) => _time = time;

    public List<Incident> Incidents { get; } = [];

    public Dictionary<string, string> Settings => new()
    {
        ["Executors:ServiceNow:Enabled"] = "true",
        ["Executors:ServiceNow:Url"] = Address.AbsoluteUri,
        ["Executors:ServiceNow:User"] = User,
        ["Executors:ServiceNow:Password"] = Password,
    };

    protected override string Credentials => $"{User}:{Password}";

    public static async Task<FakeServiceNow> StartAsync(TimeProvider time)
    {
        var fake = new FakeServiceNow(time);
        await fake.ListenAsync();
        return fake;
    }

    /// <summary>An agent writes for the caller, or for colleagues.</summary>
    public JournalEntry Comments(Incident incident, string agent, string text, bool forCaller = true) => Do(() => Add(incident, forCaller ? "comments" : "work_notes", text, agent));

    public void Assign(Incident incident, string agent) => Do(() => incident.Fields["assigned_to"] = agent);

    public void SetState(Incident incident, string state) => Do(() => incident.Fields["state"] = state);

    protected override JsonNode Error(int status, string message) =>
        new JsonObject { ["error"] = new JsonObject { ["message"] = message, ["detail"] = "" }, ["status"] = "failure" };

    protected override TicketReply Answer(TicketCall call) => (call.Method, call.Path) switch
    {
        ("GET", ["api", "now", "table", "incident"]) when call.HasOnly("sysparm_query", "sysparm_fields", "sysparm_limit") => Find(call),
        ("POST", ["api", "now", "table", "incident"]) when call.HasOnly("sysparm_fields") => Create(call),
        ("GET", ["api", "now", "table", "incident", var id]) when call.HasOnly("sysparm_fields", "sysparm_display_value") =>
            Incidents.Find(i => i.SysId == id) is { } incident ? new(200, new JsonObject { ["result"] = Shown(incident, call) }) : NoRecord(),
        ("PATCH", ["api", "now", "table", "incident", var id]) when call.HasOnly("sysparm_fields") => Incidents.Find(i => i.SysId == id) is { } incident ? Change(incident, call) : NoRecord(),
        ("GET", ["api", "now", "table", "sys_journal_field"]) when call.HasOnly("sysparm_query", "sysparm_fields", "sysparm_limit", "sysparm_offset") => Entries(call),
        _ => new(400, Error(400, $"There is nothing at {call.Method} {string.Join('/', call.Path)} with these parameters.")),
    };

    private TicketReply NoRecord() => new(404, Error(404, "No Record found"));

    private TicketReply Find(TicketCall call)
    {
        var found = Incidents.AsEnumerable();
        foreach (var term in (call["sysparm_query"] ?? "").Split('^', StringSplitOptions.RemoveEmptyEntries))
        {
            if (term.Split('=') is not ["correlation_id", var value])
                return new(400, Error(400, $"The fake does not know the query {term}."));
            found = found.Where(i => i.Fields.GetValueOrDefault("correlation_id") == value);
        }

        return new(200, new JsonObject { ["result"] = new JsonArray([.. found.Take(Limit(call)).Select(i => (JsonNode)new JsonObject { ["sys_id"] = i.SysId, ["number"] = i.Number })]) });
    }

    private TicketReply Create(TicketCall call)
    {
        if (call.Body is not { } body || body.Select(f => f.Key).Except(s_writable).Any())
            return new(400, Error(400, "A field that the fake does not know."));
        if (body["short_description"]?.GetValue<string>() is not { Length: > 0 and <= 160 })
            return new(403, Error(403, "Data Policy Exception: Short description is mandatory"));
        var incident = new Incident(NewId(), $"INC{10_000 + Incidents.Count + 1:D7}") { Fields = { ["state"] = "1" } };
        Incidents.Add(incident);
        Take(incident, body);
        return new(201, new JsonObject { ["result"] = new JsonObject { ["sys_id"] = incident.SysId, ["number"] = incident.Number } });
    }

    private TicketReply Change(Incident incident, TicketCall call)
    {
        if (call.Body is not { } body || body.Select(f => f.Key).Except(s_writable).Any())
            return new(400, Error(400, "A field that the fake does not know."));
        if (body["state"]?.GetValue<string>() == "6" && (body["close_code"] is null || body["close_notes"] is null))
            return new(403, Error(403, "Data Policy Exception: The following fields are mandatory: Resolution code, Resolution notes"));
        Take(incident, body);
        return new(200, new JsonObject { ["result"] = new JsonObject { ["sys_id"] = incident.SysId } });
    }

    private void Take(Incident incident, JsonObject body)
    {
        foreach (var (field, value) in body)
        {
            if (field is "comments" or "work_notes")
                Add(incident, field, value!.GetValue<string>(), User);
            else
                incident.Fields[field] = value!.GetValue<string>();
        }
    }

    private JournalEntry Add(Incident incident, string element, string text, string by)
    {
        incident.Journal.Add(new(NewId(), element, text, by, _time.GetUtcNow()));
        return incident.Journal[^1];
    }

    private static JsonObject Shown(Incident incident, TicketCall call) => new((call["sysparm_fields"] ?? "").Split(',').Select(f =>
    {
        var value = incident.Fields.GetValueOrDefault(f, "");
        return KeyValuePair.Create(f, (JsonNode?)(call["sysparm_display_value"] == "all" ? new JsonObject { ["value"] = value, ["display_value"] = value } : JsonValue.Create(value)));
    }));

    private TicketReply Entries(TicketCall call)
    {
        var found = Incidents.SelectMany(i => i.Journal.Select(e => (Incident: i, Entry: e)));
        foreach (var term in (call["sysparm_query"] ?? "").Split('^', StringSplitOptions.RemoveEmptyEntries))
        {
            if (term.StartsWith("ORDERBY", StringComparison.Ordinal))
                continue;
            if (term.StartsWith("element_id=", StringComparison.Ordinal))
                found = found.Where(e => e.Incident.SysId == term["element_id=".Length..]);
            else if (term.StartsWith("element=", StringComparison.Ordinal))
                found = found.Where(e => e.Entry.Element == term["element=".Length..]);
            else if (term.StartsWith("sys_created_on>=", StringComparison.Ordinal))
                found = found.Where(e => string.CompareOrdinal(Moment(e.Entry.At), term["sys_created_on>=".Length..]) >= 0);
            else
                return new(400, Error(400, $"The fake does not know the query {term}."));
        }

        var offset = int.Parse(call["sysparm_offset"] ?? "0", CultureInfo.InvariantCulture);
        var page = found.Select(e => e.Entry).OrderBy(e => Moment(e.At), StringComparer.Ordinal).ThenBy(e => e.SysId, StringComparer.Ordinal).Skip(offset).Take(Limit(call));
        return new(200, new JsonObject
        {
            ["result"] = new JsonArray([.. page.Select(e => (JsonNode)new JsonObject { ["sys_id"] = e.SysId, ["value"] = e.Value, ["sys_created_on"] = Moment(e.At), ["sys_created_by"] = e.CreatedBy })]),
        });
    }

    private static int Limit(TicketCall call) => int.Parse(call["sysparm_limit"] ?? "10000", CultureInfo.InvariantCulture);

    private static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private string NewId() => (++_next).ToString("x32", CultureInfo.InvariantCulture);
}
