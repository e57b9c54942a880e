using ItOps.Bot.Approvals;
using ItOps.Bot.Execution;
using ItOps.Bot.Plans;
using ItOps.Bot.Replies;
using ItOps.Bot.Requests;
using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Tests.Replies;

public sealed class GroupCardsTests
{
    private readonly GroupCards _cards = new(new RequestCards(new OperationCatalog([]), new RunbookCatalog([], [])));

    [Fact]
    public void Steps_are_shown_only_where_a_change_that_was_read_beforehand_does_not_say_the_same()
    {
        var card = _cards.ForApprovers("all-1", [Part(1, [1]), Part(2, [1, 0]), Part(3, [])]);

        Assert.Equal([0, 2, 0], card.Parts.Select(p => p.Steps.Count));
        Assert.Equal([0, 2, 0], _cards.ForRequester([Part(1, [1]), Part(2, [1, 0]), Part(3, [])]).Parts.Select(p => p.Steps.Count));
    }

    [Fact]
    public void What_the_buttons_for_all_carry_names_what_is_offered_to_this_viewer_and_is_short_enough_for_every_channel()
    {
        var parts = Enumerable.Range(1, ApprovalBundles.Most).Select(i => Part(i, [1])).ToList();
        var bundle = "all-" + Id.New(TimeProvider.System);

        var whole = _cards.ForApprovers(bundle, parts);
        var some = _cards.ForApprovers(bundle, parts, a => a.RequestId != "r1");

        Assert.InRange(whole.ApprovalId!.Length, 1, 200);
        Assert.True(ApprovalBundles.IsBundle(whole.ApprovalId));
        Assert.Equal(bundle, ApprovalBundles.BundleOf(whole.ApprovalId));
        Assert.All(parts, p => Assert.True(ApprovalBundles.Offers(whole.ApprovalId, p.Approvals[0])));
        Assert.Equal(["r1"], parts.Where(p => !ApprovalBundles.Offers(some.ApprovalId!, p.Approvals[0])).Select(p => p.Request.Id));
        Assert.Equal("Approve all 4", some.Buttons[0].Label);
        Assert.DoesNotContain(parts, p => ApprovalBundles.Offers(bundle, p.Approvals[0]));
    }

    /// <param name="number">Its place.</param>
    /// <param name="changes">How many changes were read beforehand for each of its steps.</param>
    private static CardPart Part(int number, int[] changes)
    {
        var target = new PlanTarget("account", "D-bob", "bob", "Directory", new("P1002"));
        var now = DateTimeOffset.UnixEpoch;
        var request = new ServiceRequest("r" + number, "IT-" + number, new("P1002"), "Bob", new("console", "bob"), "x", "Title " + number)
        {
            OpenedAt = now,
            UpdatedAt = now,
            Status = RequestStatus.AwaitingApproval,
            Group = new("g", number, 5),
            Plan = new("x", 1, 1, [.. changes.Select(_ => new PlanStep("group.add-member", [], target))]),
            Previews = [.. changes.Select(n => new Preview(target, [.. Enumerable.Repeat(new CardChange("Group", "no", "yes"), n)]) { PlainState = "" })],
        };
        var approval = new Approval(Id.New(TimeProvider.System), request.Id, ApprovalPurpose.Change, "digest") { Requester = request.Requester, AskedAt = now, ExpiresAt = now };
        return new(request, [approval], []);
    }
}
