using ItOps.Bot.Executors.AwsIam;
using ItOps.Bot.Testing.Aws;
using Microsoft.AspNetCore.Http;

namespace ItOps.Bot.Executors.Tests.AwsIam;

/// <summary>The policy that we ship, and the check of signatures that the other tests lean on.</summary>
public sealed class AwsPolicyTests
{
    private readonly AwsPolicy _policy = new(AwsTestBase.ShippedPolicy);

    [Fact]
    public void The_shipped_policy_allows_each_call_that_can_be_sent_and_nothing_more() =>
        Assert.Equal(IamAction.All.Select(a => $"iam:{a.Name}").Order(StringComparer.Ordinal), _policy.Allowed);

    [Fact]
    public void Each_call_there_is_is_listed() => Assert.Equal(
        typeof(IamAction).GetFields().Where(f => f.FieldType == typeof(IamAction)).Select(f => (IamAction)f.GetValue(null)!).Order(Comparer<IamAction>.Create((a, b) => string.CompareOrdinal(a.Name, b.Name))),
        IamAction.All.OrderBy(a => a.Name, StringComparer.Ordinal));

    [Theory]
    [InlineData(AwsIamSettings.AdminPath)]
    [InlineData(AwsIamSettings.ServicePath)]
    [InlineData(AwsIamSettings.BreakGlassPath)]
    public void No_change_is_allowed_on_protected_paths(string path)
    {
        foreach (var action in IamAction.All.Where(a => a.Changes))
        {
            Assert.False(_policy.Allows($"iam:{action.Name}", $"arn:aws:iam::111122223333:user{path}eve", "arn:aws:iam::aws:policy/AWSDenyAll"), action.Name);
            Assert.False(_policy.Allows($"iam:{action.Name}", $"arn:aws:iam::111122223333:group{path}eves", "arn:aws:iam::aws:policy/AWSDenyAll"), action.Name);
        }
    }

    [Theory]
    [InlineData("arn:aws:iam::aws:policy/AWSDenyAll", true)]
    [InlineData("arn:aws:iam::aws:policy/AdministratorAccess", false)]
    [InlineData("arn:aws:iam::111122223333:policy/AWSDenyAll", false)]
    [InlineData(null, false)]
    public void The_only_policy_it_may_attach_is_the_one_that_denies_everything(string? policy, bool allowed) =>
        Assert.Equal(allowed, _policy.Allows("iam:AttachUserPolicy", "arn:aws:iam::111122223333:user/alice", policy));

    [Theory]
    [InlineData("/requestable/", true)]
    [InlineData("/", false)]
    public void Only_groups_that_are_put_up_for_it_can_be_joined(string path, bool allowed) =>
        Assert.Equal(allowed, _policy.Allows("iam:AddUserToGroup", $"arn:aws:iam::111122223333:group{path}team"));

    /// <summary>The example of AWS's own documentation (ListUsers, 30 August 2015).</summary>
    [Theory]
    [InlineData("5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7", "ListUsers", 0, true)]
    [InlineData("5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d8", "ListUsers", 0, false)]
    [InlineData("5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7", "ListRoles", 0, false)]
    [InlineData("5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7", "ListUsers", 6, false)]
    public void The_check_of_signatures_agrees_with_the_example_of_AWS(string signature, string action, int minutesLate, bool good)
    {
        var context = new DefaultHttpContext();
        (context.Request.Method, context.Request.Path, context.Request.QueryString) = ("GET", "/", new($"?Action={action}&Version=2010-05-08"));
        context.Request.Headers.Host = "iam.amazonaws.com";
        context.Request.Headers.ContentType = "application/x-www-form-urlencoded; charset=utf-8";
        context.Request.Headers["x-amz-date"] = "20150830T123600Z";
        var parsed = AwsSignature.Parse($"AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, SignedHeaders=content-type;host;x-amz-date, Signature={signature}");

        var flaw = parsed!.Flaw(context.Request, [], "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", new DateTimeOffset(2015, 8, 30, 12, 36, 0, TimeSpan.Zero).AddMinutes(minutesLate));

        Assert.Equal(good, flaw is null);
    }
}
