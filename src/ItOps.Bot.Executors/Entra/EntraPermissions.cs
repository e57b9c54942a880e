namespace ItOps.Bot.Executors.Entra;

/// <summary>The application permissions of Graph that the bot uses, what for, and those that include them.</summary>
internal static class EntraPermissions
{
    public sealed record Needed(string Permission, string For, IReadOnlyList<string> Or);

    public static readonly IReadOnlyList<Needed> All =
    [
        new("User.Read.All", "find people and accounts", ["User.ReadWrite.All", "Directory.Read.All", "Directory.ReadWrite.All"]),
        new("GroupMember.Read.All", "see who is in which group", ["GroupMember.ReadWrite.All", "Group.Read.All", "Group.ReadWrite.All", "Directory.Read.All", "Directory.ReadWrite.All"]),
        new("RoleManagement.Read.Directory", "see who is privileged; without it everybody counts as such", ["RoleManagement.ReadWrite.Directory", "RoleManagement.Read.All"]),
        new("Domain.Read.All", "see whose password is held by another identity provider", ["Domain.ReadWrite.All", "Directory.Read.All", "Directory.ReadWrite.All"]),
        new("User-PasswordProfile.ReadWrite.All", "reset passwords", ["User.ReadWrite.All", "Directory.ReadWrite.All"]),
        new("User.RevokeSessions.All", "sign people out", ["User.ReadWrite.All", "Directory.ReadWrite.All"]),
        new("User.EnableDisableAccount.All", "block accounts", ["User.ReadWrite.All", "Directory.ReadWrite.All"]),
        new("GroupMember.ReadWrite.All", "let people into groups", ["Group.ReadWrite.All", "Directory.ReadWrite.All"]),
    ];

    public static readonly Needed SignInActivity = new("AuditLog.Read.All", "tell when somebody last signed in", []);

    public static bool IsMissing(Needed needed, IReadOnlySet<string> granted) => !granted.Contains(needed.Permission) && !granted.Overlaps(needed.Or);
}
