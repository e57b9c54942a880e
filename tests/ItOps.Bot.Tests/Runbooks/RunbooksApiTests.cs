using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using ItOps.Bot.Tests.Browser;
using ItOps.Bot.Tests.Runbooks.Setup;

namespace ItOps.Bot.Tests.Runbooks;

/// <summary>The management API as a program uses it, over HTTP.</summary>
public sealed partial class RunbooksApiTests
{
    private const string Api = "/api/v1/runbooks";

    private static readonly string Gate = LibraryStage.GateText("Push the green button.", "Call the guard.");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_runbook_is_created_proposed_approved_compared_switched_off_and_rolled_back()
    {
        await using var server = await RunningServer.StartAsync();
        using var ruth = await SignInAsync(server.Address, "ruth");
        using var sam = await SignInAsync(server.Address, "sam");

        var created = await ruth.PostAsJsonAsync(Api, new { id = "gate_stuck", category = "devices", text = Gate, why = "New" }, Cancel);
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        Assert.Equal("/api/v1/runbooks/gate_stuck/versions/1", created.Headers.Location!.ToString());
        var proposed = await ReadAsync(await ruth.PostAsJsonAsync($"{Api}/gate_stuck/versions/1/propose", new { revision = 1 }, Cancel), HttpStatusCode.OK);
        Assert.Equal("Proposed", proposed.GetProperty("status").GetString());
        await ReadAsync(await ruth.PostAsJsonAsync($"{Api}/gate_stuck/versions/1/approve", new { revision = 2 }, Cancel), HttpStatusCode.Forbidden);
        await ReadAsync(await sam.PostAsJsonAsync($"{Api}/gate_stuck/versions/1/approve", new { revision = 2, note = "Fine" }, Cancel), HttpStatusCode.OK);

        var found = await ReadAsync(await sam.GetAsync("/api/v1/runbook-search?text=the+garage+gate+is+stuck", Cancel), HttpStatusCode.OK);
        Assert.Equal(("Match", "gate_stuck"), (found.GetProperty("verdict").GetString(), found.GetProperty("runbooks")[0].GetProperty("id").GetString()));

        var words = Gate.Replace("the barrier stays down", "the boom stays down", StringComparison.Ordinal);
        await ReadAsync(await ruth.PostAsJsonAsync($"{Api}/gate_stuck/versions", new { category = "devices", text = words }, Cancel), HttpStatusCode.Created);
        var published = await ReadAsync(await ruth.PostAsJsonAsync($"{Api}/gate_stuck/versions/2/propose", new { revision = 1 }, Cancel), HttpStatusCode.OK);
        Assert.Equal("Published", published.GetProperty("status").GetString());
        var diff = await ReadAsync(await ruth.GetAsync($"{Api}/gate_stuck/versions/2/diff", Cancel), HttpStatusCode.OK);
        Assert.Equal(
            ["Removed version: 1", "Added version: 2", "Removed   - the barrier stays down", "Added   - the boom stays down"],
            diff.GetProperty("text").EnumerateArray().Where(l => l.GetProperty("kind").GetString() is "Removed" or "Added").Select(l => $"{l.GetProperty("kind").GetString()} {l.GetProperty("text").GetString()}"));

        Assert.Equal(HttpStatusCode.NoContent, (await ruth.PostAsync($"{Api}/gate_stuck/disable", null, Cancel)).StatusCode);
        var off = (await ReadAsync(await ruth.GetAsync(Api, Cancel), HttpStatusCode.OK)).EnumerateArray().Single(r => r.GetProperty("id").GetString() == "gate_stuck");
        Assert.Equal((false, "Off", 2), (off.GetProperty("enabled").GetBoolean(), off.GetProperty("state").GetString(), off.GetProperty("published").GetInt32()));
        Assert.Equal(HttpStatusCode.NoContent, (await ruth.PostAsync($"{Api}/gate_stuck/enable", null, Cancel)).StatusCode);

        var back = await ReadAsync(await ruth.PostAsJsonAsync($"{Api}/gate_stuck/rollback", new { to = 1, why = "Better" }, Cancel), HttpStatusCode.OK);
        Assert.Equal(("Published", 3, "Back to version 1. Better"), (back.GetProperty("status").GetString(), back.GetProperty("number").GetInt32(), back.GetProperty("why").GetString()));
        var page = await ReadAsync(await sam.GetAsync($"{Api}/gate_stuck", Cancel), HttpStatusCode.OK);
        Assert.Equal([3, 2, 1], page.GetProperty("versions").EnumerateArray().Select(v => v.GetProperty("number").GetInt32()));
        Assert.Contains("the barrier stays down", page.GetProperty("inForce").GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_wrong_comes_back_by_file_and_line_as_problem_details()
    {
        await using var server = await RunningServer.StartAsync();
        using var ruth = await SignInAsync(server.Address, "ruth");
        var draft = new { id = "gate_stuck", category = "devices", text = Gate.Replace("- guide: Call", "- gide: Call", StringComparison.Ordinal) };

        var check = await ReadAsync(await ruth.PostAsJsonAsync("/api/v1/runbook-check", draft, Cancel), HttpStatusCode.OK);
        Assert.False(check.GetProperty("clean").GetBoolean());
        await ReadAsync(await ruth.PostAsJsonAsync(Api, draft, Cancel), HttpStatusCode.Created);
        var response = await ruth.PostAsJsonAsync($"{Api}/gate_stuck/versions/1/propose", new { revision = 1 }, Cancel);

        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        var problem = await ReadAsync(response, HttpStatusCode.UnprocessableEntity);
        Assert.Equal("NotClean", problem.GetProperty("code").GetString());
        var line = problem.GetProperty("problems")[0];
        Assert.Equal(("devices/gate_stuck.md", 15), (line.GetProperty("file").GetString(), line.GetProperty("line").GetInt32()));
        Assert.Contains("guide", line.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_nobody_or_has_no_token_or_no_business_here_is_refused()
    {
        await using var server = await RunningServer.StartAsync();
        using var nobody = new HttpClient { BaseAddress = new(server.Address) };
        using var alice = await SignInAsync(server.Address, "alice");
        using var ruth = await SignInAsync(server.Address, "ruth");

        await ReadAsync(await nobody.GetAsync(Api, Cancel), HttpStatusCode.Unauthorized);
        await ReadAsync(await nobody.PostAsJsonAsync(Api, new { }, Cancel), HttpStatusCode.Unauthorized);
        await ReadAsync(await alice.GetAsync(Api, Cancel), HttpStatusCode.Forbidden);
        await ReadAsync(await alice.GetAsync($"{Api}/vpn_not_connecting", Cancel), HttpStatusCode.Forbidden);
        await ReadAsync(await alice.GetAsync("/api/v1/runbook-search?text=vpn", Cancel), HttpStatusCode.Forbidden);
        await ReadAsync(await alice.PostAsync($"{Api}/vpn_not_connecting/disable", null, Cancel), HttpStatusCode.Forbidden);
        ruth.DefaultRequestHeaders.Remove("RequestVerificationToken");
        await ReadAsync(await ruth.PostAsync($"{Api}/vpn_not_connecting/disable", null, Cancel), HttpStatusCode.BadRequest);
        Assert.Equal(HttpStatusCode.OK, (await alice.GetAsync("/api/v1/requests", Cancel)).StatusCode);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"id":"gate_stuck","category":"devices","text":null}""")]
    [InlineData("""{"id":"gate_stuck","category":"devices","text":[1]}""")]
    public async Task A_body_that_is_no_draft_is_refused_and_changes_nothing(string body)
    {
        await using var server = await RunningServer.StartAsync();
        using var ruth = await SignInAsync(server.Address, "ruth");

        var response = await ruth.PostAsync(Api, new StringContent(body, null, "application/json"), Cancel);

        Assert.Equal("The body cannot be read", (await ReadAsync(response, HttpStatusCode.BadRequest)).GetProperty("title").GetString());
        await ReadAsync(await ruth.GetAsync($"{Api}/gate_stuck", Cancel), HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_document_describes_every_path_and_nothing_else()
    {
        await using var server = await RunningServer.StartAsync();
        using var nobody = new HttpClient { BaseAddress = new(server.Address) };

        var document = await ReadAsync(await nobody.GetAsync("/openapi/v1.json", Cancel), HttpStatusCode.OK);

        var paths = document.GetProperty("paths").EnumerateObject().Select(p => p.Name).ToList();
        Assert.Contains("/api/v1/runbooks/{id}/versions/{number}/approve", paths);
        Assert.Contains("/api/v1/requests/{id}", paths);
        Assert.All(paths, p => Assert.StartsWith("/api/v1/", p, StringComparison.Ordinal));
    }

    private static async Task<HttpClient> SignInAsync(string address, string name)
    {
        var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = new(address) };
        var token = FormToken().Match(await client.GetStringAsync("/sign-in", Cancel)).Groups[1].Value;
        await client.PostAsync("/sign-in", new FormUrlEncodedContent([new("person", name), new("__RequestVerificationToken", token)]), Cancel);
        var session = await client.GetFromJsonAsync<JsonElement>("/api/v1/session", Cancel);
        client.DefaultRequestHeaders.Add(session.GetProperty("tokenHeader").GetString()!, session.GetProperty("token").GetString());
        return client;
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response, HttpStatusCode expected)
    {
        var body = await response.Content.ReadAsStringAsync(Cancel);
        Assert.True(response.StatusCode == expected, $"{(int)response.StatusCode} instead of {(int)expected}: {body}");
        return JsonSerializer.Deserialize<JsonElement>(body);
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex FormToken();
}
