using System.Xml.Linq;
using ItOps.Bot.Secrets;

namespace ItOps.Bot.Executors.AwsIam;

/// <summary>
/// IAM's calls, typed. What is not there is null or empty; whatever else IAM refuses is an <see cref="IamRefusedException"/>, after which nothing is changed.
/// Any other exception of a change means that nobody knows.
/// </summary>
internal sealed class IamClient(IamTransport transport, TimeProvider time)
{
    public async Task<IamUser?> UserAsync(AwsAccount account, string name, CancellationToken cancellationToken)
    {
        if (await FoundAsync(account, new(IamAction.GetUser, ("UserName", name)), cancellationToken) is not { } answer || answer.One("User") is not { } element)
            return null;
        var user = IamUser.Read(element);

        // Keys of another account, or a look-alike of a name: it is not the user that was meant.
        return user.Name.Equals(name, StringComparison.OrdinalIgnoreCase) && user.Arn.Split(':') is [_, _, "iam", _, var owner, ..] && owner == account.Id ? user : null;
    }

    public async Task<IamLoginProfile?> LoginProfileAsync(AwsAccount account, string user, CancellationToken cancellationToken) =>
        await FoundAsync(account, new(IamAction.GetLoginProfile, ("UserName", user)), cancellationToken) is { } answer && answer.One("LoginProfile") is { } profile
            ? new(profile.Time("CreateDate"), profile.Text("PasswordResetRequired") == "true", answer.At - time.GetUtcNow())
            : null;

    public async Task<IReadOnlyList<IamAccessKey>> AccessKeysAsync(AwsAccount account, string user, CancellationToken cancellationToken) =>
        [.. (await AllAsync(account, new(IamAction.ListAccessKeys, ("UserName", user)), "AccessKeyMetadata", cancellationToken)).Select(IamAccessKey.Read)];

    public async Task<IReadOnlyList<IamGroup>> GroupsOfAsync(AwsAccount account, string user, CancellationToken cancellationToken) =>
        [.. (await AllAsync(account, new(IamAction.ListGroupsForUser, ("UserName", user)), "Groups", cancellationToken)).Select(IamGroup.Read)];

    public async Task<IReadOnlyList<IamAttachedPolicy>> AttachedToUserAsync(AwsAccount account, string user, CancellationToken cancellationToken) =>
        [.. (await AllAsync(account, new(IamAction.ListAttachedUserPolicies, ("UserName", user)), "AttachedPolicies", cancellationToken)).Select(IamAttachedPolicy.Read)];

    public async Task<IReadOnlyList<IamAttachedPolicy>> AttachedToGroupAsync(AwsAccount account, string group, CancellationToken cancellationToken) =>
        [.. (await AllAsync(account, new(IamAction.ListAttachedGroupPolicies, ("GroupName", group)), "AttachedPolicies", cancellationToken)).Select(IamAttachedPolicy.Read)];

    public async Task<IReadOnlyList<string>> InlineOfUserAsync(AwsAccount account, string user, CancellationToken cancellationToken) =>
        [.. (await AllAsync(account, new(IamAction.ListUserPolicies, ("UserName", user)), "PolicyNames", cancellationToken)).Select(e => e.Value)];

    public async Task<IReadOnlyList<string>> InlineOfGroupAsync(AwsAccount account, string group, CancellationToken cancellationToken) =>
        [.. (await AllAsync(account, new(IamAction.ListGroupPolicies, ("GroupName", group)), "PolicyNames", cancellationToken)).Select(e => e.Value)];

    public async Task<string?> UserPolicyAsync(AwsAccount account, string user, string policy, CancellationToken cancellationToken) =>
        Document((await FoundAsync(account, new(IamAction.GetUserPolicy, ("UserName", user), ("PolicyName", policy)), cancellationToken))?.Result);

    public async Task<string?> GroupPolicyAsync(AwsAccount account, string group, string policy, CancellationToken cancellationToken) =>
        Document((await FoundAsync(account, new(IamAction.GetGroupPolicy, ("GroupName", group), ("PolicyName", policy)), cancellationToken))?.Result);

    /// <summary>The content that is in force of a policy of the organisation's own.</summary>
    public async Task<string?> PolicyAsync(AwsAccount account, string arn, CancellationToken cancellationToken)
    {
        var policy = await FoundAsync(account, new(IamAction.GetPolicy, ("PolicyArn", arn)), cancellationToken);
        if (policy?.One("Policy")?.Text("DefaultVersionId") is not { Length: > 0 } version)
            return null;
        return Document((await FoundAsync(account, new(IamAction.GetPolicyVersion, ("PolicyArn", arn), ("VersionId", version)), cancellationToken))?.One("PolicyVersion"), "Document");
    }

    public async Task<IamGroup?> GroupAsync(AwsAccount account, string name, CancellationToken cancellationToken) =>
        await FoundAsync(account, new(IamAction.GetGroup, ("GroupName", name), ("MaxItems", "1")), cancellationToken) is { } answer && answer.One("Group") is { } group ? IamGroup.Read(group) : null;

    public Task CreateLoginProfileAsync(AwsAccount account, string user, Secret<string> password, bool resetRequired, CancellationToken cancellationToken) =>
        transport.SendAsync(account, new(IamAction.CreateLoginProfile, ("UserName", user), ("PasswordResetRequired", Flag(resetRequired))) { Password = password }, cancellationToken);

    public Task UpdateLoginProfileAsync(AwsAccount account, string user, Secret<string> password, bool resetRequired, CancellationToken cancellationToken) =>
        transport.SendAsync(account, new(IamAction.UpdateLoginProfile, ("UserName", user), ("PasswordResetRequired", Flag(resetRequired))) { Password = password }, cancellationToken);

    public Task ActivateKeyAsync(AwsAccount account, string user, string key, CancellationToken cancellationToken) =>
        transport.SendAsync(account, new(IamAction.UpdateAccessKey, ("UserName", user), ("AccessKeyId", key), ("Status", "Active")), cancellationToken);

    public Task AttachToUserAsync(AwsAccount account, string user, string policyArn, CancellationToken cancellationToken) =>
        transport.SendAsync(account, new(IamAction.AttachUserPolicy, ("UserName", user), ("PolicyArn", policyArn)), cancellationToken);

    public Task AddToGroupAsync(AwsAccount account, string user, string group, CancellationToken cancellationToken) =>
        transport.SendAsync(account, new(IamAction.AddUserToGroup, ("UserName", user), ("GroupName", group)), cancellationToken);

    public Task RemoveFromGroupAsync(AwsAccount account, string user, string group, CancellationToken cancellationToken) =>
        transport.SendAsync(account, new(IamAction.RemoveUserFromGroup, ("UserName", user), ("GroupName", group)), cancellationToken);

    private async Task<IamAnswer?> FoundAsync(AwsAccount account, IamRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await transport.SendAsync(account, request, cancellationToken);
        }
        catch (IamRefusedException e) when (e.Code == IamRefusedException.NoSuchEntity)
        {
            return null;
        }
    }

    private async Task<IReadOnlyList<XElement>> AllAsync(AwsAccount account, IamRequest request, string list, CancellationToken cancellationToken)
    {
        var members = new List<XElement>();
        for (string? marker = null; ;)
        {
            var page = marker is null ? request : request with { Parameters = [.. request.Parameters, ("Marker", marker)] };
            if (await FoundAsync(account, page, cancellationToken) is not { } answer)
                return members;
            members.AddRange(answer.Members(list));
            marker = answer.Marker;
            if (marker is null)
                return members;
        }
    }

    // Documents come percent-encoded (RFC 3986) inside the XML.
    private static string? Document(XElement? around, string name = "PolicyDocument") => around?.Text(name) is { Length: > 0 } text ? Uri.UnescapeDataString(text) : null;

    private static string Flag(bool value) => value ? "true" : "false";
}
