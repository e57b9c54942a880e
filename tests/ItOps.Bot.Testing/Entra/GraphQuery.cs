using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace ItOps.Bot.Testing.Entra;

/// <summary>The query options of one request, refused as Graph refuses them.</summary>
internal sealed class GraphQuery(string query, string? consistency)
{
    private const int LargestPage = 999;

    private static readonly HashSet<string> s_options = ["$select", "$filter", "$expand", "$top", "$count", "$orderby", "$search", "$skiptoken"];
    private static readonly HashSet<string> s_filterable =
        ["id", "userPrincipalName", "displayName", "givenName", "mail", "mailNickname", "accountEnabled", "userType", "onPremisesImmutableId", "onPremisesSyncEnabled", "principalId"];

    private readonly Dictionary<string, string> _options = QueryHelpers.ParseQuery(query).ToDictionary(o => o.Key, o => o.Value.ToString(), StringComparer.Ordinal);

    public IReadOnlyList<string> Select => this["$select"]?.Split(',') ?? [];

    public bool ExpandsManager => this["$expand"] is not null;

    private string? this[string option] => _options.GetValueOrDefault(option);

    /// <summary>What is wrong with it; none when nothing is.</summary>
    public GraphAnswer? Refusal(HashSet<string> properties)
    {
        if (_options.Keys.FirstOrDefault(o => !s_options.Contains(o)) is { } unknown)
            return GraphAnswer.Bad($"The query specified in the URI is not valid. The query parameter '{unknown}' is not supported.", "BadRequest");
        if (Select.FirstOrDefault(p => !properties.Contains(p)) is { } property)
            return GraphAnswer.Bad($"Parsing OData Select and Expand failed: Could not find a property named '{property}' on type 'microsoft.graph.directoryObject'.", "BadRequest");
        if (this["$expand"] is { } expand && expand != "manager($select=id)")
            return GraphAnswer.Bad($"Parsing OData Select and Expand failed: '{expand}'.", "BadRequest");
        if (this["$top"] is { } top && (!int.TryParse(top, NumberStyles.None, CultureInfo.InvariantCulture, out var size) || size is < 1 or > LargestPage))
            return GraphAnswer.Bad($"Invalid page size specified: '{top}'. Must be between 1 and {LargestPage} inclusive.");
        try
        {
            var filter = this["$filter"] is { } text ? ODataFilter.Parse(text, s_filterable.Contains) : null;
            var advanced = filter?.IsAdvanced == true || _options.ContainsKey("$search") || _options.ContainsKey("$count") || (filter is not null && _options.ContainsKey("$orderby"));
            return advanced && (consistency != "eventual" || this["$count"] != "true")
                ? GraphAnswer.Bad("The specified filter to the reference property query is currently not supported.", "Request_UnsupportedQuery")
                : null;
        }
        catch (FormatException e)
        {
            return GraphAnswer.Bad(e.Message, "BadRequest");
        }
    }

    /// <summary>One page of what the filter leaves, with the address of the next.</summary>
    public GraphAnswer Page(IEnumerable<JsonObject> objects, Uri address, int pageSize, string type)
    {
        var matches = this["$filter"] is { } filter ? ODataFilter.Parse(filter, s_filterable.Contains).Matches : _ => true;
        var left = objects.Where(matches).ToList();
        var skip = this["$skiptoken"] is { } token && int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var at) ? at : 0;
        var size = this["$top"] is { } top ? Math.Min(int.Parse(top, CultureInfo.InvariantCulture), pageSize) : pageSize;
        var body = new JsonObject { ["@odata.context"] = new Uri(address, $"$metadata#{type}").AbsoluteUri };
        if (skip + size < left.Count)
        {
            var next = QueryString.Create(_options.Where(o => o.Key != "$skiptoken").Select(o => KeyValuePair.Create(o.Key, (string?)o.Value)).Append(new("$skiptoken", (skip + size).ToString(CultureInfo.InvariantCulture))));
            body["@odata.nextLink"] = address.GetLeftPart(UriPartial.Path) + next;
        }

        body["value"] = new JsonArray([.. left.Skip(skip).Take(size).Select(o => (JsonNode)Cut(o))]);
        return GraphAnswer.Of(body);
    }

    /// <summary>What was selected; what Graph shows unasked where nothing was.</summary>
    public JsonObject Cut(JsonObject whole)
    {
        string[] unasked = ["id", "displayName", "givenName", "mail", "userPrincipalName", "description", "groupTypes", "mailEnabled", "securityEnabled", "roleTemplateId", "principalId", "authenticationType", "isAssignableToRole"];
        var wanted = Select.Count > 0 ? Select : unasked;
        return new(whole.Where(p => p.Key.StartsWith('@') || p.Key == "manager" || wanted.Contains(p.Key, StringComparer.Ordinal)).Select(p => KeyValuePair.Create(p.Key, p.Value?.DeepClone())));
    }
}
