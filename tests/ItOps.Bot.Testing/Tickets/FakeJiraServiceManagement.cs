using System.Globalization;
using System.Text.Json.Nodes;

namespace ItOps.Bot.Testing.Tickets;

/// <summary>A customer request as the site has it.</summary>
public sealed record CustomerRequest(string Key, string Summary, string Description)
{
    public List<RequestComment> Comments { get; } = [];

    /// <summary>"new", "indeterminate" or "done".</summary>
    public string Category { get; set; } = "new";

    /// <summary>The display name of whoever works on it.</summary>
    public string? Assignee { get; set; }
}

public sealed record RequestComment(string Id, string Author, string Body, bool Public, DateTimeOffset At);

/// <summary>The REST API of Jira Service Management (Cloud), and what of Jira's own goes with it, as far as the bot knows them.</summary>
public sealed class FakeJiraServiceManagement : TicketServer
{
    public const string Email = "bot@contoso.example";
    public const string ApiToken = "practice-jsm-token";
    public const string Self = "712020:bot-1f2e3d4c";

    private readonly TimeProvider _time;
    private int _next = 10_000;

    private FakeJiraServiceManagement(TimeProvider time) => _time = time;

    public List<CustomerRequest> Customers { get; } = [];

    public Dictionary<string, string> Settings => new()
    {
        ["Executors:JiraServiceManagement:Enabled"] = "true",
        ["Executors:JiraServiceManagement:Url"] = Address.AbsoluteUri,
        ["Executors:JiraServiceManagement:Email"] = Email,
        ["Executors:JiraServiceManagement:ApiToken"] = ApiToken,
        ["Executors:JiraServiceManagement:ServiceDeskId"] = "7",
        ["Executors:JiraServiceManagement:RequestTypeId"] = "25",
    };

    protected override string Credentials => $"{Email}:{ApiToken}";

    public static async Task<FakeJiraServiceManagement> StartAsync(TimeProvider time)
    {
        var fake = new FakeJiraServiceManagement(time);
        await fake.ListenAsync();
        return fake;
    }

    /// <summary>An agent replies to the customer, or writes an internal note.</summary>
    public RequestComment Comments(CustomerRequest request, string agent, string text, bool forCustomer = true) => Do(() => Add(request, agent, text, forCustomer));

    public void SetCategory(CustomerRequest request, string category) => Do(() => request.Category = category);

    protected override JsonNode Error(int status, string message) => new JsonObject { ["errorMessage"] = message, ["i18nErrorMessage"] = new JsonObject() };

    protected override TicketReply Answer(TicketCall call) => (call.Method, call.Path) switch
    {
        ("GET", ["rest", "api", "3", "myself"]) => new(200, new JsonObject { ["accountId"] = Self, ["displayName"] = "ItOps.Bot" }),
        ("GET", ["rest", "servicedeskapi", "servicedesk", "7", "requesttype", "25"]) => new(200, new JsonObject { ["id"] = "25", ["name"] = "Get IT help", ["serviceDeskId"] = "7" }),
        ("GET", ["rest", "servicedeskapi", "request"]) when call.HasOnly("searchTerm", "requestOwnership", "serviceDeskId", "requestTypeId", "start", "limit") => Find(call),
        ("POST", ["rest", "servicedeskapi", "request"]) => Create(call.Body),
        (_, ["rest", "servicedeskapi", "request", var key, "comment"]) => Of(key, r => call.Method == "POST" ? NewComment(r, call.Body) : CommentsOf(r, call)),
        ("GET", ["rest", "api", "3", "issue", var key]) when call.HasOnly("fields") => Of(key, Issue),
        (_, ["rest", "api", "3", "issue", var key, "transitions"]) => Of(key, r => call.Method == "POST" ? Transit(r, call.Body) : new(200, new JsonObject { ["transitions"] = Transitions(r) })),
        _ => new(404, Error(404, $"There is nothing at {call.Method} {string.Join('/', call.Path)} with these parameters.")),
    };

    private TicketReply Of(string key, Func<CustomerRequest, TicketReply> answer) =>
        Customers.Find(r => r.Key == key) is { } request ? answer(request) : new(404, Error(404, "The request does not exist, or you may not see it."));

    private TicketReply Find(TicketCall call)
    {
        var found = Customers.Where(r => r.Summary.Contains(call["searchTerm"] ?? "", StringComparison.OrdinalIgnoreCase)).ToList();
        return Page(call, [.. found.Select(r => Shown(r, withFields: true))]);
    }

    private TicketReply Create(JsonObject? body)
    {
        if (body is null || body["serviceDeskId"]?.GetValue<string>() != "7" || body["requestTypeId"]?.GetValue<string>() != "25")
            return new(400, Error(400, "Your request could not be created. Please check the fields have been correctly filled in."));
        var fields = body["requestFieldValues"] as JsonObject;
        if (fields?["summary"]?.GetValue<string>() is not { Length: > 0 and <= 255 } summary || summary.Contains('\n', StringComparison.Ordinal) || fields.Any(f => f.Key is not ("summary" or "description")))
            return new(400, Error(400, "The summary is invalid because it contains newline characters, is too long or is missing."));
        var request = new CustomerRequest($"HELP-{Customers.Count + 1}", summary, fields["description"]?.GetValue<string>() ?? "");
        Customers.Add(request);
        return new(201, Shown(request, withFields: true));
    }

    private static JsonObject Shown(CustomerRequest request, bool withFields) => new()
    {
        ["issueId"] = "1" + request.Key.Split('-')[1],
        ["issueKey"] = request.Key,
        ["requestTypeId"] = "25",
        ["serviceDeskId"] = "7",
        ["requestFieldValues"] = withFields
            ? new JsonArray(
                new JsonObject { ["fieldId"] = "summary", ["label"] = "Summary", ["value"] = request.Summary },
                new JsonObject { ["fieldId"] = "description", ["label"] = "Description", ["value"] = request.Description })
            : new JsonArray(),
    };

    private TicketReply NewComment(CustomerRequest request, JsonObject? body) =>
        body?["body"]?.GetValue<string>() is { Length: > 0 } text && body["public"]?.GetValue<bool>() is { } isPublic && body.Count == 2
            ? new(201, Shown(Add(request, Self, text, isPublic)))
            : new(400, Error(400, "The comment has no body."));

    private TicketReply CommentsOf(CustomerRequest request, TicketCall call)
    {
        if (!call.HasOnly("public", "internal", "start", "limit"))
            return new(400, Error(400, "A parameter that the fake does not know."));
        var shown = request.Comments.Where(c => c.Public ? call["public"] != "false" : call["internal"] != "false");
        return Page(call, [.. shown.Select(Shown)]);
    }

    private RequestComment Add(CustomerRequest request, string author, string text, bool isPublic)
    {
        request.Comments.Add(new((++_next).ToString(CultureInfo.InvariantCulture), author, text, isPublic, _time.GetUtcNow()));
        return request.Comments[^1];
    }

    private static JsonObject Shown(RequestComment comment) => new()
    {
        ["id"] = comment.Id,
        ["body"] = comment.Body,
        ["public"] = comment.Public,
        ["author"] = new JsonObject { ["accountId"] = comment.Author == Self ? Self : "712020:" + comment.Author, ["displayName"] = comment.Author == Self ? "ItOps.Bot" : comment.Author },
        ["created"] = new JsonObject { ["iso8601"] = comment.At.ToString("O"), ["epochMillis"] = comment.At.ToUnixTimeMilliseconds() },
    };

    private static TicketReply Issue(CustomerRequest request) => new(200, new JsonObject
    {
        ["key"] = request.Key,
        ["fields"] = new JsonObject
        {
            ["status"] = new JsonObject { ["name"] = request.Category, ["statusCategory"] = new JsonObject { ["key"] = request.Category } },
            ["assignee"] = request.Assignee is { } name ? new JsonObject { ["accountId"] = "712020:" + name, ["displayName"] = name } : null,
        },
    });

    private static JsonArray Transitions(CustomerRequest request) => request.Category == "done"
        ? [Transition("41", "Reopen", "indeterminate")]
        : [Transition("11", "Start work", "indeterminate"), Transition("21", "Escalate", "indeterminate"), Transition("31", "Resolve", "done")];

    private static JsonObject Transition(string id, string name, string category) =>
        new() { ["id"] = id, ["name"] = name, ["to"] = new JsonObject { ["name"] = category, ["statusCategory"] = new JsonObject { ["key"] = category } } };

    private static TicketReply Transit(CustomerRequest request, JsonObject? body)
    {
        var way = Transitions(request).FirstOrDefault(t => t!["id"]!.GetValue<string>() == body?["transition"]?["id"]?.GetValue<string>());
        if (way is null)
            return new(400, new JsonObject { ["errorMessages"] = new JsonArray("It seems that you have tried to perform a workflow operation that is not valid for the current state of this issue.") });
        request.Category = way["to"]!["statusCategory"]!["key"]!.GetValue<string>();
        return new(204, null);
    }

    private static TicketReply Page(TicketCall call, IReadOnlyList<JsonObject> all)
    {
        var (start, limit) = (int.Parse(call["start"] ?? "0", CultureInfo.InvariantCulture), Math.Min(int.Parse(call["limit"] ?? "50", CultureInfo.InvariantCulture), 50));
        var page = all.Skip(start).Take(limit).ToList();
        return new(200, new JsonObject
        {
            ["size"] = page.Count,
            ["start"] = start,
            ["limit"] = limit,
            ["isLastPage"] = start + page.Count >= all.Count,
            ["values"] = new JsonArray([.. page.Select(p => (JsonNode)p)]),
        });
    }
}
