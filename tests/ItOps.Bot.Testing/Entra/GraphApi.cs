using System.Text.Json.Nodes;

namespace ItOps.Bot.Testing.Entra;

/// <summary>One request to Graph: the segments of its path, each as it was sent and unescaped once.</summary>
internal sealed record GraphCall(string Method, IReadOnlyList<string> Path, GraphQuery Query, Uri Address, JsonObject? Body, IReadOnlySet<string> Roles);

/// <summary>The endpoints of Graph v1.0 that the bot knows, with the permission that each demands and the bodies that each answers.</summary>
internal sealed class GraphApi(GraphTenant tenant, Func<int> pageSize)
{
    private static readonly HashSet<string> s_properties =
    [
        "id", "userPrincipalName", "displayName", "givenName", "mail", "mailNickname", "department", "accountEnabled", "userType", "onPremisesSyncEnabled", "onPremisesImmutableId",
        "onPremisesDomainName", "lastPasswordChangeDateTime", "passwordProfile", "signInSessionsValidFromDateTime", "signInActivity", "description", "isAssignableToRole", "groupTypes",
        "mailEnabled", "securityEnabled", "roleTemplateId", "authenticationType",
    ];

    public GraphAnswer Handle(GraphCall call)
    {
        if (call.Query.Refusal(s_properties) is { } refusal)
            return refusal;
        return (call.Method, call.Path) switch
        {
            ("GET", ["users"]) => Needs(call, "User.Read.All", () => call.Query.Page(tenant.Users.Select(u => Json(u, call)), call.Address, pageSize(), "users")),
            ("GET", ["users", var id]) => Needs(call, "User.Read.All", () => User(call, id)),
            ("GET", ["users", var id, "memberOf"]) => Needs(call, "User.Read.All", () => Memberships(call, id, nested: false)),
            ("GET", ["users", var id, "transitiveMemberOf"]) => Needs(call, "User.Read.All", () => Memberships(call, id, nested: true)),
            ("PATCH", ["users", var id]) => Update(call, id),
            ("POST", ["users", var id, "revokeSignInSessions"]) => Needs(call, "User.RevokeSessions.All", () => Revoke(id)),
            ("GET", ["groups"]) => Needs(call, "GroupMember.Read", () => call.Query.Page(tenant.Groups.Select(Json), call.Address, pageSize(), "groups")),
            ("GET", ["groups", var id]) => Needs(call, "GroupMember.Read", () => tenant.FindGroup(id) is { } g ? GraphAnswer.Of(call.Query.Cut(Json(g))) : GraphAnswer.Missing(id)),
            ("GET", ["groups", var id, "transitiveMemberOf"]) => Needs(call, "GroupMember.Read", () => call.Query.Page(tenant.GroupsAbove(id, nested: true).Select(Json), call.Address, pageSize(), "directoryObjects")),
            ("GET", ["groups", var id, "transitiveMembers"]) => Needs(call, "GroupMember.Read", () => Members(call, id)),
            ("GET", ["groups", var id, "owners"]) => Needs(call, "GroupMember.Read", () => Owners(call, id)),
            ("POST", ["groups", var id, "members", "$ref"]) => Needs(call, "GroupMember.ReadWrite.All", () => Add(call, id)),
            ("DELETE", ["groups", var id, "members", var user, "$ref"]) => Needs(call, "GroupMember.ReadWrite.All", () => Remove(id, user)),
            ("GET", ["directoryObjects", var id]) => Needs(call, "User.Read.All", () => AnyObject(id)),
            ("GET", ["domains", var id]) => Needs(call, "Domain.Read.All", () => GraphAnswer.Of(new() { ["id"] = id, ["authenticationType"] = tenant.Federated.ContainsKey(id) ? "Federated" : "Managed" })),
            ("GET", ["roleManagement", "directory", "roleAssignments"]) => Needs(call, "RoleManagement.Read.Directory", () => Principals(call, tenant.Assigned.Keys)),
            ("GET", ["roleManagement", "directory", "roleEligibilityScheduleInstances"]) => Needs(call, "RoleManagement.Read.Directory", () => Principals(call, tenant.Eligible.Keys)),
            _ => GraphAnswer.Refused(400, "BadRequest", $"Resource not found for the segment '{string.Join('/', call.Path)}'."),
        };
    }

    private static GraphAnswer Needs(GraphCall call, string permission, Func<GraphAnswer> then) =>
        call.Roles.Any(r => r == permission || (permission == "GroupMember.Read" && r is "GroupMember.Read.All" or "GroupMember.ReadWrite.All")) ? then() : GraphAnswer.Denied();

    private GraphAnswer User(GraphCall call, string id)
    {
        if (call.Query.Select.Contains("signInActivity") && !call.Roles.Contains("AuditLog.Read.All"))
            return GraphAnswer.Refused(403, "Authentication_MSGraphPermissionMissing", "The principal does not have required Microsoft Graph permission(s): AuditLog.Read.All to call this API.");
        if (call.Query.Select.Contains("passwordProfile") && !call.Roles.Contains("User-PasswordProfile.ReadWrite.All"))
            return GraphAnswer.Denied();
        return tenant.FindUser(id) is { } user ? GraphAnswer.Of(call.Query.Cut(Json(user, call))) : GraphAnswer.Missing(id);
    }

    private GraphAnswer Memberships(GraphCall call, string id, bool nested)
    {
        if (tenant.FindUser(id) is null)
            return GraphAnswer.Missing(id);
        var groups = tenant.GroupsAbove(id, nested);
        var holders = groups.Select(g => g.Id).Append(id).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var roles = tenant.Roles.Where(r => nested ? r.Members.Any(holders.Contains) : r.Members.Contains(id)).Select(r => Typed(r.ToJson(), "directoryRole"));
        return call.Query.Page(groups.Select(Json).Concat(roles), call.Address, pageSize(), "directoryObjects");
    }

    private GraphAnswer Members(GraphCall call, string id) => tenant.FindGroup(id) is { } group
        ? call.Query.Page(tenant.UsersWithin(group).Select(u => Typed(u.ToJson(), "user")), call.Address, pageSize(), "directoryObjects")
        : GraphAnswer.Missing(id);

    private GraphAnswer Owners(GraphCall call, string id) => tenant.FindGroup(id) is { } group
        ? call.Query.Page(group.Owners.Select(tenant.FindUser).OfType<GraphUser>().Select(u => Typed(u.ToJson(), "user")), call.Address, pageSize(), "directoryObjects")
        : GraphAnswer.Missing(id);

    private GraphAnswer AnyObject(string id) => tenant.FindUser(id) is { } user ? GraphAnswer.Of(Typed(user.ToJson(), "user"))
        : tenant.Programs.TryGetValue(id, out var name) ? GraphAnswer.Of(Typed(new() { ["id"] = id, ["displayName"] = name, ["accountEnabled"] = true }, "servicePrincipal"))
        : GraphAnswer.Missing(id);

    private GraphAnswer Principals(GraphCall call, IEnumerable<string> all) =>
        call.Query.Page(all.Select(p => new JsonObject { ["id"] = "assignment-" + p, ["principalId"] = p }), call.Address, pageSize(), "roleManagement/directory");

    private GraphAnswer Update(GraphCall call, string id)
    {
        var body = call.Body?.Where(p => !p.Key.StartsWith('@')).ToDictionary() ?? [];
        if (tenant.FindUser(id) is not { } user)
            return GraphAnswer.Missing(id);
        if (body.Keys.FirstOrDefault(k => k is not ("passwordProfile" or "accountEnabled")) is { } unknown)
            return GraphAnswer.Bad($"Property '{unknown}' is read-only and cannot be set.");
        if (body.TryGetValue("passwordProfile", out var profile))
            return Needs(call, "User-PasswordProfile.ReadWrite.All", () => SetPassword(user, profile!.AsObject()));
        if (!body.TryGetValue("accountEnabled", out var enabled))
            return GraphAnswer.Bad("Write requests must specify content.");
        return Needs(call, "User.EnableDisableAccount.All", () =>
        {
            tenant.Change(user, user with { AccountEnabled = enabled!.GetValue<bool>() }, "block");
            return GraphAnswer.Nothing;
        });
    }

    private GraphAnswer SetPassword(GraphUser user, JsonObject profile)
    {
        if (tenant.GroupsAbove(user.Id, nested: true).Any(g => g.IsAssignableToRole) || tenant.Roles.Any(r => r.Members.Contains(user.Id)))
            return GraphAnswer.Denied();
        if (user.OnPremisesSyncEnabled == true)
            return GraphAnswer.Bad("Unable to update the specified properties for on-premises mastered Directory Sync objects or objects currently undergoing migration.");
        var password = profile["password"]?.GetValue<string>() ?? "";
        var classes = new Func<char, bool>[] { char.IsAsciiLetterUpper, char.IsAsciiLetterLower, char.IsAsciiDigit, c => !char.IsAsciiLetterOrDigit(c) }.Count(password.Any);
        if (password.Length is < 8 or > 256 || classes < 3 || password.Contains(user.UserPrincipalName.Split('@')[0], StringComparison.OrdinalIgnoreCase))
            return GraphAnswer.Bad("The specified password does not comply with password complexity requirements. Please provide a different password.");
        tenant.Change(
            user,
            user with { Password = password, ForceChange = profile["forceChangePasswordNextSignIn"]?.GetValue<bool>() ?? true, LastPasswordChange = tenant.Now, SessionsValidFrom = tenant.Now },
            "password");
        return GraphAnswer.Nothing;
    }

    private GraphAnswer Revoke(string id)
    {
        if (tenant.FindUser(id) is not { } user)
            return GraphAnswer.Missing(id);
        tenant.Change(user, user with { SessionsValidFrom = tenant.Now }, "revoke");
        return GraphAnswer.Of(new() { ["@odata.context"] = "https://graph.microsoft.com/v1.0/$metadata#Edm.Boolean", ["value"] = true });
    }

    private GraphAnswer Add(GraphCall call, string id)
    {
        if (tenant.FindGroup(id) is not { } group)
            return GraphAnswer.Missing(id);
        if (group.IsAssignableToRole || group.GroupTypes.Contains("DynamicMembership") || group.OnPremisesSyncEnabled == true || group.MailEnabled)
            return GraphAnswer.Denied();
        var reference = call.Body?["@odata.id"]?.GetValue<string>() ?? "";
        if (reference.Split("/directoryObjects/") is not [_, var user] || tenant.FindUser(user) is null)
            return GraphAnswer.Missing(reference);
        if (group.Members.Contains(user))
            return GraphAnswer.Bad("One or more added object references already exist for the following modified properties: 'members'.");
        tenant.Change(group, [.. group.Members, user], "add", user);
        return GraphAnswer.Nothing;
    }

    private GraphAnswer Remove(string id, string user)
    {
        if (tenant.FindGroup(id) is not { } group || !group.Members.Contains(user))
            return GraphAnswer.Missing(user);
        if (group.IsAssignableToRole || group.GroupTypes.Contains("DynamicMembership"))
            return GraphAnswer.Denied();
        tenant.Change(group, [.. group.Members.Where(m => m != user)], "remove", user);
        return GraphAnswer.Nothing;
    }

    private JsonObject Json(GraphUser user, GraphCall call)
    {
        var json = tenant.Read(user).ToJson();
        if (call.Query.ExpandsManager && user.ManagerId is { } manager)
            json["manager"] = Typed(new() { ["id"] = manager }, "user");
        return json;
    }

    private static JsonObject Json(GraphGroup group) => Typed(group.ToJson(), "group");

    private static JsonObject Typed(JsonObject json, string type)
    {
        json.Insert(0, "@odata.type", $"#microsoft.graph.{type}");
        return json;
    }
}
