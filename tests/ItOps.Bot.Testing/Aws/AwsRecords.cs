using System.Collections.Immutable;

namespace ItOps.Bot.Testing.Aws;

/// <summary>A user of the fake's IAM as it is. Lists are immutable, so that what was read stays what it was.</summary>
public sealed record FakeAwsUser(string Account, string Name, string Id, string Path)
{
    public string? Password { get; init; }

    public DateTimeOffset? ProfileCreated { get; init; }

    public bool ResetRequired { get; init; }

    public ImmutableList<FakeAwsKey> Keys { get; init; } = [];

    public ImmutableList<string> Attached { get; init; } = [];

    public ImmutableDictionary<string, string> Inline { get; init; } = ImmutableDictionary<string, string>.Empty;

    public ImmutableList<string> Groups { get; init; } = [];

    public ImmutableDictionary<string, string> Tags { get; init; } = ImmutableDictionary<string, string>.Empty;

    public string Arn => $"arn:aws:iam::{Account}:user{Path}{Name}";

    public string ObjectId => $"{Account}/{Name}/{Id}";
}

public sealed record FakeAwsKey(string Id, bool Active, DateTimeOffset Created);

public sealed record FakeAwsGroup(string Account, string Name, string Id, string Path)
{
    public ImmutableList<string> Attached { get; init; } = [];

    public ImmutableDictionary<string, string> Inline { get; init; } = ImmutableDictionary<string, string>.Empty;

    public string Arn => $"arn:aws:iam::{Account}:group{Path}{Name}";

    public string ObjectId => $"{Account}/{Name}/{Id}";
}

/// <summary>A role that the bot may assume, and what its policy lets it do there.</summary>
public sealed record FakeAwsRole(string Arn, string ExternalId, AwsPolicy Policy);

/// <summary>What goes wrong with one call.</summary>
public enum AwsTrouble
{
    Throttled,
    Unmodifiable,

    /// <summary>IAM has not heard yet of what is there.</summary>
    NotFound,

    /// <summary>A 500 of IAM's own, nothing done.</summary>
    FailsBefore,

    /// <summary>A 500 of IAM's own, after it was done.</summary>
    FailsAfter,

    /// <summary>The connection breaks and nothing was done.</summary>
    DroppedBefore,

    /// <summary>The connection breaks after it was done.</summary>
    DroppedAfter,
}

/// <summary>One change that IAM made; what asked for what was there already leaves none.</summary>
public sealed record AwsEffect(string Action, string User, string Detail);

internal sealed record AwsState(ImmutableDictionary<(string Account, string Name), FakeAwsUser> Users, ImmutableDictionary<(string Account, string Name), FakeAwsGroup> Groups)
{
    public ImmutableDictionary<string, string> Policies { get; init; } = ImmutableDictionary<string, string>.Empty;
}

internal sealed class AwsErrorException(int status, string code, string message) : Exception(message)
{
    public int Status => status;

    public string Code => code;
}
