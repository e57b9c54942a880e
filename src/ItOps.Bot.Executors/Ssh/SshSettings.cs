using System.Text.RegularExpressions;
using ItOps.Bot.People;
using ItOps.Bot.Runbooks;
using Microsoft.Extensions.Configuration;

namespace ItOps.Bot.Executors.Ssh;

/// <summary>
/// Reads <c>Executors:Ssh:*</c>; docs/connecting-hosts.md lists the same keys. Values end in the options of a program that gives some characters a meaning of
/// its own, so each is held to a plain form.
/// </summary>
internal static partial class SshSettings
{
    /// <exception cref="SettingException">A setting is missing or wrong.</exception>
    public static SshOptions Read(ExecutorSettings settings) => new(
        settings.Optional("Program") is { } program ? PathOf(settings, "Program", program) : "/usr/bin/ssh",
        TimeSpan.FromSeconds(settings.Whole("ConnectTimeOutSeconds", otherwise: 10, atLeast: 1, atMost: 30)),
        [.. settings.Section.GetSection("Hosts").GetChildren().Select(section => Host(settings, section))]);

    private static SshHostOptions Host(ExecutorSettings settings, IConfigurationSection section)
    {
        string Key(string name) => $"Hosts:{section.Key}:{name}";
        string? Value(string name) => settings.Optional(Key(name));

        if (!HostName().IsMatch(section.Key))
            throw settings.Wrong($"Hosts:{section.Key}", "is no name of a host: letters, digits, dots and dashes, beginning with a letter or digit");
        var host = new SshHostOptions(section.Key, settings.Needed(Key("Address")), settings.Whole(Key("Port"), otherwise: 22, atLeast: 1, atMost: 65535), settings.Needed(Key("User")))
        {
            Platform = Value("System") ?? Platforms.Linux,
            Shell = Value("Shell") switch
            {
                null or "bash" => SshShell.Bash,
                "pwsh" => SshShell.PowerShell,
                "powershell" => SshShell.WindowsPowerShell,
                _ => throw settings.Wrong(Key("Shell"), "must be bash, pwsh or powershell"),
            },
            Owner = Value("Owner") is { } owner ? new PersonId(owner) : null,
            KeyFile = Value("KeyFile") is { } key ? PathOf(settings, Key("KeyFile"), key) : null,
            Agent = settings.Flag(Key("UseAgent"), otherwise: false) ? Agent(settings, Key("UseAgent")) : null,
            HostKey = Value("HostKey"),
            KnownHosts = Value("KnownHosts") is { } known ? PathOf(settings, Key("KnownHosts"), known) : null,
            ForceCommand = settings.Flag(Key("ForceCommand"), otherwise: false),
            Sudo = settings.Flag(Key("Sudo"), otherwise: false) ? "/usr/bin/sudo" : null,
        };
        Check(settings, host, Key);
        return host;
    }

    private static void Check(ExecutorSettings settings, SshHostOptions host, Func<string, string> key)
    {
        if (!Address().IsMatch(host.Address))
            throw settings.Wrong(key("Address"), "must be the name or the address of a host");
        if (!User().IsMatch(host.User))
            throw settings.Wrong(key("User"), "must be the name of a user");
        if (!Platforms.All.Contains(host.Platform))
            throw settings.Wrong(key("System"), $"must be one of {string.Join(", ", Platforms.All)}");
        if (host is { KeyFile: null, Agent: null })
            throw settings.Wrong(key("KeyFile"), "is missing, and UseAgent is not true");
        if (host is { HostKey: null, KnownHosts: null })
            throw settings.Wrong(key("HostKey"), "is missing: a host is only believed by its key (HostKey, or a file KnownHosts)");
        if (host is { HostKey: not null, KnownHosts: not null })
            throw settings.Wrong(key("KnownHosts"), "is set beside HostKey; keep one");
        if (host.HostKey is { } hostKey && !PublicKey().IsMatch(hostKey))
            throw settings.Wrong(key("HostKey"), "must be a public key such as 'ssh-ed25519 AAAA…', as ssh-keyscan prints it after the name");
        if (host.ForceCommand && host.Shell != SshShell.Bash)
            throw settings.Wrong(key("ForceCommand"), "is for hosts with Shell bash");
    }

    private static string Agent(ExecutorSettings settings, string key) => Environment.GetEnvironmentVariable("SSH_AUTH_SOCK") is { Length: > 0 } socket && PlainPath().IsMatch(socket)
        ? socket
        : throw settings.Wrong(key, "is true, and the environment variable SSH_AUTH_SOCK does not say where the agent is");

    private static string PathOf(ExecutorSettings settings, string key, string value) => PlainPath().IsMatch(value)
        ? value
        : throw settings.Wrong(key, "must be the whole path of a file, in letters, digits and / . _ + -");

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9.-]{0,62}\z")]
    private static partial Regex HostName();

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9.:-]*\z")]
    private static partial Regex Address();

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9._@-]*\z")]
    private static partial Regex User();

    [GeneratedRegex(@"\A(?:[A-Za-z]:)?(?:[/\\][A-Za-z0-9._+-]+)+\z")]
    private static partial Regex PlainPath();

    [GeneratedRegex(@"\A(?:ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp(?:256|384|521)) [A-Za-z0-9+/]+={0,2}\z")]
    private static partial Regex PublicKey();
}
