using System.Diagnostics;
using ItOps.Bot.Channels.Tests.Slack.Setup;
using ItOps.Bot.Testing.Slack;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Channels.Tests.Slack;

/// <summary>Payloads in the shapes that Slack documents, signed by a script that shares no code with ours.</summary>
public sealed class SignedByOpensslTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_Slack_documents_is_understood()
    {
        await using var stage = await SlackStage.StartAsync();

        Assert.Equal(200, (await PostAsync(stage, "slack/commands", "form", "command.form")).Status);
        Assert.Equal(200, (await PostAsync(stage, "slack/interactivity", "payload", "block_actions.json")).Status);
        Assert.Equal((200, "{\"response_action\":\"clear\"}"), await ReceivedAsync(PostAsync(stage, "slack/interactivity", "payload", "view_submission.json")));
        Assert.Equal((200, ""), await ReceivedAsync(PostAsync(stage, "slack/events", "json", "message_im.json")));
        Assert.Equal((200, ""), await ReceivedAsync(PostAsync(stage, "slack/events", "json", "app_mention.json")));

        Assert.Equal(
            ["i can't log in & think I'm locked out – ünlock me, 100%", "vpn not connecting", "is it everything a river should be?"],
            stage.Memory.Turns.OfType<MessageTurn>().Select(t => t.Text));
        Assert.Equal(
            [(Verdict.Approve, null), (Verdict.Deny, "Please use the self-service first.")],
            stage.Memory.Turns.OfType<DecisionTurn>().Select(t => (t.Verdict, t.Note)));
        Assert.All(stage.Memory.Turns.OfType<DecisionTurn>(), t => Assert.Equal("0199f0c2a4b87c1e9d3a5f60718293a4", t.ApprovalId));
    }

    [Fact]
    public async Task Signed_with_another_secret_none_of_it_is()
    {
        await using var stage = await SlackStage.StartAsync();

        Assert.Equal(401, (await PostAsync(stage, "slack/commands", "form", "command.form", "another")).Status);
        Assert.Equal(401, (await PostAsync(stage, "slack/events", "json", "message_im.json", "another")).Status);

        Assert.Empty(stage.Memory.Turns);
    }

    private static async Task<(int, string)> ReceivedAsync(Task<SlackReceipt> receipt) => ((await receipt).Status, (await receipt).Body);

    private static async Task<SlackReceipt> PostAsync(SlackStage stage, string path, string kind, string file, string? secret = null)
    {
        var timestamp = SlackSigner.Timestamp(stage.Time.GetUtcNow());
        var folder = Path.Combine(AppContext.BaseDirectory, "Slack");
        var body = Path.GetTempFileName();
        try
        {
            var signature = await RunAsync(Path.Combine(folder, "sign.sh"), secret ?? stage.Slack.SigningSecret, timestamp, kind, Path.Combine(folder, "Payloads", file), body);
            return await stage.Slack.PostAsync(
                path, await File.ReadAllTextAsync(body, Stop), kind == "json" ? "application/json" : "application/x-www-form-urlencoded", timestamp, signature.Trim());
        }
        finally
        {
            File.Delete(body);
        }
    }

    private static async Task<string> RunAsync(params string[] command)
    {
        var paths = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        foreach (var needed in new[] { "bash", "openssl" })
            Assert.SkipUnless(paths.Any(p => File.Exists(Path.Combine(p, needed))), $"There is no {needed} on this machine to sign with.");
        using var process = Process.Start(new ProcessStartInfo("bash", command) { RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync(Stop);
        await process.WaitForExitAsync(Stop);
        Assert.Equal(0, process.ExitCode);
        return output;
    }
}
