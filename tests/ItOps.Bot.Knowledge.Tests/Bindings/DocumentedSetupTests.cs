using System.Text;
using ItOps.Bot.Knowledge.Bindings;
using ItOps.Bot.Knowledge.Sandbox;
using ItOps.Bot.Turns;
using YamlDotNet.RepresentationModel;

namespace ItOps.Bot.Knowledge.Tests.Bindings;

/// <summary>What the guides tell people to copy can be copied.</summary>
public sealed class DocumentedSetupTests
{
    [Theory]
    [InlineData("connecting-slack.md", 2)]
    [InlineData("connecting-teams.md", 3)]
    public void The_file_of_bindings_reads_as_it_stands(string guide, int accounts)
    {
        var (bindings, problems) = BindingsReader.Read("bindings.yaml", Encoding.UTF8.GetBytes(Block(guide, "# bindings.yaml\n")));

        Assert.Empty(problems);
        Assert.Equal(accounts, bindings!.Identities.Count);
    }

    [Fact]
    public void The_people_of_the_Playground_are_people_of_the_sandbox()
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(Block("connecting-teams.md", "version: ")));
        var root = stream.Documents[0].RootNode;
        var users = (YamlSequenceNode)root["users"];
        var seed = SandboxSeedReader.ReadFile(Path.Combine(Repository.Root, "data", "sandbox", "people.yaml")).Seed!;

        // The Playground refuses any other number, without a word.
        Assert.Equal(5, users.Children.Count);
        Assert.All(users.Append(root["currentUser"]), user =>
        {
            var identity = new ChannelIdentity("teams", (string)root["tenantId"]!, (string)user["aadObjectId"]!);
            Assert.Equal((string)user["name"]!, Assert.Single(seed.People, p => p.Identities.Contains(identity)).Person.DisplayName);
        });
    }

    private static string Block(string guide, string beginning) =>
        Assert.Single(File.ReadAllText(Path.Combine(Repository.Root, "docs", guide)).Split("```yaml\n").Skip(1).Select(b => b.Split("\n```")[0] + "\n"), b => b.StartsWith(beginning, StringComparison.Ordinal));
}
