using ItOps.Bot.Accounts;
using ItOps.Bot.Execution;
using ItOps.Bot.Knowledge.Embedded.Slots;
using ItOps.Bot.Knowledge.Policies;
using ItOps.Bot.Knowledge.Runbooks;
using ItOps.Bot.Replies;
using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Knowledge.Tests.Runbooks;

public sealed class ShippedRunbooksTests
{
    private static readonly RunbookFolder Folder = RunbookFolder.Read(Repository.Runbooks);

    /// <summary>What the shipped runbooks may count on; the executors' own tests say that it is there.</summary>
    private static readonly OperationDescriptor[] Operations =
    [
        Operation("account.unlock", OperationEffect.Changes, ("account", ArgumentKind.Account)),
        Operation("account.reset-password", OperationEffect.Changes, ("account", ArgumentKind.Account)),
        Operation("account.revoke-sessions", OperationEffect.Changes, ("account", ArgumentKind.Account)) with { Needs = AccountAbilities.RevokeSessions },
        Operation("account.revoke-sessions", OperationEffect.Changes, ("account", ArgumentKind.Account)),
        Operation("group.add-member", OperationEffect.Changes, ("group", ArgumentKind.Group), ("account", ArgumentKind.Account)),
        Operation("script.check", OperationEffect.ReadsOnly, ("script", ArgumentKind.Script)),
        Operation("script.run", OperationEffect.Changes, ("script", ArgumentKind.Script)),
        .. AwsReader.ReadFile(Path.Combine(Repository.Root, "data", "policies", "aws.yaml")).Policy!.Calls.Select(c => Operation(c.Id, c.Effect, [.. c.Arguments.Select(a => (a.Name, ArgumentKind.Text))])),
    ];

    [Fact]
    public void All_can_be_read() => Assert.Empty(Folder.Problems);

    [Fact]
    public void All_are_sound() => Assert.Empty(RunbookLinter.Lint(Folder.Sources, Operations, CommandReader.ReadFile(Path.Combine(Repository.Root, "data", "policies", "commands.yaml")).Policy));

    [Fact]
    public void Each_slot_can_be_read_from_a_message() =>
        Assert.All(Folder.Sources.SelectMany(s => s.Runbook.Parameters).Select(p => p.Slot).OfType<string>(), slot => Assert.Contains(slot, SlotReader.Known));

    [Fact]
    public void Whoever_asks_in_German_hears_it_in_German() => Assert.All(Folder.Sources, s => Assert.NotEmpty(s.Runbook.DoneIn["de"]));

    [Fact]
    public void Each_tells_editors_where_its_schema_is() => Assert.All(
        Folder.Sources,
        s => Assert.Contains("# yaml-language-server: $schema=../runbook.schema.json", File.ReadAllText(Path.Combine(Repository.Runbooks, s.Runbook.Source)), StringComparison.Ordinal));

    [Theory]
    [InlineData("access/account_locked.md")]
    [InlineData("access/password_reset_for_another.md")]
    public void An_account_of_somebody_else_needs_a_group_and_their_word(string source) =>
        Assert.True(Folder.Sources.Single(s => s.Runbook.Source == source).Runbook.OnBehalf is { Anyone: false, Groups: ["it-approvers"], Attest: true });

    [Fact]
    public void A_reset_for_somebody_else_follows_a_runbook_of_its_own_that_nobody_finds_by_words() =>
        Assert.Equal(("password_reset_for_another", false), (Folder.ToCatalog().Find("password_reset")!.OnBehalf.Use, Folder.ToCatalog().Find("password_reset_for_another")!.IsFound));

    private static OperationDescriptor Operation(string id, OperationEffect effect, params (string Name, ArgumentKind Kind)[] arguments) => new(
        id, id, effect, ReplayClass.Probe, new CardRisk(RiskLevel.Low, "reversible"), [.. arguments.Select(a => new OperationArgument(a.Name, a.Kind, a.Name))]);
}
