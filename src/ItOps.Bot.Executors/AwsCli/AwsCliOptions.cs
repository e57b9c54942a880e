namespace ItOps.Bot.Executors.AwsCli;

/// <summary>How AWS is reached; there is none while the executor is not enabled.</summary>
/// <param name="Program">The whole path of <c>aws</c>.</param>
internal sealed record AwsCliOptions(string Program, string Region, TimeSpan TimeOut)
{
    public string? Profile { get; init; }

    public string? ConfigFile { get; init; }

    public string? CredentialsFile { get; init; }

    /// <summary>Assumed with <see cref="WebIdentityTokenFile"/>, as a Kubernetes service account does.</summary>
    public string? RoleArn { get; init; }

    public string? WebIdentityTokenFile { get; init; }

    /// <summary>None for AWS itself.</summary>
    public Uri? EndpointUrl { get; init; }
}
