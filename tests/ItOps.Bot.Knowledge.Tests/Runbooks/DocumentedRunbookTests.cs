using System.Text;
using ItOps.Bot.Execution;
using ItOps.Bot.Knowledge.Embedded.Slots;
using ItOps.Bot.Knowledge.Runbooks;
using ItOps.Bot.Replies;
using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Knowledge.Tests.Runbooks;

/// <summary>The guide for authors tells the truth.</summary>
public sealed class DocumentedRunbookTests
{
    private static readonly string Guide = File.ReadAllText(Path.Combine(Repository.Root, "docs", "adding-a-runbook.md"));

    [Fact]
    public void The_example_can_be_copied_as_it_stands()
    {
        var example = Guide.Split("```markdown\n")[1].Split("\n```")[0];
        var (source, problems) = RunbookReader.Read("mail/mailing_list_access.md", Encoding.UTF8.GetBytes(example), new HashSet<string>());

        Assert.Empty(problems);
        var addMember = new OperationDescriptor(
            "group.add-member", "Add {target}", OperationEffect.Changes, ReplayClass.Idempotent, new CardRisk(RiskLevel.Low, "can be taken back"),
            [new OperationArgument("group", ArgumentKind.Group, "which"), new OperationArgument("account", ArgumentKind.Account, "whose")]);
        Assert.Empty(RunbookLinter.Lint([source!], [addMember]));
    }

    [Fact]
    public void Every_slot_kind_and_step_is_mentioned()
    {
        Assert.All(SlotReader.Known, slot => Assert.Contains($"`{slot}`", Guide, StringComparison.Ordinal));
        Assert.All(RunbookShapes.Parameter.Find("kind")!.Values, kind => Assert.Contains($"`{kind}`", Guide, StringComparison.Ordinal));
        Assert.All(RunbookShapes.Steps, step => Assert.Contains($"| `{step.Keys[0].Name}` |", Guide, StringComparison.Ordinal));
        Assert.Contains($"{RunbookFile.LargestBytes / 1024} KiB", Guide, StringComparison.Ordinal);
    }
}
