using ItOps.Bot.Accounts;
using ItOps.Bot.People;
using ItOps.Bot.Testing.Entra;
using static ItOps.Bot.Executors.Tests.Entra.EntraStage;

namespace ItOps.Bot.Executors.Tests.Entra;

/// <summary>What an account of the tenant looks like, and which ones must not be touched.</summary>
public sealed class EntraAccountsTests
{
    [Fact]
    public async Task An_account_is_found_by_its_sign_in_name_its_address_and_its_id()
    {
        await using var stage = await StartAsync();
        var alice = stage.Tenant.AddUser("alice", u => u with { Mail = "alice.wong@contoso.example", LastPasswordChange = stage.Time.GetUtcNow().AddDays(-3), ForceChange = true });
        stage.Tenant.AddUser("bob");

        var read = await stage.Directory.ReadAsync(Of(alice), Token);

        Assert.NotNull(read);
        Assert.Equal(("alice@contoso.example", "Microsoft Entra ID", new PersonId(alice.Id)), (read.Name, read.SystemName, read.Owner));
        Assert.Equal((true, false, AccountKind.Person, true), (read.IsEnabled, read.IsPrivileged, read.Kind, read.MustChangePassword));
        Assert.Equal(stage.Time.GetUtcNow().AddDays(-3), read.PasswordLastSet);
        Assert.Equal(read.Id, Assert.Single(await stage.Directory.FindByNameAsync("ALICE@contoso.example", Token)).Id);
        Assert.Equal(read.Id, Assert.Single(await stage.Directory.FindByNameAsync("alice.wong@contoso.example", Token)).Id);
        Assert.Equal(read.Id, Assert.Single(await stage.Directory.AccountsOfAsync(new(alice.Id), Token)).Id);
        Assert.Null(await stage.Directory.ReadAsync(new("entra", "alice@contoso.example"), Token));
        Assert.Null(await stage.Directory.ReadAsync(Of(alice) with { System = "directory" }, Token));
    }

    [Theory]
    [InlineData("role")]
    [InlineData("role through a group")]
    [InlineData("role-assignable group")]
    [InlineData("role in part of the directory")]
    [InlineData("eligible role")]
    [InlineData("listed group, nested")]
    [InlineData("assignments cannot be read")]
    public async Task Whoever_has_power_over_others_is_privileged(string how)
    {
        await using var first = await StartAsync();
        var eve = first.Tenant.AddUser("eve");
        var inner = first.Tenant.AddGroup("helpers", eve.Id);
        var outer = first.Tenant.AddGroup("keepers", inner.Id);
        var stage = first.With($"PrivilegedGroups:0={(how.StartsWith("listed", StringComparison.Ordinal) ? outer.Id : Guid.Empty)}");
        Assert.Equal(how.StartsWith("listed", StringComparison.Ordinal), (await stage.Directory.ReadAsync(Of(eve), Token))!.IsPrivileged);
        switch (how)
        {
            case "role":
                stage.Tenant.AddRole("User Administrator", eve.Id);
                break;
            case "role through a group":
                stage.Tenant.AddRole("Global Administrator", outer.Id);
                break;
            case "role-assignable group":
                stage.Tenant.Put(inner with { IsAssignableToRole = true });
                break;
            case "role in part of the directory":
                stage.Tenant.Assigned[eve.Id] = true;
                break;
            case "eligible role":
                stage.Tenant.Eligible[eve.Id] = true;
                break;
            case "assignments cannot be read":
                stage.Graph.Tokens.Granted.Remove("RoleManagement.Read.Directory");
                stage.Graph.Tokens.RevokeAll();
                break;
        }

        var read = (await stage.Directory.ReadAsync(Of(eve), Token))!;

        Assert.True(read.IsPrivileged);
        Assert.NotEmpty(read.Remarks);
    }

    [Fact]
    public async Task Without_a_licence_for_eligible_roles_nobody_has_any()
    {
        await using var stage = await StartAsync();
        var eve = stage.Tenant.AddUser("eve");
        stage.Graph.Reads.Pass(3);
        stage.Graph.Reads.Refuse(400, "AadPremiumLicenseRequired", "The tenant needs to have Microsoft Entra ID P2 or Microsoft Entra ID Governance license.");

        Assert.False((await stage.Directory.ReadAsync(Of(eve), Token))!.IsPrivileged);
    }

    [Fact]
    public async Task Listed_accounts_are_for_emergencies_and_what_is_no_user_is_a_program()
    {
        await using var first = await StartAsync();
        var last = first.Tenant.AddUser("last-resort");
        const string Program = "9c0b6e1d-aaaa-4bbb-8ccc-000000000001";
        first.Tenant.Programs[Program] = "backup-runner";
        var stage = first.With($"BreakGlass:0={last.Id.ToUpperInvariant()}");

        Assert.Equal(AccountKind.BreakGlass, (await stage.Directory.ReadAsync(Of(last), Token))!.Kind);
        Assert.Equal(AccountKind.Service, (await stage.Directory.ReadAsync(new("entra", Program), Token))!.Kind);
        Assert.Null(await stage.Directory.ReadAsync(new("entra", Guid.Empty.ToString()), Token));
    }

    [Theory]
    [InlineData("synced", AccountAbilities.ResetPassword | AccountAbilities.Block, "Active Directory (corp.contoso.example)")]
    [InlineData("guest", AccountAbilities.ResetPassword | AccountAbilities.RevokeSessions, "guest")]
    [InlineData("federated", AccountAbilities.ResetPassword, "federated domain contoso.example")]
    [InlineData("domain cannot be read", AccountAbilities.ResetPassword, "Domain.Read.All")]
    public async Task A_password_that_is_held_elsewhere_is_not_reset_here(string how, AccountAbilities withheld, string because)
    {
        await using var stage = await StartAsync();
        var user = stage.Tenant.AddUser("hanna", u => how switch
        {
            "synced" => u with { OnPremisesSyncEnabled = true, OnPremisesDomainName = "corp.contoso.example" },
            "guest" => u with { UserType = "Guest" },
            _ => u,
        });
        if (how == "federated")
            stage.Tenant.Federated["contoso.example"] = true;
        if (how == "domain cannot be read")
            stage.Graph.Tokens.Granted.Remove("Domain.Read.All");

        var read = (await stage.Directory.ReadAsync(Of(user), Token))!;
        var reset = await stage.Directory.ResetPasswordAsync(Of(user), new("Kx7m-W?4t-Hn9q-3cRv"), mustChange: true, Token);

        Assert.Equal(withheld, read.Withheld);
        Assert.Contains(because, read.WithheldBecause, StringComparison.Ordinal);
        Assert.Equal(ProblemCode.PolicyRefused, reset.Problem!.Code);
        Assert.Contains(because, reset.Problem.Detail, StringComparison.Ordinal);
        Assert.Empty(stage.Tenant.Effects);
    }

    [Fact]
    public async Task When_somebody_last_signed_in_is_told_where_that_is_allowed()
    {
        await using var first = await StartAsync();
        var stage = first.With("SignInActivity=true");
        var alice = stage.Tenant.AddUser("alice", u => u with { LastSignIn = new(2026, 11, 20, 8, 15, 0, TimeSpan.Zero) });

        Assert.Empty((await stage.Directory.ReadAsync(Of(alice), Token))!.Remarks);
        stage.Graph.Tokens.Granted.Add("AuditLog.Read.All");
        stage.Graph.Tokens.RevokeAll();

        Assert.Equal(["last signed in 2026-11-20 08:15 UTC"], (await stage.Directory.ReadAsync(Of(alice), Token))!.Remarks);
    }

    [Fact]
    public async Task Only_groups_that_are_listed_can_be_asked_for_and_they_say_who_owns_them()
    {
        await using var first = await StartAsync();
        var (mona, left) = (first.Tenant.AddUser("mona"), first.Tenant.AddUser("left", u => u with { AccountEnabled = false }));
        var finance = first.Tenant.Put(first.Tenant.AddGroup("finance-write") with { Owners = [mona.Id, left.Id], Description = "Numbers" });
        first.Tenant.AddGroup("secret-project");
        var stage = first.With($"Resources:0:Group={finance.Id}", "Resources:0:Type=shared-drive", "Resources:0:Name=Finance", "Resources:0:Permission=write", "Resources:0:Aliases=G:, finance drive");

        var group = Assert.Single(await stage.Directory.GroupsAsync(Token));

        Assert.Equal(("finance-write", "Numbers", false, (string?)null), (group.Name, group.Description, group.IsPrivileged, group.ClosedBecause));
        Assert.Equal([new PersonId(mona.Id)], group.Owners);
        Assert.Equal(("shared-drive", "Finance", "write"), (group.Resource!.Type, group.Resource.Name, group.Resource.Permission));
        Assert.Equal(["G:", "finance drive"], group.Resource.Aliases);
    }

    [Theory]
    [InlineData("role-assignable", true, null)]
    [InlineData("listed", true, null)]
    [InlineData("inside a listed one", true, null)]
    [InlineData("of the policy", true, null)]
    [InlineData("named as in the policy", true, null)]
    [InlineData("dynamic", false, "rule")]
    [InlineData("synced", false, "Active Directory")]
    [InlineData("distribution list", false, "Exchange")]
    [InlineData("Microsoft 365", false, null)]
    public async Task Some_groups_are_not_for_chat(string which, bool privileged, string? closed)
    {
        await using var first = await StartAsync();
        var alice = first.Tenant.AddUser("alice");
        var group = first.Tenant.AddGroup("some-group");
        var listed = first.Tenant.AddGroup("tier0", group.Id);
        first.Tenant.Put(which switch
        {
            "role-assignable" => group with { IsAssignableToRole = true },
            "named as in the policy" => group with { DisplayName = "IT-Approvers" },
            "dynamic" => group with { GroupTypes = ["DynamicMembership"] },
            "synced" => group with { OnPremisesSyncEnabled = true },
            "distribution list" => group with { MailEnabled = true },
            "Microsoft 365" => group with { GroupTypes = ["Unified"] },
            _ => group,
        });
        var stage = which switch
        {
            "listed" => first.With($"PrivilegedGroups:0={group.Id}"),
            "inside a listed one" => first.With($"PrivilegedGroups:0={listed.Id}"),
            "named as in the policy" => first.With("GroupsByName=true"),
            "of the policy" => first.With($"Groups:it-approvers={group.Id}"),
            _ => first,
        };

        var read = (await stage.Directory.ReadGroupAsync(Of(group), Token))!;
        var added = await stage.Directory.AddMemberAsync(Of(group), Of(alice), Token);

        Assert.Equal(privileged, read.IsPrivileged);
        Assert.Equal(closed is not null, read.ClosedBecause?.Contains(closed!, StringComparison.Ordinal) == true);
        Assert.Equal(privileged ? ProblemCode.PrivilegedTarget : closed is null ? null : ProblemCode.PolicyRefused, added.Problem?.Code);
        Assert.Equal(added.Failed ? 0 : 1, stage.Tenant.Effects.Count);
    }

    /// <summary>What a person writes as a name, or a key that somebody wrote into a file, never becomes part of a query or an address.</summary>
    [Theory]
    [MemberData(nameof(Injections))]
    public async Task Hostile_text_finds_nothing_and_does_nothing(string text)
    {
        await using var stage = await StartAsync();
        var alice = stage.Tenant.AddUser("alice");
        stage.Tenant.AddUser("o'neil");

        Assert.Empty(await stage.Directory.FindByNameAsync(text, Token));
        Assert.Empty(await stage.People.FindByNameAsync(text, Token));
        Assert.Empty(await stage.Directory.AccountsOfAsync(new(text), Token));
        Assert.Null(await stage.People.FindAsync(new(text), Token));
        Assert.Empty(await stage.People.MembersOfAsync(text, Token));
        Assert.Null(await stage.Directory.ReadAsync(new("entra", text), Token));
        Assert.Null(await stage.Directory.ReadGroupAsync(new("entra", text), Token));
        Assert.False(await stage.Directory.IsMemberAsync(new("entra", text), Of(alice), direct: false, Token));
        Assert.Equal(ProblemCode.NoSuchAccount, (await stage.Directory.ResetPasswordAsync(new("entra", text), new("Kx7m-W?4t-Hn9q-3cRv"), true, Token)).Problem!.Code);
        Assert.Equal(ProblemCode.NoSuchAccount, (await stage.Directory.BlockAsync(new("entra", text), Token)).Problem!.Code);
        Assert.Equal(ProblemCode.NoSuchGroup, (await stage.Directory.AddMemberAsync(new("entra", text), Of(alice), Token)).Problem!.Code);
        Assert.Empty(stage.Tenant.Effects);
        Assert.All(stage.Graph.Requests, r => Assert.Matches("^GET (users\\?\\$|groups/)", r));
    }

    [Fact]
    public async Task A_quote_in_a_name_is_only_a_quote()
    {
        await using var stage = await StartAsync();
        var neil = stage.Tenant.AddUser("o'neil", u => u with { DisplayName = "Neil O'Neil + Sons & Co" });

        Assert.Equal(neil.Id, Assert.Single(await stage.Directory.FindByNameAsync("O'Neil@contoso.example", Token)).Id.ObjectId);
        Assert.Equal(neil.Id, Assert.Single(await stage.People.FindByNameAsync("neil o'neil + sons & co", Token)).Id.Value);
    }

    public static TheoryData<string> Injections() =>
    [
        "' or 1 eq 1 or '", "' or accountEnabled eq true or userPrincipalName eq 'x", "alice@contoso.example' or 'a' eq 'a", "''", "alice@contoso.example\0", "ali\nce@contoso.example", "alice@contoso.example\r\n' or 1 eq 1",
        "\u0430lice@contoso.example", "alice\uFF20contoso.example", "a\u200Blice@contoso.example", "\uD800", new string('a', 100_000), "alice/../bob", "..", "alice%2fbob", "%2e%2e%2f", "?$filter=true", "$ref", "me", "", " ", "*", "alice*",
    ];
}
