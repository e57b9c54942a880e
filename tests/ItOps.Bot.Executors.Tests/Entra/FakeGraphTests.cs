using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using ItOps.Bot.Testing.Entra;
using ItOps.Bot.Testing.Time;

namespace ItOps.Bot.Executors.Tests.Entra;

/// <summary>The stand-in refuses what Graph refuses: otherwise a test before it would prove nothing.</summary>
public sealed class FakeGraphTests
{
    [Theory]
    [InlineData("users?$select=id,displayName", 200, null)]
    [InlineData("users?$select=id,nickName", 400, "BadRequest")]
    [InlineData("users?select=id", 400, "BadRequest")]
    [InlineData("users?$top=1000", 400, "Request_BadRequest")]
    [InlineData("users?$filter=displayName eq 'O''Neil'", 200, null)]
    [InlineData("users?$filter=displayName eq 'O'Neil'", 400, "BadRequest")]
    [InlineData("users?$filter=displayName eq 'O", 400, "BadRequest")]
    [InlineData("users?$filter=displayName eq 'x' or 1 eq 1", 400, "BadRequest")]
    [InlineData("users?$filter=department eq 'x'", 400, "BadRequest")]
    [InlineData("users?$filter=(mail eq 'a' or mail eq 'b') and accountEnabled eq true", 200, null)]
    [InlineData("users?$filter=displayName in ('a','b')", 200, null)]
    [InlineData("users?$filter=startsWith(displayName,'a')", 200, null)]
    [InlineData("users?$filter=displayName ne 'x'", 400, "Request_UnsupportedQuery")]
    [InlineData("users?$filter=not(displayName eq 'x')&$count=true", 400, "Request_UnsupportedQuery")]
    [InlineData("users?$filter=endsWith(mail,'x')&$count=true", 400, "Request_UnsupportedQuery")]
    [InlineData("users?$filter=displayName eq 'x'&$orderby=displayName", 400, "Request_UnsupportedQuery")]
    [InlineData("users/nobody", 404, "Request_ResourceNotFound")]
    [InlineData("nothing", 400, "BadRequest")]
    public async Task What_Graph_would_refuse_is_refused(string request, int status, string? code)
    {
        var token = TestContext.Current.CancellationToken;
        await using var graph = await FakeGraph.StartAsync(new FakeTimeProvider());
        using var http = new HttpClient { BaseAddress = new(graph.Address, "v1.0/") };
        Assert.Equal(401, (int)(await http.GetAsync(request, token)).StatusCode);
        var form = new Dictionary<string, string>
        {
            ["client_id"] = FakeGraph.AppId,
            ["client_secret"] = FakeGraph.ClientSecret,
            ["grant_type"] = "client_credentials",
            ["scope"] = "https://graph.microsoft.com/.default",
        };
        using var given = await http.PostAsync(new Uri(graph.Address, $"{FakeGraph.Tenant}/oauth2/v2.0/token"), new FormUrlEncodedContent(form), token);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", JsonNode.Parse(await given.Content.ReadAsStringAsync(token))!["access_token"]!.GetValue<string>());

        using var answer = await http.GetAsync(request, token);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(code, JsonNode.Parse(await answer.Content.ReadAsStringAsync(token))!["error"]?["code"]?.GetValue<string>());
        if (code != "Request_UnsupportedQuery")
            return;
        http.DefaultRequestHeaders.Add("ConsistencyLevel", "eventual");
        var counted = request.Contains("$count", StringComparison.Ordinal) ? request : request + "&$count=true";
        Assert.Equal(200, (int)(await http.GetAsync(counted, token)).StatusCode);
    }
}
