using ItOps.Bot.Accounts;
using ItOps.Bot.People;
using ItOps.Bot.Runbooks;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Executors.Tests.ActiveDirectory;

/// <summary>What stops the start, and the key that is named for it (I7).</summary>
public sealed class SettingsTests : IDisposable
{
    private static readonly Dictionary<string, string> s_good = new()
    {
        ["Enabled"] = "true",
        ["Servers:0"] = "dc1.corp.example",
        ["ServiceAccount"] = "itops-bot@corp.example",
        ["Password"] = "practice-only",
        ["BaseDn"] = "DC=corp,DC=example",
        ["PolicyGroupsBaseDn"] = "OU=Policies,DC=corp,DC=example",
    };

    private readonly string _certificates = Path.GetTempFileName();

    public void Dispose() => File.Delete(_certificates);

    [Theory]
    [InlineData("Servers:0", "", "Servers:0 is missing")]
    [InlineData("Servers:0", "ldap://dc1.corp.example", "Servers:0 is 'ldap://dc1.corp.example'; write the name alone")]
    [InlineData("Servers:0", "ldaps://dc1.corp.example", "Servers:0 is 'ldaps://dc1.corp.example'; write the name alone")]
    [InlineData("Servers:0", "dc1.corp.example:99999", "Servers:0 is 'dc1.corp.example:99999'")]
    [InlineData("Servers:0", "dc1 corp", "Servers:0 is 'dc1 corp'")]
    [InlineData("Servers:1", "dc2:", "Servers:1 is 'dc2:'")]
    [InlineData("Encryption", "None", "Encryption must be Ldaps or StartTls: plain LDAP")]
    [InlineData("Encryption", "1", "Encryption must be Ldaps or StartTls: plain LDAP")]
    [InlineData("CaFile", "/no/such/file.pem", "CaFile is '/no/such/file.pem', where there is no file")]
    [InlineData("ServiceAccount", "", "ServiceAccount is missing")]
    [InlineData("Password", "", "Password is missing")]
    [InlineData("BaseDn", "", "BaseDn is missing")]
    [InlineData("BaseDn", "corp.example", "BaseDn is 'corp.example'; it must be a distinguished name")]
    [InlineData("PeopleBaseDn", "staff", "PeopleBaseDn is 'staff'")]
    [InlineData("PolicyGroupsBaseDn", "", "PolicyGroupsBaseDn is missing")]
    [InlineData("ServiceAccountContainers:0", "robots", "ServiceAccountContainers:0 is 'robots'")]
    [InlineData("TimeOutSeconds", "0", "TimeOutSeconds must be a whole number from 1 to 60")]
    [InlineData("Connections", "1000", "Connections must be a whole number from 1 to 32")]
    [InlineData("PasswordHistory", "yes", "PasswordHistory must be true or false")]
    [InlineData("Resources:0:Group", "Finance", "Resources:0:Type is missing")]
    public void A_setting_that_is_missing_or_wrong_is_named(string key, string value, string named)
    {
        var thrown = Assert.Throws<SettingException>(() => Build(new(s_good) { [key] = value }));

        Assert.StartsWith($"Executors:ActiveDirectory:{named}", thrown.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("practice-only", thrown.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void With_good_settings_it_offers_accounts_and_people_and_asks_nobody_yet()
    {
        using var provider = Build(new(s_good) { ["CaFile"] = _certificates, ["Servers:1"] = "dc2.corp.example:3636", ["Encryption"] = "starttls" });

        var directory = Assert.Single(provider.GetRequiredService<AccountDirectories>().All);
        Assert.Equal(("active-directory", "Active Directory"), (directory.System, directory.DisplayName));
        Assert.Equal(AccountAbilities.All & ~AccountAbilities.RevokeSessions, directory.Abilities);
        Assert.NotNull(provider.GetService<IPersonDirectory>());
        Assert.Null(Assert.Single(provider.GetServices<ISelfCheck>()).Problem);
    }

    [Fact]
    public void Where_others_say_who_works_here_it_offers_accounts_alone()
    {
        using var provider = Build(new(s_good) { ["PolicyGroupsBaseDn"] = "" }, "Sandbox");

        Assert.Single(provider.GetRequiredService<AccountDirectories>().All);
        Assert.Empty(provider.GetServices<IAccountLinks>());
    }

    private static ServiceProvider Build(Dictionary<string, string> settings, string source = "ActiveDirectory")
    {
        var values = settings.Select(s => KeyValuePair.Create($"Executors:ActiveDirectory:{s.Key}", (string?)s.Value));
        if (source == "Sandbox")
            values = values.Append(new("Executors:Sandbox:Enabled", "true"));
        var services = new ServiceCollection().AddSingleton(TimeProvider.System).AddSingleton(new RunbookCatalog([], []))
            .AddExecutors(new(new ConfigurationBuilder().AddInMemoryCollection(values).Build().GetSection("Executors"), Path.GetTempPath(), IsDevelopment: true, source));
        foreach (var sandbox in services.Where(s => s.ImplementationFactory is not null && s.ServiceType == typeof(IAccountDirectory)).ToList())
            services.Remove(sandbox);
        return services.BuildServiceProvider();
    }
}
