using ItOps.Bot.Executors.Processes;

namespace ItOps.Bot.Executors.AwsIam;

/// <summary>IAM said no, or was certainly never asked: the call changed nothing. <see cref="Code"/> is IAM's own.</summary>
internal sealed class IamRefusedException(string code, string message) : Exception($"{code}: {message}")
{
    public const string NoSuchEntity = "NoSuchEntity";
    public const string EntityAlreadyExists = "EntityAlreadyExists";

    private const int LongestDetail = 400;

    public string Code => code;

    /// <summary>It is a matter of waiting: too many calls at once, or IAM is still busy with the same user.</summary>
    public bool Passes => code is "Throttling" or "ThrottlingException" or "RequestLimitExceeded" or "TooManyRequestsException" or "EntityTemporarilyUnmodifiable" or "ConcurrentModification";

    /// <summary>The session's keys have run out.</summary>
    public bool IsExpired => code is "ExpiredToken" or "ExpiredTokenException";

    public Problem Problem => new(
        code switch
        {
            NoSuchEntity => ProblemCode.NoSuchAccount,
            "InvalidInput" or "ValidationError" or "MalformedPolicyDocument" => ProblemCode.InvalidArguments,
            _ when Passes || IsExpired => ProblemCode.SystemUnavailable,
            Unreachable or "SignatureDoesNotMatch" or "InvalidClientTokenId" or "UnrecognizedClientException" or "RequestExpired" or "OptInRequired" or "NoCredentials" => ProblemCode.SystemUnavailable,
            _ => ProblemCode.PolicyRefused,
        },
        Text);

    public const string Unreachable = "Unreachable";

    private string Text
    {
        get
        {
            var text = PlainText.Of($"AWS IAM: {Message}");
            return text.Length <= LongestDetail ? text : text[..LongestDetail] + "…";
        }
    }
}
