using System.CommandLine;
using ItOps.Bot.Host.Manifests;

namespace ItOps.Bot.Host.Commands;

/// <summary><c>manifests teams</c> and <c>manifests slack</c>: the two apps, ready to be given to their platforms.</summary>
internal static class ManifestsCommand
{
    public static Command Create() => new("manifests", "The apps of Teams and Slack, filled in for your installation.") { Teams(), Slack() };

    private static Command Teams()
    {
        var appId = new Option<string>("--app-id") { Description = "The application (client) id of the app registration in Entra", Required = true };
        var host = new Option<string>("--host") { Description = "Where Teams reaches the bot, such as itops.example.com", Required = true };
        var file = new Option<string>("--out") { Description = "The zip to write", DefaultValueFactory = _ => "itops-teams.zip" };
        var teams = new Command("teams", "Write the zip that is uploaded to Teams.") { appId, host, file };
        teams.SetAction(async (parsed, cancellationToken) =>
        {
            var path = Path.GetFullPath(parsed.GetValue(file)!);
            await WriteAsync(path, TeamsPackage.Create(parsed.GetValue(appId)!, parsed.GetValue(host)!), cancellationToken);
            System.Console.WriteLine($"""
                Wrote {path}

                Next: upload it in Teams (Apps > Manage your apps > Upload an app), or for everybody in the Teams admin centre (Teams apps > Manage apps > Upload new app).
                The Azure bot's messaging endpoint must be https://{ManifestFiles.Host(parsed.GetValue(host)!)}/api/messages. Each step is in docs/connecting-teams.md.
                """);
        });
        return teams;
    }

    private static Command Slack()
    {
        var host = new Option<string?>("--host") { Description = "Where Slack reaches the bot, such as itops.example.com" };
        var socketMode = new Option<bool>("--socket-mode") { Description = "The bot calls Slack instead; needs no host" };
        var file = new Option<string?>("--out") { Description = "The file to write; standard output without it" };
        var slack = new Command("slack", "Print the manifest that the Slack app is made from.") { host, socketMode, file };
        slack.SetAction(async (parsed, cancellationToken) =>
        {
            if (parsed.GetValue(host) is null != parsed.GetValue(socketMode))
                throw new ManifestException("--host is missing: write where Slack reaches the bot, such as --host itops.example.com; or --socket-mode, which needs none. Not both.");
            var manifest = SlackManifest.Fill(parsed.GetValue(host));
            if (parsed.GetValue(file) is not { } path)
            {
                await System.Console.Out.WriteAsync(manifest);
                return;
            }

            await WriteAsync(Path.GetFullPath(path), System.Text.Encoding.UTF8.GetBytes(manifest), cancellationToken);
            System.Console.WriteLine($"""
                Wrote {Path.GetFullPath(path)}

                Next: at https://api.slack.com/apps choose Create New App > From a manifest, and paste it. Each step is in docs/connecting-slack.md.
                """);
        });
        return slack;
    }

    private static async Task WriteAsync(string path, byte[] content, CancellationToken cancellationToken)
    {
        try
        {
            await File.WriteAllBytesAsync(path, content, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ManifestException($"--out is '{path}', which cannot be written ({e.Message}).");
        }
    }
}
