using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;
using Amazon.Runtime.Credentials;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;

namespace ItOps.Bot.Executors.AwsIam;

/// <summary>The keys to ask each account with: the bot's own, or those of the role that it assumes there, for a quarter of an hour at a time.</summary>
internal sealed class AwsCredentialSource(AwsIamOptions options, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan s_sessionLength = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan s_renewEarly = TimeSpan.FromMinutes(2);

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly Dictionary<string, (ImmutableCredentials Keys, DateTimeOffset Until)> _sessions = new(StringComparer.Ordinal);
    private AWSCredentials? _own;

    /// <exception cref="IamRefusedException">There are no keys to be had.</exception>
    public async Task<ImmutableCredentials> ForAsync(AwsAccount account, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (_sessions.TryGetValue(account.Id, out var session) && time.GetUtcNow() < session.Until)
                return session.Keys;
            var own = _own ??= await OwnAsync(cancellationToken);
            if (account.RoleArn is null)
                return await own.GetCredentialsAsync();
            var assumed = await AssumeAsync(own, account, cancellationToken);
            _sessions[account.Id] = (assumed, time.GetUtcNow() + s_sessionLength - s_renewEarly);
            return assumed;
        }
        catch (Exception e) when (e is AmazonServiceException or AmazonClientException or HttpRequestException or ArgumentException)
        {
            throw new IamRefusedException("NoCredentials", $"{(account.RoleArn is { } role ? $"{role} could not be assumed" : "no keys of the bot's own were found")}: {e.Message.ReplaceLineEndings(" ")}");
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>IAM does not take them any more.</summary>
    public async Task ForgetAsync(AwsAccount account, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        _sessions.Remove(account.Id);
        _gate.Release();
    }

    /// <summary>Whom AWS takes the bot for in the account.</summary>
    /// <exception cref="IamRefusedException">There are no keys to be had, or they are not good.</exception>
    public async Task<(string Account, string Arn)> CallerAsync(AwsAccount account, CancellationToken cancellationToken)
    {
        var keys = await ForAsync(account, cancellationToken);
        try
        {
            using var sts = Sts(keys.UseToken ? new SessionAWSCredentials(keys.AccessKey, keys.SecretKey, keys.Token) : new BasicAWSCredentials(keys.AccessKey, keys.SecretKey));
            var caller = await sts.GetCallerIdentityAsync(new GetCallerIdentityRequest(), cancellationToken);
            return (caller.Account, caller.Arn);
        }
        catch (Exception e) when (e is AmazonServiceException or AmazonClientException or HttpRequestException)
        {
            throw new IamRefusedException("NoCredentials", e.Message);
        }
    }

    public void Dispose() => _gate.Dispose();

    private async Task<AWSCredentials> OwnAsync(CancellationToken cancellationToken)
    {
        if (options.Keys is { } keys)
            return new BasicAWSCredentials(keys.AccessKeyId, keys.SecretAccessKey.Reveal());
        if (options.Profile is { } profile)
            return new CredentialProfileStoreChain().TryGetAWSCredentials(profile, out var found) ? found : throw new ArgumentException($"there is no profile '{profile}'");
        return await new DefaultAWSCredentialsIdentityResolver().ResolveIdentityAsync(new AmazonSecurityTokenServiceConfig(), cancellationToken);
    }

    private async Task<ImmutableCredentials> AssumeAsync(AWSCredentials own, AwsAccount account, CancellationToken cancellationToken)
    {
        using var sts = Sts(own);
        var assumed = await sts.AssumeRoleAsync(
            new AssumeRoleRequest
            {
                RoleArn = account.RoleArn,
                RoleSessionName = "itops-bot",
                ExternalId = account.ExternalId,
                DurationSeconds = (int)s_sessionLength.TotalSeconds,
            },
            cancellationToken);
        return new ImmutableCredentials(assumed.Credentials.AccessKeyId, assumed.Credentials.SecretAccessKey, assumed.Credentials.SessionToken);
    }

    private AmazonSecurityTokenServiceClient Sts(AWSCredentials keys)
    {
        var config = new AmazonSecurityTokenServiceConfig { Timeout = options.TimeOut, MaxErrorRetry = 2 };
        if (options.StsUrl is { } url)
            (config.ServiceURL, config.AuthenticationRegion) = (url.ToString(), options.Region);
        else
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(options.Region);
        return new AmazonSecurityTokenServiceClient(keys, config);
    }
}
