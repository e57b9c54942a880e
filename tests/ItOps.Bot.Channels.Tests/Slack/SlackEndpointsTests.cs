using System.Globalization;
using ItOps.Bot.Channels.Tests.Slack.Setup;
using ItOps.Bot.Testing.Slack;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Channels.Tests.Slack;

public sealed class SlackEndpointsTests
{
    private const string Form = "application/x-www-form-urlencoded";
    private const string Command = "team_id=T0LAB&channel_id=D0ALICE&user_id=U0ALICE&command=%2Fitops&text=im+locked+out&trigger_id=1.2.3";

    [Theory]
    [InlineData("slack/commands")]
    [InlineData("slack/interactivity")]
    [InlineData("slack/events")]
    public async Task Nothing_gets_in_without_a_good_signature(string path)
    {
        await using var stage = await SlackStage.StartAsync();
        var now = stage.Time.GetUtcNow();
        var (timestamp, signature) = (SlackSigner.Timestamp(now), SlackSigner.Sign("somebody else's", now, Command));

        Assert.Equal(401, (await stage.Slack.PostAsync(path, Command, Form, timestamp, signature)).Status);
        Assert.Equal(401, (await stage.Slack.PostAsync(path, Command, Form, timestamp, null)).Status);
        Assert.Equal(401, (await stage.Slack.PostAsync(path, Command, Form, null, null)).Status);
        Assert.Empty(stage.Memory.Turns);
        Assert.Contains(stage.Memory.Audit, e => e.Action == "channel.refused" && e.Facts["why"] == "bad signature");
    }

    [Fact]
    public async Task What_is_old_or_from_the_future_or_was_here_before_is_turned_away()
    {
        await using var stage = await SlackStage.StartAsync();
        foreach (var minutes in new[] { -6, 6 })
        {
            var at = stage.Time.GetUtcNow().AddMinutes(minutes);
            Assert.Equal(401, (await stage.Slack.PostAsync("slack/commands", Command, Form, SlackSigner.Timestamp(at), SlackSigner.Sign(stage.Slack.SigningSecret, at, Command))).Status);
        }

        Assert.Equal(200, (await stage.Slack.PostAsync("slack/commands", Command, Form)).Status);
        Assert.Equal(401, (await stage.Slack.PostAsync("slack/commands", Command, Form)).Status);
        Assert.Single(stage.Memory.Turns);
        Assert.Equal(["stale", "replayed"], stage.Memory.Audit.Select(e => e.Facts["why"]));
    }

    [Fact]
    public async Task A_signature_holds_for_the_bytes_and_not_for_what_they_mean()
    {
        await using var stage = await SlackStage.StartAsync();
        var now = stage.Time.GetUtcNow();

        Assert.Equal(401, (await stage.Slack.PostAsync(
            "slack/commands", Command.Replace("+", "%20", StringComparison.Ordinal), Form, SlackSigner.Timestamp(now), SlackSigner.Sign(stage.Slack.SigningSecret, now, Command))).Status);
    }

    [Fact]
    public async Task A_body_beyond_all_measure_is_not_read()
    {
        await using var stage = await SlackStage.StartAsync();

        Assert.Equal(413, (await stage.Slack.PostAsync("slack/events", new string('x', (512 * 1024) + 1), "application/json")).Status);
        Assert.Contains(stage.Memory.Audit, e => e.Facts["why"] == "oversized");
    }

    [Theory]
    [InlineData("slack/events", "")]
    [InlineData("slack/events", "null")]
    [InlineData("slack/events", "[]")]
    [InlineData("slack/events", "{")]
    [InlineData("slack/events", "{\"type\":\"event_callback\"}")]
    [InlineData("slack/events", "{\"type\":\"event_callback\",\"event\":7}")]
    [InlineData("slack/events", "{\"type\":\"event_callback\",\"team_id\":\"T0LAB\",\"event\":{\"type\":\"message\",\"user\":{\"id\":1}}}")]
    [InlineData("slack/events", "{\"type\":[],\"event\":{}}")]
    [InlineData("slack/events", "{\"type\":\"event_callback\",\"event\":{\"type\":\"\\ud83d\"}}")]
    [InlineData("slack/events", "{\"type\":\"event_callback\",\"event\":{\"\\ud83d\":1,\"type\":\"message\"}}")]
    [InlineData("slack/events", "{\"type\":\"url_verification\"}")]
    [InlineData("slack/interactivity", "")]
    [InlineData("slack/interactivity", "payload=")]
    [InlineData("slack/interactivity", "payload=%7B")]
    [InlineData("slack/interactivity", "payload=null")]
    [InlineData("slack/interactivity", "payload=%7B%22actions%22%3A3%7D")]
    [InlineData("slack/interactivity", "payload=%7B%7D&payload=%7B%7D")]
    public async Task What_is_signed_and_makes_no_sense_is_a_bad_request(string path, string body)
    {
        await using var stage = await SlackStage.StartAsync();

        Assert.Equal(400, (await stage.Slack.PostAsync(path, body, path.EndsWith("events", StringComparison.Ordinal) ? "application/json" : Form)).Status);
        Assert.Empty(stage.Memory.Turns);
        Assert.Equal("malformed", Assert.Single(stage.Memory.Audit).Facts["why"]);
    }

    [Fact]
    public async Task Deep_json_many_fields_and_broken_text_do_not_bring_the_process_down()
    {
        await using var stage = await SlackStage.StartAsync();

        Assert.Equal(400, (await stage.Slack.PostAsync("slack/events", string.Concat(Enumerable.Repeat("[", 50_000)), "application/json")).Status);
        Assert.Equal(400, (await stage.Slack.PostAsync("slack/commands", string.Join('&', Enumerable.Range(0, 5_000).Select(i => $"f{i.ToString(CultureInfo.InvariantCulture)}=1")), Form)).Status);
        Assert.Equal(200, (await stage.Slack.PostAsync("slack/commands", Command.Replace("im+locked+out", "%FF%FE%00+%ED%A0%80", StringComparison.Ordinal), Form)).Status);
        Assert.Equal(200, (await stage.Slack.PostAsync("slack/commands", Command.Replace("1.2.3", "4.5.6", StringComparison.Ordinal), Form)).Status);
    }

    [Fact]
    public async Task Whose_the_authorizations_are_may_be_missing_from_one_of_them()
    {
        await using var stage = await SlackStage.StartAsync();

        var receipt = await stage.Slack.PostAsync(
            "slack/events",
            "{\"type\":\"event_callback\",\"team_id\":\"T0LAB\",\"authorizations\":[null],\"event\":{\"type\":\"message\",\"channel_type\":\"im\",\"channel\":\"D0ALICE\",\"user\":\"U0ALICE\",\"ts\":\"1.1\",\"text\":\"hello\"}}",
            "application/json");

        Assert.Equal(200, receipt.Status);
        Assert.Single(stage.Memory.Turns);
    }

    [Fact]
    public async Task The_handshake_is_answered_only_when_it_is_signed()
    {
        await using var stage = await SlackStage.StartAsync();
        const string Handshake = "{\"token\":\"x\",\"challenge\":\"3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P\",\"type\":\"url_verification\"}";

        var unsigned = await stage.Slack.PostAsync("slack/events", Handshake, "application/json", null, null);
        Assert.Equal((401, ""), (unsigned.Status, unsigned.Body));
        var signed = await stage.Slack.PostAsync("slack/events", Handshake, "application/json");
        Assert.Equal((200, "3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P"), (signed.Status, signed.Body));
    }

    [Fact]
    public async Task The_content_type_may_carry_a_charset()
    {
        await using var stage = await SlackStage.StartAsync();

        Assert.Equal(200, (await stage.Slack.PostAsync("slack/commands", Command, Form)).Status);
        Assert.Equal("im locked out", Assert.IsType<MessageTurn>(Assert.Single(stage.Memory.Turns)).Text);
    }

    [Fact]
    public async Task An_event_that_cannot_be_stored_is_left_to_Slack_to_send_again_even_by_a_proxy_byte_for_byte()
    {
        await using var stage = await SlackStage.StartAsync();
        var alice = stage.Slack.User("U0ALICE");
        var body = System.Text.Json.JsonSerializer.Serialize(alice.Event(alice.MessageEvent("im locked out", "1.000001")));

        stage.Memory.IsDown = true;
        Assert.Equal(503, (await stage.Slack.PostAsync("slack/events", body, "application/json")).Status);
        stage.Memory.IsDown = false;
        Assert.Equal(200, (await stage.Slack.PostAsync("slack/events", body, "application/json")).Status);
        Assert.Single(stage.Memory.Turns);
    }

    [Fact]
    public async Task In_Socket_Mode_there_is_nothing_to_call()
    {
        await using var stage = await SlackStage.StartAsync(socket: true);

        Assert.Equal(404, (await stage.Slack.PostAsync("slack/commands", Command, Form)).Status);
    }
}
