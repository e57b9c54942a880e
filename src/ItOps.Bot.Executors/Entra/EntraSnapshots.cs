using System.Globalization;
using ItOps.Bot.Accounts;
using ItOps.Bot.Executors.Entra.Graph;
using ItOps.Bot.People;
using Microsoft.Graph.Models;

namespace ItOps.Bot.Executors.Entra;

/// <summary>Users and groups of the tenant as the bot's operations see them.</summary>
internal sealed class EntraSnapshots(EntraOptions options, GraphReader reader, GraphClock clock, EntraPrivileges privileges, AccountOwners owners)
{
    /// <summary>The groups that may be asked for by name, by id.</summary>
    public IEnumerable<string> Requestable => options.Resources.Keys;

    public async Task<AccountSnapshot> OfAsync(User user, CancellationToken cancellationToken)
    {
        var id = user.Id!;
        var power = await privileges.OfAccountAsync(id, cancellationToken);
        var (withheld, because) = await WithheldAsync(user, cancellationToken);
        var lastSignIn = options.SignInActivity ? await reader.LastSignInAsync(id, cancellationToken) : null;
        return new(new(EntraDirectory.Key, id), user.UserPrincipalName ?? id, await OwnerAsync(user, cancellationToken))
        {
            SystemName = EntraDirectory.Name,
            Kind = options.BreakGlass.Contains(id) ? AccountKind.BreakGlass : AccountKind.Person,
            IsPrivileged = power is not null,
            IsEnabled = user.AccountEnabled == true,
            PasswordLastSet = user.LastPasswordChangeDateTime,
            MustChangePassword = MustChange(user) == true,
            SessionsRevokedAt = user.SignInSessionsValidFromDateTime is { } from ? clock.Latest(from) : null,
            SessionsRevokedNotBefore = user.SignInSessionsValidFromDateTime is { } since ? clock.Earliest(since) : null,
            Withheld = withheld,
            WithheldBecause = because,
            Remarks = [.. new[] { power, because, lastSignIn is { } at ? $"last signed in {Exact(at)}" : null }.OfType<string>()],
        };
    }

    /// <summary>What is no user signs in for a program: an application, a managed identity.</summary>
    public static AccountSnapshot Of(ServicePrincipal program) => new(new(EntraDirectory.Key, program.Id!), program.DisplayName ?? program.Id!, Owner: null)
    {
        SystemName = EntraDirectory.Name,
        Kind = AccountKind.Service,
        IsEnabled = program.AccountEnabled != false,
    };

    public async Task<GroupSnapshot> OfAsync(Group group, CancellationToken cancellationToken)
    {
        var responsible = new List<PersonId>();
        foreach (var owner in (await reader.OwnersAsync(group.Id!, cancellationToken)).Where(EntraPeople.IsSomebody))
        {
            if (await owners.OwnerAsync(EntraDirectory.Key, [owner.Id!], cancellationToken) is { } person)
                responsible.Add(person);
        }

        return new(new(EntraDirectory.Key, group.Id!), group.DisplayName ?? group.Id!, group.Description ?? "")
        {
            SystemName = EntraDirectory.Name,
            Owners = responsible,
            IsPrivileged = await privileges.OfGroupAsync(group, cancellationToken),
            ClosedBecause = Closed(group),
            Resource = options.Resources.GetValueOrDefault(group.Id!),
        };
    }

    /// <summary>Where the password of a user is kept if not here, in exact words; none when it is here.</summary>
    public async Task<string?> PasswordElsewhereAsync(User user, CancellationToken cancellationToken)
    {
        if (EntraPeople.IsGuest(user))
            return "is a guest; the organisation that they come from holds the password";
        if (user.OnPremisesSyncEnabled == true)
            return $"is synchronised from Active Directory{(user.OnPremisesDomainName is { Length: > 0 } domain ? $" ({domain})" : "")}, which holds the password; reset it there";
        var suffix = user.UserPrincipalName is { } name ? name[(name.LastIndexOf('@') + 1)..] : "";
        return await reader.IsFederatedAsync(suffix, cancellationToken) switch
        {
            true => $"is of the federated domain {suffix}, whose own identity provider holds the password; reset it there",
            null => $"is of the domain {suffix}, and whether that is federated cannot be read (Domain.Read.All)",
            false => null,
        };
    }

    /// <summary>None when Graph does not say.</summary>
    public static bool? MustChange(User user) => user.PasswordProfile is { } profile && (profile.ForceChangePasswordNextSignIn ?? profile.ForceChangePasswordNextSignInWithMfa) is { } told
        ? told || profile.ForceChangePasswordNextSignInWithMfa == true
        : null;

    private static string? Closed(Group group) => group switch
    {
        { GroupTypes: { } types } when types.Contains("DynamicMembership", StringComparer.OrdinalIgnoreCase) => "a rule of Entra ID decides who is in it",
        { OnPremisesSyncEnabled: true } => "it is synchronised from Active Directory, which decides who is in it",
        { MailEnabled: true } when group.GroupTypes?.Contains("Unified", StringComparer.OrdinalIgnoreCase) != true => "Exchange decides who is in a distribution list or a mail-enabled security group",
        _ => null,
    };

    private async Task<(AccountAbilities Withheld, string? Because)> WithheldAsync(User user, CancellationToken cancellationToken)
    {
        var elsewhere = await PasswordElsewhereAsync(user, cancellationToken);
        var withheld = elsewhere is null ? AccountAbilities.None : AccountAbilities.ResetPassword;
        if (EntraPeople.IsGuest(user))
            withheld |= AccountAbilities.RevokeSessions;
        else if (user.OnPremisesSyncEnabled == true)
            withheld |= AccountAbilities.Block;
        return (withheld, elsewhere);
    }

    private Task<PersonId?> OwnerAsync(User user, CancellationToken cancellationToken) =>
        owners.OwnerAsync(EntraDirectory.Key, [.. new[] { user.Id, user.UserPrincipalName, user.Mail }.OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase)], cancellationToken);

    private static string Exact(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
