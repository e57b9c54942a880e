using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace ItOps.Bot.Testing.Aws;

/// <summary>IAM's actions over a state, with the names, limits and errors of its API reference (version 2010-05-08). What it does not know it refuses.</summary>
internal sealed class FakeIam(string account, DateTimeOffset now, int minimumPasswordLength, int pageSize)
{
    public const string Version = "2010-05-08";

    public static readonly XNamespace Space = "https://iam.amazonaws.com/doc/2010-05-08/";

    public string Account => account;

    private const string UserPattern = @"^[\w+=,.@-]{1,64}\z";
    private const string GroupPattern = @"^[\w+=,.@-]{1,128}\z";

    private static readonly Dictionary<string, string> s_shapes = new(StringComparer.Ordinal)
    {
        ["UserName"] = UserPattern,
        ["GroupName"] = GroupPattern,
        ["PolicyName"] = GroupPattern,
        ["PolicyArn"] = @"^arn:aws:iam::(\d{12}|aws):policy/[\w+=,.@/-]+\z",
        ["VersionId"] = @"^v\d+\z",
        ["AccessKeyId"] = @"^\w{16,128}\z",
        ["Status"] = @"^(Active|Inactive)\z",
        ["Password"] = @"^[\u0009\u000A\u000D\u0020-\u00FF]{1,128}\z",
        ["PasswordResetRequired"] = @"^(true|false)\z",
        ["MaxItems"] = @"^\d{1,4}\z",
        ["Marker"] = @"^\d+\z",
    };

    private static readonly Dictionary<string, Call> s_calls = new Call[]
    {
        new("GetUser", "UserName"),
        new("GetLoginProfile", "UserName"),
        new("ListAccessKeys", "UserName", "Marker?", "MaxItems?"),
        new("ListGroupsForUser", "UserName", "Marker?", "MaxItems?"),
        new("ListAttachedUserPolicies", "UserName", "Marker?", "MaxItems?"),
        new("ListUserPolicies", "UserName", "Marker?", "MaxItems?"),
        new("GetUserPolicy", "UserName", "PolicyName"),
        new("GetGroup", "GroupName", "Marker?", "MaxItems?"),
        new("ListAttachedGroupPolicies", "GroupName", "Marker?", "MaxItems?"),
        new("ListGroupPolicies", "GroupName", "Marker?", "MaxItems?"),
        new("GetGroupPolicy", "GroupName", "PolicyName"),
        new("GetPolicy", "PolicyArn"),
        new("GetPolicyVersion", "PolicyArn", "VersionId"),
        new("CreateLoginProfile", "UserName", "Password", "PasswordResetRequired?") { Changes = true },
        new("UpdateLoginProfile", "UserName", "Password?", "PasswordResetRequired?") { Changes = true },
        new("UpdateAccessKey", "UserName", "AccessKeyId", "Status") { Changes = true },
        new("AttachUserPolicy", "UserName", "PolicyArn") { Changes = true },
        new("AddUserToGroup", "GroupName", "UserName") { Changes = true },
        new("RemoveUserFromGroup", "GroupName", "UserName") { Changes = true },
    }.ToDictionary(c => c.Action, StringComparer.Ordinal);

    public static Call Understand(string action, Dictionary<string, string> form)
    {
        if (!s_calls.TryGetValue(action, out var call))
            throw new AwsErrorException(400, "InvalidAction", $"Could not find operation {action} for version {Version}");
        foreach (var name in form.Keys.Except(["Action", "Version"]))
        {
            if (!call.Parameters.Contains(name) && !call.Parameters.Contains(name + "?"))
                throw new AwsErrorException(400, "InvalidInput", $"{action} has no parameter {name}");
            if (!Regex.IsMatch(form[name], s_shapes[name], RegexOptions.ECMAScript))
                throw new AwsErrorException(400, "ValidationError", $"1 validation error detected: Value at '{name}' failed to satisfy constraint");
        }

        if (call.Parameters.FirstOrDefault(p => !p.EndsWith('?') && !form.ContainsKey(p)) is { } missing)
            throw new AwsErrorException(400, "ValidationError", $"1 validation error detected: Value at '{missing}' failed to satisfy constraint: Member must not be null");
        return call;
    }

    /// <summary>The ARN that a policy's Resource is held against.</summary>
    public string Resource(Call call, AwsState state, Dictionary<string, string> form) =>
        call.Parameters.Contains("PolicyArn") && !call.Parameters.Contains("UserName") ? form["PolicyArn"]
        : call.Parameters.Contains("GroupName") ? state.Groups.GetValueOrDefault((account, form["GroupName"]))?.Arn ?? $"arn:aws:iam::{account}:group/{form["GroupName"]}"
        : state.Users.GetValueOrDefault((account, form["UserName"]))?.Arn ?? $"arn:aws:iam::{account}:user/{form["UserName"]}";

    public (XElement Answer, AwsState? Next) Do(Call call, AwsState state, Dictionary<string, string> form)
    {
        var user = form.TryGetValue("UserName", out var name) ? state.Users.GetValueOrDefault((account, name)) ?? throw NoSuch($"The user with name {name} cannot be found.") : null;
        var group = form.TryGetValue("GroupName", out var groupName) ? state.Groups.GetValueOrDefault((account, groupName)) ?? throw NoSuch($"The group with name {groupName} cannot be found.") : null;
        return call.Changes
            ? (Answer(call.Action, call.Action == "CreateLoginProfile" ? [Profile(user!)] : []), Changed(call.Action, state, user!, group, form))
            : (Answer(call.Action, [.. Read(call.Action, state, user, group, form)]), null);
    }

    private AwsState Changed(string action, AwsState state, FakeAwsUser user, FakeAwsGroup? group, Dictionary<string, string> form)
    {
        var next = action switch
        {
            "CreateLoginProfile" when user.Password is not null => throw new AwsErrorException(409, "EntityAlreadyExists", $"Login Profile for user {user.Name} already exists."),
            "CreateLoginProfile" => user with { Password = Accepted(form["Password"]), ProfileCreated = now, ResetRequired = form.GetValueOrDefault("PasswordResetRequired") == "true" },
            "UpdateLoginProfile" when user.Password is null => throw NoSuch($"Login Profile for User {user.Name} cannot be found."),
            "UpdateLoginProfile" => user with
            {
                Password = form.TryGetValue("Password", out var password) ? Accepted(password) : user.Password,
                ResetRequired = form.TryGetValue("PasswordResetRequired", out var required) ? required == "true" : user.ResetRequired,
            },
            "UpdateAccessKey" => user with { Keys = user.Keys.Replace(KeyOf(user, form["AccessKeyId"]), KeyOf(user, form["AccessKeyId"]) with { Active = form["Status"] == "Active" }) },
            "AttachUserPolicy" => user.Attached.Contains(form["PolicyArn"]) ? user : user with { Attached = user.Attached.Add(form["PolicyArn"]) },
            "AddUserToGroup" => user.Groups.Contains(group!.Name) ? user : user.Groups.Count >= 10
                ? throw new AwsErrorException(409, "LimitExceeded", "Cannot exceed quota for GroupsPerUser: 10")
                : user with { Groups = user.Groups.Add(group.Name) },
            "RemoveUserFromGroup" => user.Groups.Contains(group!.Name) ? user with { Groups = user.Groups.Remove(group.Name) } : throw NoSuch($"User {user.Name} is not in group {group.Name}."),
            _ => throw new NotSupportedException(action),
        };
        return next == user ? state : state with { Users = state.Users.SetItem((account, user.Name), next) };
    }

    private IEnumerable<XElement> Read(string action, AwsState state, FakeAwsUser? user, FakeAwsGroup? group, Dictionary<string, string> form) => action switch
    {
        "GetUser" => [User(user!)],
        "GetLoginProfile" => [user!.Password is null ? throw NoSuch($"Login Profile for User {user.Name} cannot be found.") : Profile(user)],
        "ListAccessKeys" => Page("AccessKeyMetadata", user!.Keys.Select(k => Member(("UserName", user.Name), ("AccessKeyId", k.Id), ("Status", k.Active ? "Active" : "Inactive"), ("CreateDate", Stamp(k.Created)))), form),
        "ListGroupsForUser" => Page("Groups", user!.Groups.Select(g => Group(state.Groups[(account, g)], "member")), form),
        "ListAttachedUserPolicies" => Page("AttachedPolicies", user!.Attached.Select(Policy), form),
        "ListAttachedGroupPolicies" => Page("AttachedPolicies", group!.Attached.Select(Policy), form),
        "ListUserPolicies" => Page("PolicyNames", user!.Inline.Keys.Order(StringComparer.Ordinal).Select(n => new XElement(Space + "member", n)), form),
        "ListGroupPolicies" => Page("PolicyNames", group!.Inline.Keys.Order(StringComparer.Ordinal).Select(n => new XElement(Space + "member", n)), form),
        "GetUserPolicy" => Inline("UserName", user!.Name, form["PolicyName"], user.Inline),
        "GetGroupPolicy" => Inline("GroupName", group!.Name, form["PolicyName"], group.Inline),
        "GetGroup" => [Group(group!, "Group"), .. Page("Users", [], form)],
        "GetPolicy" => [Document(state, form, (arn, _) => new XElement(Space + "Policy", Field("Arn", arn), Field("DefaultVersionId", "v2")))],
        "GetPolicyVersion" => [Document(state, form, (_, text) => new XElement(Space + "PolicyVersion", Field("Document", Uri.EscapeDataString(text)), Field("VersionId", "v2"), Field("IsDefaultVersion", "true")))],
        _ => throw new NotSupportedException(action),
    };

    private static XElement Document(AwsState state, Dictionary<string, string> form, Func<string, string, XElement> write) =>
        state.Policies.TryGetValue(form["PolicyArn"], out var text) && form.GetValueOrDefault("VersionId", "v2") == "v2"
            ? write(form["PolicyArn"], text)
            : throw NoSuch($"Policy {form["PolicyArn"]} was not found.");

    private static XElement[] Inline(string kind, string holder, string policy, ImmutableDictionary<string, string> documents) => documents.TryGetValue(policy, out var document)
        ? [Field(kind, holder), Field("PolicyName", policy), Field("PolicyDocument", Uri.EscapeDataString(document))]
        : throw NoSuch($"The policy with name {policy} cannot be found.");

    private List<XElement> Page(string list, IEnumerable<XElement> members, Dictionary<string, string> form)
    {
        var all = members.ToList();
        var from = int.Parse(form.GetValueOrDefault("Marker") ?? "0", CultureInfo.InvariantCulture);
        var size = Math.Min(pageSize, int.Parse(form.GetValueOrDefault("MaxItems") ?? "1000", CultureInfo.InvariantCulture));
        var more = from + size < all.Count;
        var page = new List<XElement> { new(Space + list, all.Skip(from).Take(size)), Field("IsTruncated", more ? "true" : "false") };
        if (more)
            page.Add(Field("Marker", (from + size).ToString(CultureInfo.InvariantCulture)));
        return page;
    }

    private string Accepted(string password) => password.Length >= minimumPasswordLength
        ? password
        : throw new AwsErrorException(400, "PasswordPolicyViolation", $"Password should have a minimum length of {minimumPasswordLength}");

    private static FakeAwsKey KeyOf(FakeAwsUser user, string id) => user.Keys.Find(k => k.Id == id) ?? throw NoSuch($"The Access Key with id {id} cannot be found.");

    private XElement Profile(FakeAwsUser user) => new(
        Space + "LoginProfile", Field("UserName", user.Name), Field("CreateDate", Stamp(user.ProfileCreated ?? now)), Field("PasswordResetRequired", user.ResetRequired ? "true" : "false"));

    private static XElement User(FakeAwsUser user) => new(
        Space + "User",
        Field("Path", user.Path),
        Field("UserName", user.Name),
        Field("UserId", user.Id),
        Field("Arn", user.Arn),
        new XElement(Space + "Tags", user.Tags.Select(t => Member(("Key", t.Key), ("Value", t.Value)))));

    private static XElement Group(FakeAwsGroup group, string name) => new(
        Space + name, Field("Path", group.Path), Field("GroupName", group.Name), Field("GroupId", group.Id), Field("Arn", group.Arn));

    private static XElement Policy(string arn) => Member(("PolicyName", arn.Split('/')[^1]), ("PolicyArn", arn));

    private static XElement Member(params (string Name, string Value)[] fields) => new(Space + "member", fields.Select(f => Field(f.Name, f.Value)));

    private static XElement Field(string name, string value) => new(Space + name, value);

    private static XElement Answer(string action, XElement[] result)
    {
        var answer = new XElement(Space + (action + "Response"));
        if (result.Length > 0)
            answer.Add(new XElement(Space + (action + "Result"), result));
        answer.Add(new XElement(Space + "ResponseMetadata", new XElement(Space + "RequestId", "7a62c49f-347e-4fc4-9331-6e8eEXAMPLE")));
        return answer;
    }

    private static string Stamp(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static AwsErrorException NoSuch(string message) => new(404, "NoSuchEntity", message);

    internal sealed record Call(string Action, params string[] Parameters)
    {
        public bool Changes { get; init; }
    }
}
