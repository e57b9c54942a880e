using ItOps.Bot.People;

namespace ItOps.Bot.Executors.Ssh;

/// <param name="Program">The OpenSSH client.</param>
internal sealed record SshOptions(string Program, TimeSpan ConnectTimeOut, IReadOnlyList<SshHostOptions> Hosts);

/// <summary>One host as the operator set it up. Everything here is the operator's; nothing comes from a message or a runbook.</summary>
internal sealed record SshHostOptions(string Name, string Address, int Port, string User)
{
    /// <summary>One of <see cref="Runbooks.Platforms"/>.</summary>
    public required string Platform { get; init; }

    public required SshShell Shell { get; init; }

    /// <summary>Whose computer it is; none when it is nobody's.</summary>
    public PersonId? Owner { get; init; }

    /// <summary>The private key; with an agent, the public one that says which of the agent's keys.</summary>
    public string? KeyFile { get; init; }

    /// <summary>The agent's socket; none when there is no agent.</summary>
    public string? Agent { get; init; }

    /// <summary>The host's public key, such as <c>ssh-ed25519 AAAA…</c>; without it <see cref="KnownHosts"/> has it.</summary>
    public string? HostKey { get; init; }

    public string? KnownHosts { get; init; }

    /// <summary>The host runs one program of its own for this key, and gets JSON.</summary>
    public bool ForceCommand { get; init; }

    public string? Sudo { get; init; }
}

/// <summary>Windows PowerShell is the 5.1 that comes with Windows; PowerShell is 7, <c>pwsh</c>.</summary>
internal enum SshShell { Bash, PowerShell, WindowsPowerShell }
