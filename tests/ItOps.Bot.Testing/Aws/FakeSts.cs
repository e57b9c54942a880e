using System.Globalization;
using System.Xml.Linq;

namespace ItOps.Bot.Testing.Aws;

/// <summary>STS's answers, version 2011-06-15.</summary>
internal static class FakeSts
{
    public static readonly XNamespace Space = "https://sts.amazonaws.com/doc/2011-06-15/";

    public static XElement Caller(FakeAwsRole? role) => Answer(
        "GetCallerIdentity",
        new XElement(Space + "Arn", role is null ? $"arn:aws:iam::{FakeAws.Account}:user/itops-bot" : Session(role)),
        new XElement(Space + "UserId", role is null ? "AIDAITOPSBOT" : "AROAITOPSBOT:itops-bot"),
        new XElement(Space + "Account", role is null ? FakeAws.Account : role.Arn.Split(':')[4]));

    public static XElement Assumed(FakeAwsRole role, string id, string secret, string token, DateTimeOffset until) => Answer(
        "AssumeRole",
        new XElement(
            Space + "Credentials",
            new XElement(Space + "AccessKeyId", id),
            new XElement(Space + "SecretAccessKey", secret),
            new XElement(Space + "SessionToken", token),
            new XElement(Space + "Expiration", until.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture))),
        new XElement(Space + "AssumedRoleUser", new XElement(Space + "Arn", Session(role)), new XElement(Space + "AssumedRoleId", "AROAITOPSBOT:itops-bot")));

    private static string Session(FakeAwsRole role) => role.Arn.Replace(":iam:", ":sts:", StringComparison.Ordinal).Replace(":role/", ":assumed-role/", StringComparison.Ordinal) + "/itops-bot";

    private static XElement Answer(string action, params XElement[] result) => new(
        Space + (action + "Response"), new XElement(Space + (action + "Result"), result), new XElement(Space + "ResponseMetadata", new XElement(Space + "RequestId", "01234567-89ab-cdef-0123-456789abcdef")));
}
