namespace ItOps.Bot.Host.Manifests;

/// <summary>The manifest of the Slack app as an operator pastes it: with the host filled in, or without addresses for Socket Mode, and without the words on how to do that.</summary>
internal static class SlackManifest
{
    private const string Placeholder = "itops.example.com";

    /// <param name="host">Where Slack reaches the bot; none for Socket Mode, where the bot calls Slack.</param>
    /// <exception cref="ManifestException">The host cannot be right.</exception>
    public static string Fill(string? host)
    {
        var lines = ManifestFiles.Text("slack/manifest.yaml").ReplaceLineEndings("\n").Split('\n').SkipWhile(line => line.StartsWith('#'));
        return host is null
            ? string.Join('\n', lines.Where(line => !IsAddress(line.Trim()))).Replace("socket_mode_enabled: false", "socket_mode_enabled: true", StringComparison.Ordinal)
            : string.Join('\n', lines).Replace(Placeholder, ManifestFiles.Host(host), StringComparison.Ordinal);
    }

    private static bool IsAddress(string line) => line.StartsWith("url:", StringComparison.Ordinal) || line.StartsWith("request_url:", StringComparison.Ordinal);
}
