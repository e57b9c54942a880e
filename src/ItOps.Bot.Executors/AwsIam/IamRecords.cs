using System.Globalization;
using System.Xml.Linq;

namespace ItOps.Bot.Executors.AwsIam;

/// <summary>A user as GetUser answers it.</summary>
internal sealed record IamUser(string Name, string UniqueId, string Path, string Arn)
{
    public DateTimeOffset? PasswordLastUsed { get; init; }

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    public static IamUser Read(XElement user) => new(user.Text("UserName"), user.Text("UserId"), user.Text("Path"), user.Text("Arn"))
    {
        PasswordLastUsed = user.Time("PasswordLastUsed"),
        Tags = user.Elements().FirstOrDefault(e => e.Name.LocalName == "Tags")?.Elements().ToDictionary(t => t.Text("Key"), t => t.Text("Value"), StringComparer.Ordinal)
            ?? new Dictionary<string, string>(),
    };
}

internal sealed record IamGroup(string Name, string UniqueId, string Path)
{
    public static IamGroup Read(XElement group) => new(group.Text("GroupName"), group.Text("GroupId"), group.Text("Path"));
}

/// <summary>A console password. IAM tells when the first one was made, never when it was last set.</summary>
/// <param name="Skew">How far IAM's clock was ahead of ours when it answered; none when it did not say.</param>
internal sealed record IamLoginProfile(DateTimeOffset? Created, bool ResetRequired, TimeSpan? Skew);

internal sealed record IamAccessKey(string Id, bool IsActive, DateTimeOffset Created)
{
    public static IamAccessKey Read(XElement key) => new(key.Text("AccessKeyId"), key.Text("Status") == "Active", key.Time("CreateDate") ?? DateTimeOffset.MinValue);
}

/// <summary>A policy that is attached; its content is kept in versions elsewhere.</summary>
internal sealed record IamAttachedPolicy(string Name, string Arn)
{
    public static IamAttachedPolicy Read(XElement policy) => new(policy.Text("PolicyName"), policy.Text("PolicyArn"));

    /// <summary>One of AWS's own, the same in every account.</summary>
    public bool IsAws => Arn.Split(':') is [_, _, _, _, "aws", ..];
}

/// <summary>AWS's own policy that denies everything: what the bot attaches to block a user.</summary>
internal static class DenyAll
{
    public const string Name = "AWSDenyAll";

    /// <summary>In the partition of the user (aws, aws-cn, aws-us-gov).</summary>
    public static string ArnFor(IamUser user) => $"arn:{user.Arn.Split(':')[1]}:iam::aws:policy/{Name}";

    public static bool Is(IamAttachedPolicy policy) => policy.Name == Name && policy.IsAws;
}

internal static class IamXml
{
    public static string Text(this XElement element, string name) => element.Elements().FirstOrDefault(e => e.Name.LocalName == name)?.Value ?? "";

    public static DateTimeOffset? Time(this XElement element, string name) =>
        DateTimeOffset.TryParse(element.Text(name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;
}
