namespace ItOps.Bot.Executors.AwsIam;

/// <summary>
/// Each call that the bot can send to IAM; there is no way to send another. infra/aws/itops-bot-policy.json allows these and nothing more.
/// </summary>
internal sealed record IamAction
{
    public static readonly IamAction GetUser = new(nameof(GetUser));
    public static readonly IamAction GetLoginProfile = new(nameof(GetLoginProfile));
    public static readonly IamAction ListAccessKeys = new(nameof(ListAccessKeys));
    public static readonly IamAction ListGroupsForUser = new(nameof(ListGroupsForUser));
    public static readonly IamAction ListAttachedUserPolicies = new(nameof(ListAttachedUserPolicies));
    public static readonly IamAction ListUserPolicies = new(nameof(ListUserPolicies));
    public static readonly IamAction GetUserPolicy = new(nameof(GetUserPolicy));
    public static readonly IamAction GetGroup = new(nameof(GetGroup));
    public static readonly IamAction ListAttachedGroupPolicies = new(nameof(ListAttachedGroupPolicies));
    public static readonly IamAction ListGroupPolicies = new(nameof(ListGroupPolicies));
    public static readonly IamAction GetGroupPolicy = new(nameof(GetGroupPolicy));
    public static readonly IamAction GetPolicy = new(nameof(GetPolicy));
    public static readonly IamAction GetPolicyVersion = new(nameof(GetPolicyVersion));

    public static readonly IamAction CreateLoginProfile = new(nameof(CreateLoginProfile)) { Changes = true };
    public static readonly IamAction UpdateLoginProfile = new(nameof(UpdateLoginProfile)) { Changes = true };
    public static readonly IamAction UpdateAccessKey = new(nameof(UpdateAccessKey)) { Changes = true };
    public static readonly IamAction AttachUserPolicy = new(nameof(AttachUserPolicy)) { Changes = true };
    public static readonly IamAction AddUserToGroup = new(nameof(AddUserToGroup)) { Changes = true };
    public static readonly IamAction RemoveUserFromGroup = new(nameof(RemoveUserFromGroup)) { Changes = true };

    private IamAction(string name) => Name = name;

    public static IReadOnlyList<IamAction> All { get; } =
    [
        GetUser, GetLoginProfile, ListAccessKeys, ListGroupsForUser, ListAttachedUserPolicies, ListUserPolicies, GetUserPolicy, GetGroup, ListAttachedGroupPolicies,
        ListGroupPolicies, GetGroupPolicy, GetPolicy, GetPolicyVersion, CreateLoginProfile, UpdateLoginProfile, UpdateAccessKey, AttachUserPolicy, AddUserToGroup, RemoveUserFromGroup,
    ];

    public string Name { get; }

    /// <summary>Without an answer to it nobody knows whether it happened.</summary>
    public bool Changes { get; private init; }
}
