using ItOps.Bot.Executors;
using ItOps.Bot.Tests.Architecture;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Tests.Directories;

/// <summary>The settings that an executor reads and those that its guide lists are the same.</summary>
public sealed class GuidesTests
{
    private const string Group = "Groups:0:Name=finance Groups:0:ResourceType=shared-drive Groups:0:Resource=Finance Groups:0:Aliases:0=G: Groups:0:Owners:0=P1";

    [Theory]
    [InlineData(
        "AwsIam",
        "docs/connecting-aws.md",
        "Accounts:0:Id=111122223333 AccessKeyId=AKIA1 SecretAccessKey=s PrivilegedPolicies:0=p PrivilegedGroups:0=g PrivilegedPaths:0=/a/ ServicePaths:0=/b/ BreakGlass:0=e QuarantinePolicies:0=q " + Group)]
    [InlineData("LocalAccounts", "docs/connecting-linux.md", "PrivilegedGroups:0=g BreakGlass:0=e " + Group)]
    public void The_settings_of_an_executor_and_those_in_its_guide_are_the_same(string executor, string guide, string settings)
    {
        Assert.SkipWhen(executor == "LocalAccounts" && !OperatingSystem.IsLinux(), "Only Linux has these accounts.");
        var watched = new WatchedSettings([new("Enabled", "true"), .. settings.Split(' ').Select(s => s.Split('=')).Select(s => KeyValuePair.Create(s[0], s[1]))], $"Executors:{executor}:");
        var all = new ConfigurationBuilder().Add(watched).AddInMemoryCollection([new("Executors:Sandbox:Enabled", "true")]).Build();

        new ServiceCollection().AddExecutors(new(all.GetSection("Executors"), Path.GetTempPath(), IsDevelopment: true, PeopleSource: "Sandbox"));

        Assert.Equal(SettingsIn(guide), watched.Read.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> SettingsIn(string guide) => Sources.Read(guide).Split('\n')
        .SkipWhile(line => !line.StartsWith("| setting |", StringComparison.Ordinal)).Skip(2)
        .TakeWhile(line => line.StartsWith('|'))
        .SelectMany(line => line.Split('|')[1].Split('`').Where((_, i) => i % 2 == 1))
        .Order(StringComparer.Ordinal);
}
