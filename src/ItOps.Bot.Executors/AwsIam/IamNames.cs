using System.Text.RegularExpressions;

namespace ItOps.Bot.Executors.AwsIam;

/// <summary>What a name can be in IAM (IAM User Guide, "IAM and AWS STS quotas"). Whatever else was said names nobody, and IAM is not asked.</summary>
internal static partial class IamNames
{
    public static bool IsAccount(string text) => Account().IsMatch(text);

    public static bool IsUser(string text) => User().IsMatch(text);

    public static bool IsGroup(string text) => Group().IsMatch(text);

    public static bool IsRoleIn(string arn, string account) => Role().Match(arn) is { Success: true } match && match.Groups[1].Value == account;

    public static bool IsUniqueId(string text) => UniqueId().IsMatch(text);

    [GeneratedRegex(@"^[0-9]{12}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Account();

    [GeneratedRegex(@"^[A-Za-z0-9_+=,.@-]{1,64}\z", RegexOptions.CultureInvariant)]
    private static partial Regex User();

    [GeneratedRegex(@"^[A-Za-z0-9_+=,.@-]{1,128}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Group();

    [GeneratedRegex(@"^[A-Za-z0-9_]{16,128}\z", RegexOptions.CultureInvariant)]
    private static partial Regex UniqueId();

    [GeneratedRegex(@"^arn:aws[a-z-]*:iam::([0-9]{12}):role/[A-Za-z0-9_+=,.@/-]{1,576}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Role();
}

/// <summary>
/// A user or group: the account, its name there, and the unique id that IAM gave it. IAM is asked by name, and a name can be given to somebody else later,
/// so both are kept and both must fit.
/// </summary>
internal sealed record AwsObjectId(string Account, string Name, string UniqueId)
{
    public static AwsObjectId? Parse(string text) =>
        text.Length <= 300 && text.Split('/') is [var account, var name, var id] && IamNames.IsAccount(account) && IamNames.IsGroup(name) && IamNames.IsUniqueId(id)
            ? new(account, name, id)
            : null;

    public override string ToString() => $"{Account}/{Name}/{UniqueId}";
}
