using ItOps.Bot.Execution;
using ItOps.Bot.Replies;

namespace ItOps.Bot.Cloud;

/// <summary>The calls to AWS that may be made; each is an operation of its own. What is not here cannot be called (I7).</summary>
public sealed record AwsPolicy(int Version, IReadOnlyList<AwsCall> Calls)
{
    /// <summary>Nothing is allowed.</summary>
    public static readonly AwsPolicy None = new(0, []);
}

/// <summary>
/// One call: <paramref name="Service"/> and <paramref name="Command"/> as the <c>aws</c> program names them, such as <c>ec2</c> and <c>describe-instance-status</c>.
/// </summary>
/// <param name="Id">The operation's id, such as <c>aws.ec2.instance-status</c>.</param>
/// <param name="Title">For the card, with names of arguments: "Reboot the EC2 instance {instance}".</param>
/// <param name="Target">What it acts on, with names of arguments: "EC2 instance {instance}".</param>
public sealed record AwsCall(string Id, string Title, string Target, string Service, string Command, OperationEffect Effect)
{
    /// <summary>Words that are always there.</summary>
    public IReadOnlyList<string> Flags { get; init; } = [];

    public IReadOnlyList<AwsArgument> Arguments { get; init; } = [];

    /// <summary>How much harm a wrong call does, with the reason; for calls that change something.</summary>
    public CardRisk Risk { get; init; } = new(RiskLevel.None, "it only reads");

    /// <summary>Named values of the answer: name and path.</summary>
    public IReadOnlyDictionary<string, string> Facts { get; init; } = new Dictionary<string, string>();

    /// <summary>What the answer means, in plain words.</summary>
    public IReadOnlyList<AwsRule> Findings { get; init; } = [];

    /// <summary>What a refusal means, by AWS's code for it.</summary>
    public IReadOnlyDictionary<string, AwsMeaning> Errors { get; init; } = new Dictionary<string, AwsMeaning>();

    /// <summary>For a change: the id of the reading call that shows the target before and after.</summary>
    public string? ReadBy { get; init; }
}

/// <summary>One argument: the flag it is given with, and a pattern for the whole value.</summary>
public sealed record AwsArgument(string Name, string Flag, string Pattern, string Description);

/// <summary>
/// A finding when a value of the answer fits. <paramref name="At"/> is a path such as <c>Instances[0].State.Name</c>, or <c>Keys[*].Status</c> for any of several.
/// </summary>
public sealed record AwsRule(string At, AwsMeaning Meaning)
{
    /// <summary>One of these values.</summary>
    public IReadOnlyList<string> Is { get; init; } = [];

    /// <summary>There is nothing there.</summary>
    public bool Missing { get; init; }

    /// <summary>A time that is longer ago.</summary>
    public int? OlderThanDays { get; init; }
}

/// <summary>A finding. <paramref name="Blocks"/>: a change makes no sense while it is so.</summary>
public sealed record AwsMeaning(Finding Finding, bool Blocks);
