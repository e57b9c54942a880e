using ItOps.Bot.Testing.Linux;

namespace ItOps.Bot.Executors.Tests.Ssh;

/// <summary>
/// A program that takes only what the documentation of PowerShell says that we send: these words, the fixed program, and a JSON document of plain ASCII. It cannot
/// run a script: it shows that the script and its arguments arrived, and apart from each other.
/// </summary>
internal static class FakePowerShell
{
    private const string Program = """
        #!/usr/bin/python3
        import base64, json, sys
        words = sys.argv[1:]
        assert words[:-1] == ["-NoLogo", "-NoProfile", "-NonInteractive", "-InputFormat", "Text", "-OutputFormat", "Text", "-EncodedCommand"], words
        loader = base64.b64decode(words[-1]).decode("utf-16-le")
        assert "ConvertFrom-Json" in loader and "[ScriptBlock]::Create($job.script)" in loader and loader.endswith("exit $LASTEXITCODE"), loader
        text = sys.stdin.buffer.read().decode("ascii")
        job = json.loads(text)
        assert set(job) == {"script", "with"}, job
        print("finding seen notice " + job["script"].split("\n")[0] + " / " + ", ".join("%s=%s" % pair for pair in job["with"].items()))
        """;

    public static void Write(string folder) => DisposableUser.WriteProgram(Path.Combine(folder, "pwsh"), Program + "\n");
}
