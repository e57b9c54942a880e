using ItOps.Bot.Accounts;
using ItOps.Bot.Execution;
using ItOps.Bot.People;
using ItOps.Bot.Runbooks;
using ItOps.Bot.Secrets;
using ItOps.Bot.Testing.Accounts;
using ItOps.Bot.Testing.Time;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ItOps.Bot.Executors.Tests;

public sealed class ExecutorsModuleTests
{
    private static readonly string[] s_all = ["Commands:Enabled=true", "Sandbox:Enabled=true", "Scripts:Enabled=true"];

    /// <summary>A new executor or operation shows here in review.</summary>
    [Fact]
    public void These_executors_and_operations_exist()
    {
        using var provider = Build(development: true, s_all);

        Assert.Equal(["ActiveDirectory", "AwsCli", "AwsIam", "Commands", "Entra", "Jira", "JiraServiceManagement", "LocalAccounts", "Sandbox", "Scripts", "ServiceNow", "Ssh"], ExecutorsModule.Names);
        Assert.Equal(["ActiveDirectory", "Entra", "Sandbox"], ExecutorsModule.PeopleSources);
        Assert.Equal(
            """
            account.block           Changes    Probe       Low     account
            account.reset-password  Changes    Idempotent  High    account
            account.revoke-sessions Changes    Probe       Low     account
            account.unlock          Changes    Probe       Low     account
            command.run             Changes    Never       Medium  line target person host
            group.add-member        Changes    Probe       Medium  account group
            group.remove-member     Changes    Probe       Medium  account group
            script.check            ReadsOnly  Idempotent  None    script target person host with.*
            script.run              Changes    Never       Medium  script target person host with.*
            """,
            string.Join('\n', provider.GetRequiredService<OperationCatalog>().Descriptors.Select(d =>
                $"{d.Id,-23} {d.Effect,-10} {d.Replay,-11} {d.Risk.Level,-7} {string.Join(' ', d.Arguments.Select(a => a.Name))}")),
            ignoreLineEndingDifferences: true);
        Assert.Equal(["cloud Cloud", "directory Directory"], provider.GetRequiredService<AccountDirectories>().All.Select(d => $"{d.System} {d.DisplayName}").Order());
        Assert.NotNull(provider.GetService<IPersonDirectory>());
        Assert.NotNull(provider.GetService<IPracticeSignIn>());
    }

    [Fact]
    public async Task The_sandbox_fills_itself_at_start()
    {
        using var provider = Build(development: true, s_all);
        foreach (var service in provider.GetServices<IHostedService>())
            await service.StartAsync(TestContext.Current.CancellationToken);

        Assert.Single((await provider.GetRequiredService<AccountDirectories>().AccountsOfAsync(new PersonId("P1"), TestContext.Current.CancellationToken)).Found);
    }

    [Fact]
    public void Nothing_is_alive_unless_it_is_enabled()
    {
        using var provider = Build(development: true, "Sandbox:Enabled=true");

        Assert.DoesNotContain(provider.GetRequiredService<OperationCatalog>().Descriptors, d => d.Id == "script.check");
        Assert.Equal(["cloud", "directory"], provider.GetServices<IAccountDirectory>().Select(d => d.System).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("Sandbox:Enabled=true", "Executors:Sandbox:Enabled must be false outside Development")]
    [InlineData("Sandbox:Enabled=false", "Identity:Source is 'Sandbox', so Executors:Sandbox:Enabled must be true")]
    [InlineData("Commands:Enabled=yes", "Executors:Commands:Enabled must be true or false")]
    [InlineData("Scripst:Enabled=true", "Executors:Scripst is not an executor; there are ActiveDirectory, AwsCli, AwsIam, Commands, Entra, Jira, JiraServiceManagement, LocalAccounts, Sandbox, Scripts, ServiceNow, Ssh")]
    [InlineData("AwsCli:Enabled=true", "Executors:AwsCli:Region is missing")]
    [InlineData("AwsCli:Enabled=true AwsCli:Region=here", "Executors:AwsCli:Region must be a region")]
    [InlineData("AwsCli:Enabled=true AwsCli:Region=eu-central-1 AwsCli:Program=aws", "Executors:AwsCli:Program must be the whole path of a file")]
    [InlineData("AwsCli:Enabled=true AwsCli:Region=eu-central-1 AwsCli:RoleArn=arn:aws:iam::111122223333:role/x", "Executors:AwsCli:WebIdentityTokenFile is missing")]
    [InlineData("AwsCli:Enabled=true AwsCli:Region=eu-central-1 AwsCli:EndpointUrl=http://aws.example.com/", "Executors:AwsCli:EndpointUrl must be an https address")]
    [InlineData("AwsIam:Enabled=true", "Executors:AwsIam:Accounts:0:Id is missing")]
    [InlineData("AwsIam:Enabled=true AwsIam:Accounts:0:Id=12345", "Executors:AwsIam:Accounts:0:Id must be the twelve digits of an AWS account")]
    [InlineData("AwsIam:Enabled=true AwsIam:Accounts:0:Id=111122223333 AwsIam:Accounts:0:RoleArn=arn:aws:iam::444455556666:role/x", "Executors:AwsIam:Accounts:0:RoleArn must be the ARN of a role in account 111122223333")]
    [InlineData("AwsIam:Enabled=true AwsIam:Accounts:0:Id=111122223333 AwsIam:Accounts:1:Id=111122223333", "Executors:AwsIam:Accounts names 111122223333 more than once")]
    [InlineData("AwsIam:Enabled=true AwsIam:Accounts:0:Id=111122223333 AwsIam:AccessKeyId=AKIA1", "Executors:AwsIam:SecretAccessKey is missing")]
    [InlineData("AwsIam:Enabled=true AwsIam:Accounts:0:Id=111122223333 AwsIam:IamUrl=http://iam.example.com/", "Executors:AwsIam:IamUrl must be an https address")]
    [InlineData("AwsIam:Enabled=true AwsIam:Accounts:0:Id=111122223333 AwsIam:ServicePaths:0=service", "Executors:AwsIam:ServicePaths holds 'service'")]
    [InlineData("AwsIam:Enabled=true AwsIam:Accounts:0:Id=111122223333 AwsIam:Groups:0:Name=a/b", "Executors:AwsIam:Groups:0:Name must be the name of an IAM group")]
    [InlineData("AwsIam:Enabled=true AwsIam:Accounts:0:Id=111122223333 AwsIam:Groups:0:Name=a AwsIam:Groups:0:Resource=b", "Executors:AwsIam:Groups:0:ResourceType is missing")]
    [InlineData("LocalAccounts:Enabled=true LocalAccounts:Sudo=maybe", "Executors:LocalAccounts:Sudo must be true or false")]
    [InlineData("LocalAccounts:Enabled=true LocalAccounts:Groups:0:Name=-x", "Executors:LocalAccounts:Groups:0:Name must be the name of a group")]
    [InlineData("Commands:Enabled=true Commands:TimeOutSeconds=0", "Executors:Commands:TimeOutSeconds must be a whole number from 1 to 80")]
    [InlineData("Commands:Enabled=true Commands:TimeOutSeconds=1e2", "Executors:Commands:TimeOutSeconds must be a whole number from 1 to 80")]
    [InlineData("Entra:Enabled=true", "Executors:Entra:TenantId is missing")]
    [InlineData("Entra:Enabled=true Entra:TenantId=contoso.example", "Executors:Entra:TenantId is 'contoso.example'; it must be a GUID")]
    [InlineData("Entra:Enabled=true Entra:TenantId=5b0c9a1e-6f47-4d02-8c3a-71e2d94fb650", "Executors:Entra:ClientSecret is missing")]
    [InlineData("Entra:Enabled=true Entra:TenantId=5b0c9a1e-6f47-4d02-8c3a-71e2d94fb650 Entra:ClientSecret=x", "Executors:Entra:AppId is missing")]
    [InlineData("Entra:Enabled=true Entra:TenantId=5b0c9a1e-6f47-4d02-8c3a-71e2d94fb650 Entra:ClientSecret=x Entra:ManagedIdentity=system", "Executors:Entra:ManagedIdentity is set beside ClientSecret")]
    [InlineData("Entra:Enabled=true Entra:TenantId=5b0c9a1e-6f47-4d02-8c3a-71e2d94fb650 Entra:ManagedIdentity=system Entra:GraphUrl=http://127.0.0.1/", "Executors:Entra:GraphUrl is 'http://127.0.0.1/'; it must be an absolute https address")]
    [InlineData("Entra:Enabled=true Entra:TenantId=5b0c9a1e-6f47-4d02-8c3a-71e2d94fb650 Entra:ManagedIdentity=system Entra:Groups:security=security", "Executors:Entra:Groups:security is 'security'; it must be a GUID")]
    [InlineData("Jira:Enabled=true", "Executors:Jira:Url is missing")]
    [InlineData("Jira:Enabled=true Jira:Url=http://jira.example.com", "Executors:Jira:Url is 'http://jira.example.com'; it must be an absolute https address")]
    [InlineData("Jira:Enabled=true Jira:Url=https://jira.example.com Jira:Email=bot", "Executors:Jira:Email is not the e-mail address")]
    [InlineData("Jira:Enabled=true Jira:Url=https://jira.example.com Jira:Email=a@b.example Jira:ApiToken=x Jira:Roles:read=Administrators", "Executors:Jira:Roles gives two meanings to the role Administrators")]
    [InlineData("Jira:Enabled=true Jira:Url=https://jira.example.com Jira:Email=a@b.example Jira:ApiToken=x Jira:Projects:0=ops", "Executors:Jira:Projects names 'ops'")]
    public void A_wrong_setting_stops_the_start_and_names_its_key(string settings, string message)
    {
        var thrown = Assert.Throws<SettingException>(() => Build(development: false, settings.Split(' ')));
        Assert.StartsWith(message, thrown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Scripts:TimeOutSeconds=81", "Executors:Scripts:TimeOutSeconds must be a whole number from 1 to 80")]
    [InlineData("Scripts:PowerShell=pwsh", "Executors:Scripts:PowerShell must be the whole path of pwsh")]
    public void A_wrong_setting_of_scripts_stops_the_start_and_names_its_key(string setting, string message)
    {
        var thrown = Assert.Throws<SettingException>(() => Build(development: true, [.. s_all, setting]));
        Assert.StartsWith(message, thrown.Message, StringComparison.Ordinal);
    }

    private static ServiceProvider Build(bool development, params string[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(s => s.Split('=')).Select(s => KeyValuePair.Create($"Executors:{s[0]}", (string?)s[1])))
            .Build();
        return new ServiceCollection()
            .AddSingleton<TimeProvider>(new FakeTimeProvider())
            .AddSingleton<ISandboxState>(new InMemorySandboxState())
            .AddSingleton(new RunbookCatalog([], []))
            .AddSingleton(new SandboxSeed
            {
                PracticePassword = new Secret<string>("Practice-makes-perfect"),
                Accounts = [new SandboxAccountSeed(new AccountId("directory", "D1"), "alice", new PersonId("P1"))],
            })
            .AddExecutors(new ExecutorsOptions(configuration.GetSection("Executors"), Path.GetTempPath(), development, PeopleSource: "Sandbox"))
            .BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
    }
}
