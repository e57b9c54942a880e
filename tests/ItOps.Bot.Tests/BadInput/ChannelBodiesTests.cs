using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using ItOps.Bot.Testing.Slack;
using ItOps.Bot.Testing.Teams;
using ItOps.Bot.Tests.BadInput.Setup;
using ItOps.Bot.Tests.Stories.Stage;

namespace ItOps.Bot.Tests.BadInput;

/// <summary>Bodies with a good proof around them that no platform would send: too much, too deep, of other shapes, in broken text.</summary>
public sealed class ChannelBodiesTests
{
    private const string Form = "application/x-www-form-urlencoded";
    private const string Mark = "@@";

    private static readonly string[] s_paths = ["slack/events", "slack/commands", "slack/interactivity"];

    /// <summary>What stands in the place of every value in turn, as JSON.</summary>
    private static readonly string[] s_values =
        ["null", "7", "-1e400", "true", "[]", "{}", "[null]", "\"\"", "\"\\u0000\"", "\"\\ud83d\"", "\"\\u202Ex\"", "{\"\\ud83d\":1}", "\"" + new string('x', 9_000) + "\"", new string('[', 40) + new string(']', 40)];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_is_too_large_is_not_read_whether_it_says_so_or_not(bool saysSo)
    {
        await using var bot = await ConnectedBot.StartAsync();

        foreach (var path in s_paths)
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await PostAsync(bot, path, 512 * 1024, saysSo));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await PostAsync(bot, "api/messages", 256 * 1024, saysSo));

        Assert.Equal([("oversized", "1")], await bot.RefusedAsync("slack"));
        Assert.Equal([("too large", "1")], await bot.RefusedAsync("teams"));
        await bot.IsUnharmedAsync();
    }

    [Fact]
    public async Task What_is_no_event_no_form_and_no_activity_is_a_bad_request()
    {
        await using var bot = await ConnectedBot.StartAsync();
        var deep = new string('[', 100_000);
        var nested = string.Concat(Enumerable.Repeat("{\"a\":", 40_000));
        string[] texts = ["", " ", "\0", "null", "[]", "7", "\"x\"", "{", "{\"type\":", "{\"type\":\"message\",\"type\":\"message\"}", "<xml/>", "\uFEFF{}", deep, nested];

        foreach (var text in texts)
        {
            Assert.Equal(400, (await bot.Slack.PostAsync("slack/events", text, "application/json")).Status);
            Assert.Contains((await bot.Slack.PostAsync("slack/interactivity", "payload=" + Uri.EscapeDataString(text), Form)).Status, text.EndsWith('}') ? [200, 400] : (int[])[400]);
            using var answer = await bot.Teams.DeliverAsync(text, bot.Teams.Issuer.Mint(bot.Teams.ServiceUrl));
            Assert.True(answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.Forbidden, $"{answer.StatusCode} to {text[..Math.Min(text.Length, 40)]}");
        }

        foreach (var form in (string[])[Fields("f"), "payload=%7B%7D&payload=%7B%7D", "%", "%zz=%zz", "=&=&=", "payload"])
            Assert.Equal(400, (await bot.Slack.PostAsync("slack/interactivity", form, Form)).Status);
        Assert.Equal(400, (await bot.Slack.PostAsync("slack/commands", Fields("g"), Form)).Status);

        Assert.Contains(("malformed", "1"), await bot.RefusedAsync("slack"));
        Assert.Contains(("malformed", "1"), await bot.RefusedAsync("teams"));
        await bot.IsUnharmedAsync();

        static string Fields(string name) => string.Join('&', Enumerable.Range(0, 10_000).Select(i => $"{name}{i}=1"));
    }

    [Fact]
    public async Task No_value_in_any_place_of_what_Slack_sends_ends_in_a_fault()
    {
        await using var bot = await ConnectedBot.StartAsync();
        var (eve, bob) = (bot.InSlack("eve"), bot.InSlack("bob"));
        await bob.Says("im locked out");
        var question = bob.Messages[^1];
        var form = new OpenedModal("V0FORM", JsonSerializer.SerializeToElement(new { callback_id = "words", private_metadata = "", blocks = new[] { new { type = "input", block_id = "words", element = new { action_id = "words" } } } }));
        var number = 0;

        var faults = new List<string>();
        foreach (var text in Variants(JsonSerializer.SerializeToNode(eve.Event(eve.MessageEvent("hello", "1.1")))!))
            await TryAsync("slack/events", Fresh(text), "application/json");
        foreach (var sent in (object[])[eve.Press(question, question.Buttons[0]), eve.Submission(form, "hello")])
        {
            foreach (var text in Variants(JsonSerializer.SerializeToNode(sent)!))
                await TryAsync("slack/interactivity", "payload=" + Uri.EscapeDataString(Fresh(text)), Form);
        }

        Dictionary<string, string> command = new() { ["team_id"] = FakeSlack.Team, ["user_id"] = eve.Id, ["channel_id"] = eve.DirectChannel, ["text"] = "hello", ["trigger_id"] = "1.1", ["response_url"] = "x", ["command"] = "/itops" };
        foreach (var field in command.Keys)
        {
            foreach (var value in (string[])["", "%00", "%FF%FE", "%ED%A0%80", "%E2%80%AEx", "http%3A%2F%2F169.254.169.254%2F", new string('x', 9_000)])
                await TryAsync("slack/commands", string.Join('&', command.Select(f => f.Key + "=" + (f.Key == field ? value : Uri.EscapeDataString(f.Value)))) + $"&extra={++number}", Form);
        }

        await bot.SettleAsync();
        Assert.Empty(faults);
        await bot.IsUnharmedAsync();

        // Each is a request of its own, which a replayed one would not be.
        string Fresh(string text) => text[..^1] + $",\"extra\":{++number}}}";

        async Task TryAsync(string path, string body, string type)
        {
            if ((await bot.Slack.PostAsync(path, body, type)).Status is not (200 or 400) and var status)
                faults.Add($"{status} to {path} {Uri.UnescapeDataString(body)[..Math.Min(body.Length, 1_500)]}");
        }
    }

    [Fact]
    public async Task No_value_in_any_place_of_what_Teams_sends_ends_in_a_fault()
    {
        await using var bot = await ConnectedBot.StartAsync();
        var eve = await bot.InTeamsAsync("eve");
        var message = eve.Activity("message", eve.Chat);
        message["text"] = "<at>ItOps</at> hello";
        message["entities"] = new JsonArray(new JsonObject { ["type"] = "mention", ["text"] = "<at>ItOps</at>", ["mentioned"] = new JsonObject { ["id"] = "28:" + FakeBotConnector.AppId } });
        var press = eve.Activity("invoke", eve.Chat);
        press["name"] = "adaptiveCard/action";
        press["value"] = new JsonObject { ["action"] = new JsonObject { ["verb"] = "approve", ["data"] = new JsonObject { ["id"] = "x", ["note"] = "y" } } };
        var added = eve.Activity("conversationUpdate", eve.Chat);
        added["membersAdded"] = new JsonArray(new JsonObject { ["id"] = "28:" + FakeBotConnector.AppId });

        var faults = new List<string>();
        foreach (var text in new[] { message, press, added }.SelectMany(Variants))
        {
            using var answer = await bot.Teams.DeliverAsync(text, bot.Teams.Issuer.Mint(bot.Teams.ServiceUrl));
            var body = await answer.Content.ReadAsStringAsync(Stop);
            if (answer.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.BadRequest or HttpStatusCode.Forbidden or HttpStatusCode.NotImplemented) || body.Contains("\"Fault\"", StringComparison.Ordinal))
                faults.Add($"{answer.StatusCode} {body} to {text[..Math.Min(text.Length, 1_500)]}");
        }

        await bot.SettleAsync();
        Assert.Empty(faults);
        await bot.IsUnharmedAsync();
    }

    [Fact]
    public async Task A_hundred_kilobytes_of_words_get_one_answer_that_says_so()
    {
        await using var bot = await ConnectedBot.StartAsync();
        var (inSlack, inTeams) = (bot.InSlack("bob"), await bot.InTeamsAsync("bob"));
        var much = string.Concat(Enumerable.Repeat("unlock me ", 10_000));

        await inSlack.Says(much);
        await inSlack.Sees("That's more than I can read at once");
        await inTeams.Says(much);
        await inTeams.Sees("That's more than I can read at once");

        Assert.Empty(await bot.Bot.PendingApprovalsAsync());
        await bot.IsUnharmedAsync();
    }

    [Theory]
    [InlineData("unlock carl")]
    [InlineData("unlock ｃａｒｌ")]
    [InlineData("unlock c\u0430rl")]
    [InlineData("unlock \u202Elrac\u202C")]
    [InlineData("unlock ca\u200Brl")]
    [InlineData("unlock ca\u0000rl")]
    [InlineData("reset the password of bg-admin")]
    [InlineData("reset the password of ｂｇ－ａｄｍｉｎ")]
    [InlineData("reset the password of \u202Enimda-gb\u202C")]
    [InlineData("reset the password of bg\u2010admin")]
    public async Task A_name_that_looks_like_a_privileged_one_reaches_nobody_and_the_privileged_one_neither(string text)
    {
        await using var bot = await ConnectedBot.StartAsync();
        var (inSlack, inTeams) = (bot.InSlack("bob"), await bot.InTeamsAsync("eve"));

        await inSlack.Says(text);
        await inTeams.Says(text);

        Assert.Empty(await bot.Bot.PendingApprovalsAsync());
        Assert.NotEmpty(inSlack.Messages);
        Assert.NotEmpty(inTeams.Chat.Posted);
        await bot.IsUnharmedAsync();
    }

    private static async Task<HttpStatusCode> PostAsync(ConnectedBot bot, string path, int limit, bool saysSo)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(bot.Bot.Url, path)) { Content = new ByteArrayContent(new byte[limit + 1]) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.TransferEncodingChunked = !saysSo;
        using var answer = await http.SendAsync(request, Stop);
        return answer.StatusCode;
    }

    /// <summary>The same JSON with one place changed, for every place and every value; some of the values cannot stand in a <see cref="JsonNode"/>.</summary>
    private static IEnumerable<string> Variants(JsonNode whole)
    {
        foreach (var place in Places(whole).Select(p => p.GetPath()).ToList())
        {
            var marked = whole.DeepClone();
            Places(marked).Single(p => p.GetPath() == place).ReplaceWith(Mark);
            foreach (var value in s_values)
                yield return marked.ToJsonString().Replace($"\"{Mark}\"", value, StringComparison.Ordinal);
        }
    }

    private static IEnumerable<JsonNode> Places(JsonNode node)
    {
        var inner = node switch { JsonObject o => o.Select(p => p.Value), JsonArray a => a, _ => [] };
        foreach (var child in inner.OfType<JsonNode>())
        {
            yield return child;
            foreach (var place in Places(child))
                yield return place;
        }
    }
}
