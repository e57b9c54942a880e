using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ItOps.Bot.Executors.Hosts;

namespace ItOps.Bot.Executors.Ssh;

/// <summary>
/// How a script reaches PowerShell on another machine. The command line holds one fixed program in base 64, which every login shell passes on as it is; the script
/// and its arguments are JSON on the input, in ASCII, since the code page of the other side is not known. PowerShell never reads an argument as code: they are
/// given by name. <c>-Command -</c> and <c>-File -</c> will not do: they read line by line as if somebody typed, and end well whatever happened.
/// </summary>
internal static class PowerShellText
{
    private const string Loader = """
        $ErrorActionPreference = 'Stop'
        $text = @($input) -join "`n"
        if (-not $text) { $text = [Console]::In.ReadToEnd() }
        $job = $text | ConvertFrom-Json
        $global:LASTEXITCODE = 0
        if ($job.words) {
            $rest = @($job.words | Select-Object -Skip 1)
            & $job.words[0] @rest
        } else {
            $with = @{}
            foreach ($each in $job.with.PSObject.Properties) { $with[$each.Name] = [string]$each.Value }
            & ([ScriptBlock]::Create($job.script)) @with
        }
        exit $LASTEXITCODE
        """;

    public static IReadOnlyList<string> RemoteWords(SshShell shell) =>
    [
        shell == SshShell.PowerShell ? "pwsh" : "powershell",
        "-NoLogo", "-NoProfile", "-NonInteractive", "-InputFormat", "Text", "-OutputFormat", "Text",
        "-EncodedCommand", Convert.ToBase64String(Encoding.Unicode.GetBytes(Loader.ReplaceLineEndings("\n"))),
    ];

    public static string Of(ScriptJob job, string script)
    {
        var with = new JsonObject();
        foreach (var (name, value) in job.Arguments)
            with[name] = value;
        return new JsonObject { ["script"] = script, ["with"] = with }.ToJsonString(JsonSerializerOptions.Default) + "\n";
    }

    public static string Of(CommandJob job) => new JsonObject { ["words"] = new JsonArray([.. job.Words.Select(w => (JsonNode)w)]) }.ToJsonString(JsonSerializerOptions.Default) + "\n";
}
