namespace ItOps.Bot.Executors.AwsIam;

/// <summary>Where IAM and STS are, by whose keys they are asked, and what the operator says about users and groups.</summary>
internal sealed record AwsIamOptions(IReadOnlyList<AwsAccount> Accounts)
{
    public required Uri IamUrl { get; init; }

    /// <summary>None for the endpoint that the region has.</summary>
    public Uri? StsUrl { get; init; }

    /// <summary>What IAM's requests are signed for; in the commercial partition IAM is signed for us-east-1 wherever the bot runs.</summary>
    public required string Region { get; init; }

    public AwsKeys? Keys { get; init; }

    /// <summary>A profile of the shared credentials file; with neither keys nor a profile the SDK looks where it always does.</summary>
    public string? Profile { get; init; }

    public TimeSpan TimeOut { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Names or ARNs of policies that make whoever has them privileged.</summary>
    public IReadOnlyList<string> PrivilegedPolicies { get; init; } = [];

    public IReadOnlyList<string> PrivilegedGroups { get; init; } = [];

    public IReadOnlyList<string> PrivilegedPaths { get; init; } = [];

    public IReadOnlyList<string> ServicePaths { get; init; } = [];

    /// <summary>Paths, user names, or <c>account/user</c>.</summary>
    public IReadOnlyList<string> BreakGlass { get; init; } = [];

    /// <summary>Names of policies by which security puts a user aside; a trailing * stands for anything.</summary>
    public IReadOnlyList<string> QuarantinePolicies { get; init; } = [];

    /// <summary>The tag whose value is the id of the person that a user belongs to; none when tags say nothing.</summary>
    public string? OwnerTag { get; init; }

    public IReadOnlyList<AwsRequestableGroup> Groups { get; init; } = [];
}

/// <summary>One AWS account. <paramref name="RoleArn"/> is assumed there; without one the bot's own keys are of this account.</summary>
internal sealed record AwsAccount(string Id, string Name, string? RoleArn, string? ExternalId);

internal sealed record AwsKeys(string AccessKeyId, Secrets.Secret<string> SecretAccessKey);

/// <summary>A group that people may ask for, and what it opens.</summary>
internal sealed record AwsRequestableGroup(string Account, string Name)
{
    public string Description { get; init; } = "";

    public Accounts.GroupResource? Resource { get; init; }

    public IReadOnlyList<People.PersonId> Owners { get; init; } = [];
}
