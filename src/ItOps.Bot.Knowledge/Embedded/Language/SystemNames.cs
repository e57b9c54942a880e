namespace ItOps.Bot.Knowledge.Embedded.Language;

/// <summary>
/// Names of systems that hold accounts, as people call them. Longer ones come first. For a runbook that asks for the system they are an answer;
/// for others they name something of their own.
/// </summary>
internal static class SystemNames
{
    public static readonly IReadOnlyList<string> All =
    [
        "active directory", "azure ad", "entra id", "microsoft 365", "office 365", "ad", "aws", "iam", "entra", "azure", "o365", "m365", "windows", "linux", "unix", "ldap", "okta",
        "google", "erp", "sap", "hcm", "crm", "salesforce", "directory", "cloud", "jira", "github", "gitlab", "vpn", "outlook", "teams", "domain",
    ];
}
