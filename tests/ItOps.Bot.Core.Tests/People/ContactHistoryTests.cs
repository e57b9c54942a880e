using ItOps.Bot.Approvals;
using ItOps.Bot.Auditing;
using ItOps.Bot.Commits;
using ItOps.Bot.Conversations;
using ItOps.Bot.People;
using ItOps.Bot.Replies;
using ItOps.Bot.Testing.People;
using ItOps.Bot.Testing.Time;
using ItOps.Bot.Turns;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace ItOps.Bot.Core.Tests.People;

public sealed class ContactHistoryTests : IDisposable
{
    private static readonly ChannelIdentity Old = new("slack", "T0LAB", "U0ALICE");
    private static readonly ChannelIdentity New = new("slack", "T0LAB", "U0OTHER");
    private static readonly ChannelIdentity Teams = new("teams", "tenant", "alice");

    private readonly FakeTimeProvider _time = new();
    private readonly KeptContacts _kept = new();
    private readonly ListedPeople _people = new();
    private readonly ServiceProvider _nothing = new ServiceCollection().BuildServiceProvider();
    private readonly Person _alice;
    private readonly Person _omar;
    private ChannelIdentity _omars = new("teams", "tenant", "omar");

    public ContactHistoryTests()
    {
        _alice = _people.Add("P1", "alice", "alice@example.com");
        _people.Bind(_alice, Old);
        _omar = _people.Add("P2", "omar", "omar@example.com", "it-approvers");
        _people.Bind(_omar, _omars);
        _people.Add("P3", "sam", "sam@example.com", "security");
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private IEnumerable<AuditEntry> Audited => _kept.Commits.SelectMany(c => c.Changes).OfType<Audited>().Select(a => a.Entry);

    private IEnumerable<OutboxMessage> Told => _kept.Commits.SelectMany(c => c.Changes).OfType<MessageQueued>().Select(q => q.Message);

    public void Dispose() => _nothing.Dispose();

    [Fact]
    public async Task What_is_there_when_the_history_begins_counts_as_known_and_is_told_once()
    {
        await SweepAsync();
        await SweepAsync();

        Assert.True(await History().IsSettledAsync(_alice.Id, Old, Cancel));
        Assert.True(await History().IsSettledAsync(_alice.Id, ContactRoute.Mail("ALICE@example.com"), Cancel));
        Assert.Equal("contacts.baseline", Assert.Single(Audited).Action);
    }

    [Fact]
    public async Task A_person_who_is_asked_about_before_the_first_look_has_come_to_them_is_known_too()
    {
        Assert.True(await History().IsSettledAsync(_alice.Id, Old, Cancel));
        Assert.Empty(Audited);
    }

    [Fact]
    public async Task An_account_that_is_added_is_new_until_the_cool_down_has_passed()
    {
        await SweepAsync();
        _people.Bind(_alice, Teams);

        Assert.False(await History().IsSettledAsync(_alice.Id, Teams, Cancel));
        Assert.True(await History().IsSettledAsync(_alice.Id, Old, Cancel));
        _time.Advance(TimeSpan.FromHours(72) - TimeSpan.FromSeconds(1));
        Assert.False(await History().IsSettledAsync(_alice.Id, Teams, Cancel));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(await History().IsSettledAsync(_alice.Id, Teams, Cancel));
        var added = Assert.Single(Audited, a => a.Action == "contact.added");
        Assert.Equal(("P1", "teams:tenant/alice", "directory"), (added.Subject, added.Facts["route"], added.Facts["source"]));
    }

    [Fact]
    public async Task An_account_in_anothers_place_is_told_as_changed_with_both()
    {
        await SweepAsync();
        _people.Unbind(_alice, Old);
        _people.Bind(_alice, New);

        Assert.False(await History().IsSettledAsync(_alice.Id, New, Cancel));
        Assert.False(await History().IsSettledAsync(_alice.Id, Old, Cancel));
        var changed = Assert.Single(Audited, a => a.Action == "contact.changed");
        Assert.Equal(("slack:T0LAB/U0OTHER", "slack:T0LAB/U0ALICE"), (changed.Facts["route"], changed.Facts["before"]));
    }

    [Fact]
    public async Task An_account_that_went_and_came_back_is_new()
    {
        await SweepAsync();
        _people.Unbind(_alice, Old);
        await SweepAsync();
        _people.Bind(_alice, Old);

        Assert.False(await History().IsSettledAsync(_alice.Id, Old, Cancel));
        Assert.Equal(["contacts.baseline", "contact.removed", "contact.added"], Audited.Select(a => a.Action));
    }

    [Fact]
    public async Task A_changed_address_and_a_changed_manager_are_new_as_well()
    {
        await SweepAsync();
        _people.Replace(_alice with { Email = "alice@example.net", Manager = new("P9") });

        Assert.False(await History().IsSettledAsync(_alice.Id, ContactRoute.Mail("alice@example.net"), Cancel));
        Assert.False(await History().IsSettledAsync(_alice.Id, ContactRoute.Manager(new("P9")), Cancel));
        Assert.Equal(["contact.changed", "contact.added"], Audited.Skip(1).Select(a => a.Action));
    }

    [Fact]
    public async Task Somebody_who_comes_later_starts_with_nothing_settled()
    {
        await SweepAsync();
        var bob = _people.Add("P4", "bob", "bob@example.com");
        _people.Bind(bob, Teams);

        Assert.False(await History().IsSettledAsync(bob.Id, Teams, Cancel));
        Assert.False(await History().IsSettledAsync(bob.Id, ContactRoute.Mail("bob@example.com"), Cancel));
    }

    [Fact]
    public async Task An_account_that_moves_to_somebody_else_is_new_there_and_gone_here()
    {
        await SweepAsync();
        _people.Unbind(_alice, Old);
        _people.Bind(_omar, Old);
        await SweepAsync();

        Assert.False(await History().IsSettledAsync(_omar.Id, Old, Cancel));
        Assert.Equal([("contact.removed", "P1"), ("contact.added", "P2")], Audited.Skip(1).Select(a => (a.Action, a.Subject)));
    }

    [Fact]
    public async Task Somebody_who_left_loses_their_routes_and_a_directory_that_knows_nobody_takes_none_away()
    {
        await SweepAsync();
        var everybody = _people.Empty();
        await SweepAsync();
        Assert.Equal("contacts.baseline", Assert.Single(Audited).Action);

        _people.Put([.. everybody.Where(p => p.Id != _alice.Id)]);
        await SweepAsync();
        Assert.All(Audited.Skip(1), a => Assert.Equal(("contact.removed", "P1"), (a.Action, a.Subject)));
        Assert.Equal(3, Audited.Count());
    }

    [Fact]
    public async Task A_directory_that_does_not_answer_settles_nothing_and_throws_nothing()
    {
        await SweepAsync();
        _people.IsDown = true;

        Assert.False(await History().IsSettledAsync(_alice.Id, Old, Cancel));
        _people.IsDown = false;
        Assert.True(await History().IsSettledAsync(_alice.Id, Old, Cancel));
    }

    [Fact]
    public async Task A_first_look_that_never_ends_lets_nothing_pass_for_known_after_a_day()
    {
        Assert.True(await History().IsSettledAsync(_alice.Id, Old, Cancel));
        _time.Advance(TimeSpan.FromHours(24));
        _people.Bind(_alice, Teams);

        Assert.False(await History().IsSettledAsync(_alice.Id, Teams, Cancel));
    }

    [Fact]
    public async Task Without_a_cool_down_what_is_bound_is_settled_and_what_is_not_is_not()
    {
        await SweepAsync();
        _people.Bind(_alice, Teams);

        Assert.True(await History(coolDown: TimeSpan.Zero).IsSettledAsync(_alice.Id, Teams, Cancel));
        Assert.False(await History(coolDown: TimeSpan.Zero).IsSettledAsync(_alice.Id, New, Cancel));
    }

    [Fact]
    public async Task An_account_that_only_shares_an_address_is_new_from_its_first_day_and_again_when_somebody_binds_it()
    {
        await SweepAsync();
        Assert.False(await History(byEmail: true).IsSettledAsync(_alice.Id, Teams, Cancel));
        _time.Advance(TimeSpan.FromHours(73));
        Assert.True(await History(byEmail: true).IsSettledAsync(_alice.Id, Teams, Cancel));
        _people.Bind(_alice, Teams);

        Assert.False(await History(byEmail: true).IsSettledAsync(_alice.Id, Teams, Cancel));
        Assert.Equal(["e-mail", "directory"], Audited.Skip(1).Select(a => a.Facts["source"]));
    }

    [Fact]
    public async Task Where_nobody_is_matched_by_address_a_claimed_account_is_not_remembered()
    {
        await SweepAsync();

        Assert.False(await History().IsSettledAsync(_alice.Id, Teams, Cancel));
        _time.Advance(TimeSpan.FromDays(30));
        Assert.False(await History().IsSettledAsync(_alice.Id, Teams, Cancel));
    }

    [Fact]
    public async Task Security_is_told_once_when_somebody_who_decides_is_reached_in_another_way()
    {
        await SweepAsync();
        _people.Bind(_alice, Teams);
        _people.Bind(_omar, _omars = new("slack", "T0LAB", "U0OMAR"));
        for (var i = 0; i < 3; i++)
            await History().IsSettledAsync(_omar.Id, _omars, Cancel);
        await SweepAsync();

        var told = Assert.Single(Told);
        Assert.Equal("P3", told.To.Value);
        Assert.Contains("omar", told.Reply.Text, StringComparison.Ordinal);
        Assert.Contains("slack:T0LAB/U0OMAR", told.Reply.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_people_are_looked_at_page_by_page()
    {
        for (var i = 0; i < 1_000; i++)
            _people.Add($"N{i:0000}", $"n{i}", $"n{i}@example.com");
        await SweepAsync();

        Assert.True(await History().IsSettledAsync(new("N0999"), ContactRoute.Mail("n999@example.com"), Cancel));
        Assert.InRange(_kept.Commits.Max(c => c.Changes.Count), 1, 200);
    }

    private ContactHistory History(TimeSpan? coolDown = null, bool byEmail = false)
    {
        var options = new IdentityOptions { MatchByEmail = byEmail };
        if (coolDown is { } time)
            options = options with { CoolDown = time };
        var policy = new ApprovalPolicy(1, [new("r", ["account.*"]) { Groups = ["it-approvers"] }]) { HandOffGroup = "helpdesk", SecurityGroup = "security" };
        return new(
            _people, _kept, new(_people, policy, new([new Everywhere()]), options, _time), Committer(), options, _time, NullLogger<ContactHistory>.Instance);
    }

    private async Task SweepAsync()
    {
        using var sweep = new ContactSweep(_people, _kept, History(), Committer(), _time, NullLogger<ContactSweep>.Instance);
        await sweep.SweepAsync(Cancel);
    }

    private Committer Committer() => new(_kept, _nothing, NullLogger<Committer>.Instance);

    /// <summary>Reaches everybody, at their own id.</summary>
    private sealed class Everywhere : IChannel
    {
        public string Name => "slack";

        public Task<MessageReference> SendAsync(Delivery delivery, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task UpdateAsync(MessageReference message, Reply reply, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<ConversationId?> DirectConversationAsync(PersonId person, CancellationToken cancellationToken) =>
            Task.FromResult<ConversationId?>(new("slack", person.Value));
    }
}
