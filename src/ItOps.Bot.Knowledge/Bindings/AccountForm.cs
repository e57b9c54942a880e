using System.Text.RegularExpressions;
using ItOps.Bot.Knowledge.Yaml;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Knowledge.Bindings;

/// <summary>How an account of one chat platform is written: a user, of the tenant named at the top of the file or of the one written before it.</summary>
internal sealed partial record AccountForm(string Channel, string TenantKey, Regex Tenant, string TenantWords, Regex Account, string AccountWords)
{
    private const string Guid = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";

    /// <summary>Slack's ids are upper case and mean nothing in lower.</summary>
    public static readonly AccountForm Slack = new(
        "slack", "slackTeam", SlackTeam(), "a Slack team id such as T0123ABCD", SlackAccount(), "a Slack user id such as U0123ABCD, alone or behind its team as T0123ABCD/U0123ABCD");

    /// <summary>Entra's ids are the same in both cases, and its tokens hold them in lower.</summary>
    public static readonly AccountForm Teams = new(
        "teams", "teamsTenant", EntraTenant(), "the id of an Entra tenant, 32 hexadecimal digits with hyphens", EntraAccount(), "the object id of a user in Entra, alone or behind the tenant as tenant-id/object-id");

    /// <summary>The account that <paramref name="person"/> has here; none when there is none, or it is wrong and said so.</summary>
    public ChannelIdentity? Read(YamlObject root, YamlObject person)
    {
        if (person.Text(Channel) is not { } text)
            return null;
        if (Account.Match(text) is not { Success: true } match)
        {
            person.Refuse(Channel, $"'{text}' is not {AccountWords}");
            return null;
        }

        var tenant = match.Groups["tenant"] is { Success: true, Value: var own } ? own : root.Text(TenantKey);
        if (tenant is null)
            person.Refuse(Channel, $"'{text}' does not say where; add '{TenantKey}:' at the top of the file, or write the id of the team or tenant and a slash before it");
        return tenant is null ? null : new(Channel, Canonical(tenant), Canonical(match.Groups["user"].Value));
    }

    public void CheckTenant(YamlObject root)
    {
        if (root.Text(TenantKey) is { } text && !Tenant.IsMatch(text))
            root.Refuse(TenantKey, $"'{text}' is not {TenantWords}");
    }

    private string Canonical(string id) => this == Teams ? id.ToLowerInvariant() : id;

    [GeneratedRegex("^[TE][A-Z0-9]{4,20}$")]
    private static partial Regex SlackTeam();

    [GeneratedRegex("^((?<tenant>[TE][A-Z0-9]{4,20})/)?(?<user>[UW][A-Z0-9]{4,20})$")]
    private static partial Regex SlackAccount();

    [GeneratedRegex($"^{Guid}$")]
    private static partial Regex EntraTenant();

    [GeneratedRegex($"^((?<tenant>{Guid})/)?(?<user>{Guid})$")]
    private static partial Regex EntraAccount();
}
