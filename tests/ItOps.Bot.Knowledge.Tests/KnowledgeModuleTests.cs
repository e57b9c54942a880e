using ItOps.Bot.Approvals;
using ItOps.Bot.Knowledge.Policies;
using ItOps.Bot.Runbooks;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Knowledge.Tests;

public sealed class KnowledgeModuleTests
{
    [Fact]
    public async Task Everything_that_the_bot_knows_can_be_asked_for()
    {
        await using var provider = new ServiceCollection()
            .AddKnowledge(new KnowledgeOptions { RunbookFolder = Repository.Runbooks, ScriptFolder = Path.Combine(Path.GetTempPath(), "itops-scripts"), PolicyFile = Repository.Policy, AssuranceFile = Repository.Assurance })
            .BuildServiceProvider();

        Assert.NotNull(provider.GetRequiredService<RunbookCatalog>().Find("account_locked"));
        Assert.Equal("security", provider.GetRequiredService<ApprovalPolicy>().SecurityGroup);
        Assert.NotNull(provider.GetRequiredService<ISlotReader>());
        Assert.NotNull(provider.GetRequiredService<IDecomposer>());
        var retrieval = await provider.GetRequiredService<IRetriever>().RetrieveAsync("i am locked out", TestContext.Current.CancellationToken);
        Assert.Equal("account_locked", retrieval.Ranked[0].RunbookId);
    }

    [Fact]
    public void Without_a_policy_nothing_starts()
    {
        using var folder = new TemporaryFolder();
        var policy = folder.Write("approvals.yaml", "version: 1\nrules: []\n");

        var refused = Assert.Throws<PolicyRefusedException>(
            () => new ServiceCollection().AddKnowledge(new KnowledgeOptions { RunbookFolder = Repository.Runbooks, ScriptFolder = Path.Combine(Path.GetTempPath(), "itops-scripts"), PolicyFile = policy, AssuranceFile = Repository.Assurance }));
        Assert.Contains($"{policy}:1: 'handOffGroup' is missing", refused.Message, StringComparison.Ordinal);
        Assert.Contains($"{policy}:2: there are no rules", refused.Message, StringComparison.Ordinal);

        Assert.Throws<PolicyRefusedException>(
            () => new ServiceCollection().AddKnowledge(new KnowledgeOptions { RunbookFolder = Repository.Runbooks, ScriptFolder = Path.Combine(Path.GetTempPath(), "itops-scripts"), PolicyFile = policy + ".none", AssuranceFile = Repository.Assurance }));
        Assert.Contains("assurance policy", Assert.Throws<PolicyRefusedException>(
            () => new ServiceCollection().AddKnowledge(new KnowledgeOptions { RunbookFolder = Repository.Runbooks, ScriptFolder = Path.Combine(Path.GetTempPath(), "itops-scripts"), PolicyFile = Repository.Policy, AssuranceFile = policy })).Message, StringComparison.Ordinal);
    }
}
