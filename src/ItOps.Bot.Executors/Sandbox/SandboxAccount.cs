using System.Text.Json.Serialization;
using ItOps.Bot.Accounts;

namespace ItOps.Bot.Executors.Sandbox;

/// <summary>An account as the sandbox stores it (document kind "account").</summary>
internal sealed record SandboxAccount(string ObjectId, string System, string Name)
{
    public string? Owner { get; init; }

    public AccountKind Kind { get; init; }

    public bool Enabled { get; init; } = true;

    public DateTimeOffset? LockedSince { get; init; }

    public int BadAttempts { get; init; }

    public required string PasswordHash { get; init; }

    public DateTimeOffset PasswordLastSet { get; init; }

    public bool MustChangePassword { get; init; }

    public int Sessions { get; init; }

    public DateTimeOffset? SessionsRevokedAt { get; init; }
}

/// <summary>A group as the sandbox stores it (document kind "group"). Members are accounts, groups are nested in it, by object id.</summary>
internal sealed record SandboxGroup(string ObjectId, string System, string Name, string Description)
{
    public bool Privileged { get; init; }

    public IReadOnlyList<string> Owners { get; init; } = [];

    public IReadOnlyList<string> Members { get; init; } = [];

    public IReadOnlyList<string> Groups { get; init; } = [];

    public GroupResource? Resource { get; init; }
}

/// <summary>Makes a system refuse, so that refusals can be played (document kind "system", id is the system's key).</summary>
internal sealed record SandboxSystemState
{
    public SandboxRefusal Refuses { get; init; }
}

/// <summary><see cref="Policy"/>: every new password. <see cref="Unavailable"/>: every change and every sign-in.</summary>
internal enum SandboxRefusal { None, Policy, Unavailable }

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(SandboxAccount))]
[JsonSerializable(typeof(SandboxGroup))]
[JsonSerializable(typeof(SandboxSystemState))]
internal sealed partial class SandboxJson : JsonSerializerContext;
