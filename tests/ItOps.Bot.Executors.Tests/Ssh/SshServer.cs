using System.Diagnostics;
using System.Text;
using ItOps.Bot.Executors.Ssh;
using ItOps.Bot.Runbooks;
using ItOps.Bot.Testing;

namespace ItOps.Bot.Executors.Tests.Ssh;

/// <summary>An OpenSSH server on loopback, for the user who runs the tests. Three keys: one that is let in, one that is not, one that a program of the host's own answers.</summary>
public sealed class SshServer : IAsyncLifetime
{
    private const string Program = "/usr/sbin/sshd";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sshd-");
    private Process? _process;

    public int Port { get; private set; }

    /// <summary>As the server shows it.</summary>
    public string HostKey { get; private set; } = "";

    public string GoodKey => At("good");

    public string UnknownKey => At("unknown");

    public string ForcedKey => At("forced");

    public string PowerShellKey => At("powershell");

    /// <summary>Lists of what the program of the forced key runs.</summary>
    public string Allowed => At("allowed");

    /// <summary>Where a program called pwsh is looked for by the PowerShell key.</summary>
    public string Programs => At("programs");

    public static void SkipWhereAbsent() => Assert.SkipUnless(File.Exists(Program), "The OpenSSH server is not installed; apt-get install openssh-server.");

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(Program))
            return;
        foreach (var key in new[] { "host", "good", "unknown", "forced", "powershell" })
            await RunAsync("/usr/bin/ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", At(key));
        HostKey = (await File.ReadAllTextAsync(At("host.pub"))).Trim();
        Directory.CreateDirectory(Allowed);
        Directory.CreateDirectory(Programs);
        await File.WriteAllTextAsync(At("authorized"), $"""
            {Public("good")}
            command="ITOPS_BOT_ALLOWED={Allowed} {Repository.File("infra/ssh/itops-bot-host")}",restrict {Public("forced")}
            command="PATH={Programs}:$PATH exec sh -c \"$SSH_ORIGINAL_COMMAND\"",restrict {Public("powershell")}

            """);
        if (Environment.UserName == "root")
            Directory.CreateDirectory("/run/sshd");
        await StartAsync();
    }

    public async Task StartAsync()
    {
        Port = FreePort.Next();
        await File.WriteAllTextAsync(At("config"), $"""
            ListenAddress 127.0.0.1
            Port {Port}
            HostKey {At("host")}
            AuthorizedKeysFile {At("authorized")}
            PidFile none
            UsePAM no
            StrictModes no
            PasswordAuthentication no
            KbdInteractiveAuthentication no
            PermitRootLogin prohibit-password

            """);
        var listening = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _process = Process.Start(new ProcessStartInfo(Program, ["-D", "-e", "-f", At("config")]) { RedirectStandardError = true })!;
        var said = new StringBuilder();
        _process.ErrorDataReceived += (_, line) =>
        {
            said.AppendLine(line.Data);
            if (line.Data is null)
                listening.TrySetException(new InvalidOperationException(said.ToString()));
            else if (line.Data.StartsWith("Server listening", StringComparison.Ordinal))
                listening.TrySetResult();
        };
        _process.BeginErrorReadLine();
        await listening.Task;
    }

    /// <summary>Ends the server and every session.</summary>
    public async Task StopAsync()
    {
        _process!.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    internal SshHostOptions Host(string name = "lab-1") => new(name, "127.0.0.1", Port, Environment.UserName)
    {
        Platform = Platforms.Linux,
        Shell = SshShell.Bash,
        KeyFile = GoodKey,
        HostKey = HostKey,
    };

    public string KnownHosts(string key)
    {
        var file = At("known-" + Path.GetRandomFileName());
        File.WriteAllText(file, $"[127.0.0.1]:{Port} {key}\n");
        return file;
    }

    public string Public(string key) => File.ReadAllText(At(key + ".pub")).Trim();

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await StopAsync();
        _folder.Delete(recursive: true);
    }

    private string At(string name) => Path.Combine(_folder.FullName, name);

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
    }
}
