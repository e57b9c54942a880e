using ItOps.Bot.Executors.Ssh;
using Microsoft.Extensions.Configuration;

namespace ItOps.Bot.Executors.Tests.Ssh;

public sealed class SshSettingsTests
{
    private static readonly Dictionary<string, string> s_good = new()
    {
        ["Address"] = "pc-1.example.com",
        ["User"] = "itops-bot",
        ["KeyFile"] = "/etc/itops-bot/id_ed25519",
        ["HostKey"] = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAbcdefghijklmnop",
    };

    [Fact]
    public void A_host_is_read_and_its_command_line_takes_nothing_from_the_machine()
    {
        var options = Read([]);
        var host = Assert.Single(options.Hosts);
        Assert.Equal(("PC-1", 22, SshShell.Bash, "linux"), (host.Name, host.Port, host.Shell, host.Platform));

        Assert.Equal(
            "-F none -T -o BatchMode=yes -o StrictHostKeyChecking=yes -o UserKnownHostsFile=/pins/PC-1 -o GlobalKnownHostsFile=none -o UpdateHostKeys=no -o VerifyHostKeyDNS=no -o CheckHostIP=no "
            + "-o IdentitiesOnly=yes -o IdentityAgent=none -o PreferredAuthentications=publickey -o PasswordAuthentication=no -o KbdInteractiveAuthentication=no -o GSSAPIAuthentication=no "
            + "-o ForwardAgent=no -o ForwardX11=no -o ClearAllForwardings=yes -o PermitLocalCommand=no -o RequestTTY=no -o ControlMaster=no -o ControlPath=none -o ConnectionAttempts=1 "
            + "-o ConnectTimeout=10 -o ServerAliveInterval=15 -o ServerAliveCountMax=2 -o LogLevel=VERBOSE -o IdentityFile=/etc/itops-bot/id_ed25519 -o HostKeyAlias=PC-1 "
            + "-p 22 -l itops-bot -- pc-1.example.com itops-bot",
            string.Join(' ', SshCommandLine.Of(host, "/pins/PC-1", options.ConnectTimeOut, ForcedText.RemoteWords)));
    }

    [Theory]
    [InlineData("Address", "-oProxyCommand=id", "Hosts:PC-1:Address must be the name or the address of a host")]
    [InlineData("Address", "", "Hosts:PC-1:Address is missing")]
    [InlineData("User", "a b", "Hosts:PC-1:User must be the name of a user")]
    [InlineData("User", "-l", "Hosts:PC-1:User must be the name of a user")]
    [InlineData("Port", "0", "Hosts:PC-1:Port must be a whole number from 1 to 65535")]
    [InlineData("KeyFile", "", "Hosts:PC-1:KeyFile is missing, and UseAgent is not true")]
    [InlineData("KeyFile", "~/.ssh/id", "Hosts:PC-1:KeyFile must be the whole path of a file")]
    [InlineData("KeyFile", "/keys/%h", "Hosts:PC-1:KeyFile must be the whole path of a file")]
    [InlineData("HostKey", "", "Hosts:PC-1:HostKey is missing: a host is only believed by its key")]
    [InlineData("HostKey", "ssh-ed25519 AAAA\n* ssh-ed25519 BBBB", "Hosts:PC-1:HostKey must be a public key")]
    [InlineData("KnownHosts", "/etc/known", "Hosts:PC-1:KnownHosts is set beside HostKey")]
    [InlineData("Shell", "zsh", "Hosts:PC-1:Shell must be bash, pwsh or powershell")]
    [InlineData("System", "beos", "Hosts:PC-1:System must be one of windows, macos, linux")]
    [InlineData("UseAgent", "maybe", "Hosts:PC-1:UseAgent must be true or false")]
    public void A_wrong_setting_names_its_key(string key, string value, string message)
    {
        var thrown = Assert.Throws<SettingException>(() => Read([new(key, value)]));
        Assert.StartsWith("Executors:Ssh:" + message, thrown.Message, StringComparison.Ordinal);
    }

    private static SshOptions Read(KeyValuePair<string, string>[] changes)
    {
        var values = new Dictionary<string, string>(s_good);
        foreach (var (key, value) in changes)
            values[key] = value;
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(values.Select(v => KeyValuePair.Create($"Executors:Ssh:Hosts:PC-1:{v.Key}", (string?)v.Value))).Build();
        var executors = configuration.GetSection("Executors");
        return SshSettings.Read(new(executors.GetSection("Ssh"), new(executors, "/", false, "Sandbox"), "Ssh"));
    }
}
