using System.Globalization;

namespace ItOps.Bot.Executors.Ssh;

/// <summary>The arguments of the OpenSSH client: nothing but what is written here, from no file of the user and no default of the machine.</summary>
internal static class SshCommandLine
{
    public static IReadOnlyList<string> Of(SshHostOptions host, string knownHosts, TimeSpan connectTimeOut, IReadOnlyList<string> remoteWords)
    {
        var options = new List<string>
        {
            "BatchMode=yes",
            "StrictHostKeyChecking=yes",
            $"UserKnownHostsFile={knownHosts}",
            "GlobalKnownHostsFile=none",
            "UpdateHostKeys=no",
            "VerifyHostKeyDNS=no",
            "CheckHostIP=no",
            "IdentitiesOnly=yes",
            $"IdentityAgent={host.Agent ?? "none"}",
            "PreferredAuthentications=publickey",
            "PasswordAuthentication=no",
            "KbdInteractiveAuthentication=no",
            "GSSAPIAuthentication=no",
            "ForwardAgent=no",
            "ForwardX11=no",
            "ClearAllForwardings=yes",
            "PermitLocalCommand=no",
            "RequestTTY=no",
            "ControlMaster=no",
            "ControlPath=none",
            "ConnectionAttempts=1",
            string.Create(CultureInfo.InvariantCulture, $"ConnectTimeout={connectTimeOut.TotalSeconds:0}"),
            "ServerAliveInterval=15",
            "ServerAliveCountMax=2",

            // Says when it got in: before that, nothing can have run.
            "LogLevel=VERBOSE",
        };
        if (host.KeyFile is { } key)
            options.Add($"IdentityFile={key}");
        else
            options[options.IndexOf("IdentitiesOnly=yes")] = "IdentitiesOnly=no";

        // The pinned key is filed under the operator's name for the host.
        if (host.HostKey is not null)
            options.Add($"HostKeyAlias={host.Name}");
        return
        [
            "-F", "none", "-T",
            .. options.SelectMany(o => new[] { "-o", o }),
            "-p", host.Port.ToString(CultureInfo.InvariantCulture),
            "-l", host.User,
            "--", host.Address,
            .. remoteWords,
        ];
    }
}
