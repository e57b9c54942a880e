using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ItOps.Bot.Channels;
using ItOps.Bot.Execution;
using ItOps.Bot.Executors;
using ItOps.Bot.Knowledge.Agents;
using ItOps.Bot.Knowledge.Chroma;
using ItOps.Bot.Runbooks;
using ItOps.Bot.Tests.Stories.Stage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Tests.Architecture;

/// <summary>What is alive in Development, written down: a new operation or runbook shows in review.</summary>
public sealed class RegisteredTests
{
    [Fact]
    public async Task These_operations_are_offered()
    {
        await using var bot = await BotHost.StartAsync();

        Assert.Equal(
            [
                "account.block Changes Probe Low",
                "account.reset-password Changes Idempotent High",
                "account.revoke-sessions Changes Probe Low",
                "account.unlock Changes Probe Low",
                "aws.ec2.console-output ReadsOnly Idempotent None",
                "aws.ec2.instance-status ReadsOnly Idempotent None",
                "aws.ec2.reboot Changes Never Medium",
                "aws.iam.access-keys ReadsOnly Idempotent None",
                "aws.rds.instance-status ReadsOnly Idempotent None",
                "aws.s3.bucket-status ReadsOnly Idempotent None",
                "command.run Changes Never Medium",
                "group.add-member Changes Probe Medium",
                "group.remove-member Changes Probe Medium",
                "script.check ReadsOnly Idempotent None",
                "script.run Changes Never Medium",
            ],
            bot.Services.GetRequiredService<OperationCatalog>().Descriptors.Select(d => $"{d.Id} {d.Effect} {d.Replay} {d.Risk.Level}"));
    }

    [Fact]
    public void These_channels_there_are() => Assert.Equal(["Mail", "Slack", "Teams"], ChannelsModule.Names);

    [Theory]
    [InlineData("Mail", "docs/connecting-mail.md", "Host=smtp.example.com", "From=it-bot@example.com")]
    [InlineData("Slack", "docs/connecting-slack.md", "BotToken=xoxb-1", "AppToken=xapp-1", "TeamId=T0LAB")]
    [InlineData("Teams", "docs/connecting-teams.md", "AppId=5e3c2f70-9d41-4b8a-8f15-0c6d7a9be201", "TenantId=5b0c9a1e-6f47-4d02-8c3a-71e2d94fb650", "CertificatePath=bot.pem", "CertificatePassword=practice")]
    public void The_settings_of_a_channel_and_those_in_its_guide_are_the_same(string channel, string guide, params string[] settings)
    {
        var pem = PracticeCertificate();
        var watched = new WatchedSettings([new("Enabled", "true"), .. settings.Select(s => s.Split('=')).Select(s => KeyValuePair.Create(s[0], s[1] == "bot.pem" ? pem : s[1]))], $"Channels:{channel}:");

        new ServiceCollection().AddChannels(new(watched.Root.GetSection("Channels"), new("https://itops.example.com/"), IsDevelopment: true));

        Assert.Equal(SettingsIn(guide), watched.Read.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("Entra", "docs/connecting-entra.md", "TenantId=5b0c9a1e-6f47-4d02-8c3a-71e2d94fb650", "AppId=5e3c2f70-9d41-4b8a-8f15-0c6d7a9be201", "CertificatePath=bot.pem", "CertificatePassword=practice",
        "Groups:it-approvers=1e3c2f70-9d41-4b8a-8f15-0c6d7a9be201", "PrivilegedGroups:0=2e3c2f70-9d41-4b8a-8f15-0c6d7a9be201", "BreakGlass:0=3e3c2f70-9d41-4b8a-8f15-0c6d7a9be201",
        "Resources:0:Group=4e3c2f70-9d41-4b8a-8f15-0c6d7a9be201", "Resources:0:Type=shared-drive", "Resources:0:Name=Finance", "Resources:0:Permission=write")]
    [InlineData("Ssh", "docs/connecting-hosts.md", "Hosts:pc-1:Address=pc-1.example.com", "Hosts:pc-1:User=itops-bot", "Hosts:pc-1:KeyFile=/etc/itops-bot/id_ed25519", "Hosts:pc-1:KnownHosts=/etc/itops-bot/known_hosts")]
    [InlineData("Jira", "docs/connecting-jira.md", "Url=https://jira.example.com", "Email=bot@example.com", "ApiToken=practice", "Projects:0=OPS", "Roles:read=Viewers", "PrivilegedGroups:0=keepers")]
    [InlineData("JiraServiceManagement", "docs/connecting-tickets.md#Jira Service Management", "Url=https://jira.example.com", "Email=bot@example.com", "ApiToken=practice", "ServiceDeskId=7", "RequestTypeId=25")]
    [InlineData("ServiceNow", "docs/connecting-tickets.md#ServiceNow", "Url=https://now.example.com", "User=itops.bot", "Password=practice")]
    public void The_settings_of_an_executor_and_those_in_its_guide_are_the_same(string executor, string guide, params string[] settings)
    {
        var pem = PracticeCertificate();
        var watched = new WatchedSettings([new("Enabled", "true"), .. settings.Select(s => s.Split('=')).Select(s => KeyValuePair.Create(s[0], s[1] == "bot.pem" ? pem : s[1]))], $"Executors:{executor}:");

        new ServiceCollection().AddExecutors(new(SandboxBeside(watched.Root).GetSection("Executors"), "runbooks", IsDevelopment: true, PeopleSource: "Sandbox"));

        Assert.Equal(SettingsIn(guide), watched.Read.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(
        "ActiveDirectory", "docs/connecting-active-directory.md", "Servers:0=dc1", "Servers:1=dc2", "ServiceAccount=bot", "Password=practice", "BaseDn=DC=x", "PolicyGroupsBaseDn=DC=x", "PrivilegedGroups:0=a",
        "BreakGlassAccounts:0=a", "ServiceAccountContainers:0=DC=x", "Resources:0:Group=a", "Resources:0:Type=a", "Resources:0:Name=a", "Resources:0:Permission=a", "Resources:0:Aliases:0=a")]
    public void The_settings_of_a_directory_and_those_in_its_guide_are_the_same(string executor, string guide, params string[] settings)
    {
        var watched = new WatchedSettings([new("Enabled", "true"), .. settings.Select(s => s.Split('=', 2)).Select(s => KeyValuePair.Create(s[0], s[1]))], $"Executors:{executor}:");

        new ServiceCollection().AddExecutors(new(watched.Root.GetSection("Executors"), Path.GetTempPath(), IsDevelopment: false, executor));

        Assert.Equal(SettingsIn(guide), watched.Read.Where(key => key.Split(':') is not ["Servers" or "Resources"] && key != "Resources:0").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_settings_of_chroma_and_those_in_its_guide_are_the_same()
    {
        var watched = new WatchedSettings([new("Url", "http://localhost:8000")], "Knowledge:Chroma:");

        ChromaOptions.From(new ConfigurationBuilder().AddConfiguration(watched.Root).AddInMemoryCollection([new("Knowledge:Retriever", "chroma")]).Build().GetSection("Knowledge"));

        Assert.Equal(SettingsIn("docs/connecting-chroma.md"), watched.Read.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_settings_of_agents_and_those_in_their_guide_are_the_same()
    {
        var watched = new WatchedSettings([new("LangGraph:Url", "https://agents.example.com"), new("CrewAi:Url", "https://agents.example.com"), new("AutoGen:Url", "https://agents.example.com")], "Agent:");

        new ServiceCollection().AddRemoteAgents(watched.Root.GetSection("Agent"), named: []);

        Assert.Equal(SettingsIn("docs/agents/README.md"), watched.Read.Select(key => key.Split(':')[^1]).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task These_runbooks_are_shipped_without_a_problem()
    {
        await using var bot = await BotHost.StartAsync();
        var catalog = bot.Services.GetRequiredService<RunbookCatalog>();

        Assert.Empty(catalog.Problems);
        Assert.Equal(
            [
                "access_jira", "account_locked", "application_crashing", "aws_access_key_rotation", "blue_screen_error", "certificate_expired",
                "disk_full", "distribution_list", "distribution_list_leave", "ec2_instance_unreachable", "email_delivery_failed", "excel_freezing",
                "group_mailbox_access", "jira_access_request", "laptop_overheating", "laptop_running_slow", "leaver", "mfa_device_lost",
                "monitor_not_detected", "new_starter", "no_sound_windows", "onedrive_sync_issue", "outlook_not_syncing", "outlook_sync",
                "password_reset", "password_reset_for_another", "printer_not_working", "rds_connection_failed", "s3_access_denied", "shared_drive_access",
                "software_install_request", "software_not_in_catalogue", "teams_not_signing_in", "vpn_not_connecting", "vpn_troubleshooting", "wifi_not_working",
                "zoom_audio_not_working",
            ],
            catalog.All.Select(r => r.Id).Order(StringComparer.Ordinal));
    }

    private static string PracticeCertificate()
    {
        using var key = RSA.Create(2048);
        using var certificate = new CertificateRequest("CN=bot", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), new(2099, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var pem = Path.Combine(Directory.CreateTempSubdirectory("itops-certificate-").FullName, "bot.pem");
        File.WriteAllText(pem, certificate.ExportCertificatePem() + "\n" + key.ExportEncryptedPkcs8PrivateKeyPem("practice", new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1_000)));
        return pem;
    }

    private static IConfigurationRoot SandboxBeside(IConfiguration watched) =>
        new ConfigurationBuilder().AddConfiguration(watched).AddInMemoryCollection([new("Executors:Sandbox:Enabled", "true")]).Build();

    /// <summary>What stands in the first column of the guide's table of settings.</summary>
    private static IEnumerable<string> SettingsIn(string guide) => Sources.Read(guide.Split('#')[0]).Split('\n')
        .SkipWhile(line => guide.Contains('#', StringComparison.Ordinal) && line != "## " + guide.Split('#')[1])
        .SkipWhile(line => !line.StartsWith("| setting |", StringComparison.Ordinal)).Skip(2)
        .TakeWhile(line => line.StartsWith('|'))
        .SelectMany(line => line.Split('|')[1].Split('`').Where((_, i) => i % 2 == 1))
        .Order(StringComparer.Ordinal);
}
