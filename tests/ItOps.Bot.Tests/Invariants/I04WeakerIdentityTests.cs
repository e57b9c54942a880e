using ItOps.Bot.Approvals;
using ItOps.Bot.Conversations;
using ItOps.Bot.People;
using ItOps.Bot.Requests;
using ItOps.Bot.Testing.People;
using ItOps.Bot.Tests.Invariants.Setup;
using ItOps.Bot.Tests.Stories.Stage;
using ItOps.Bot.Turns;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Tests.Invariants;

/// <summary>I4, where the operator widens who is recognised: a file of bindings is as good as the directory, an e-mail address is weaker and stays so.</summary>
public sealed class I04WeakerIdentityTests : IDisposable
{
    private static readonly ChannelIdentity Newcomer = new("slack", "T1NEW", "U1ALICE");
    private static readonly ChannelIdentity Approver = new("slack", "T1NEW", "U1OMAR");
    private static readonly Dictionary<string, string> ByEmail = new() { ["Identity:MatchByEmail"] = "true" };

    private readonly string _file = Path.GetTempFileName();
    private readonly ScriptedProfiles _slack = new("slack");

    public I04WeakerIdentityTests()
    {
        _slack.Tell(Newcomer, ScriptedProfiles.Member("T1NEW", "alice@example.com"));
        _slack.Tell(Approver, ScriptedProfiles.Member("T1NEW", "omar@example.com"));
    }

    public void Dispose() => File.Delete(_file);

    [Fact]
    public async Task Whom_an_address_matched_may_ask_and_the_approvers_card_says_how_little_is_known()
    {
        await using var bot = await BotHost.StartAsync(AddProfiles, ByEmail);

        await WritesAsync(bot, Newcomer, "unlock my directory account");

        var request = await bot.LastRequestAsync();
        Assert.Equal(("P1001", RequestStatus.AwaitingApproval), (request.Requester.Value, request.Status));
        var card = await bot.Person("omar").SeesApproval("Unlock alice");
        Assert.Contains(card.Facts, f => f.Label == "Asked by" && f.Value.Contains("known only by their e-mail address (weaker)", StringComparison.Ordinal));
        Assert.Contains("weaker", Assert.Single(await bot.AuditAsync("request.opened")).Facts["assurance"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_decides_by_an_address()
    {
        await using var bot = await BotHost.StartAsync(AddProfiles, ByEmail);
        var request = await bot.AliceAsksForAnUnlockAsync();

        var decided = await bot.PressesAsync(Approver, Assert.Single(await bot.ApprovalsAsync(request.Id)).Id, Verdict.Approve);

        Assert.Equal((DecidedKind.Refused, ProblemCode.WeakIdentity), (decided.Kind, decided.Problem?.Code));
        Assert.Equal(RequestStatus.AwaitingApproval, (await bot.RequestAsync(request.Id)).Status);
        Assert.Equal("WeakIdentity", Assert.Single(await bot.AuditAsync("approval.refused")).Facts["why"]);
        var omar = (await bot.Services.GetRequiredService<IIdentityResolver>().ResolveAsync(Approver, TestContext.Current.CancellationToken)).Value;
        Assert.Empty(await bot.Services.GetRequiredService<ApprovalQueue>().PendingForAsync(omar, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("true", 1)]
    [InlineData("false", 0)]
    public async Task The_log_says_at_the_start_that_people_are_recognised_in_a_weaker_way(string on, int times)
    {
        using var log = new CapturedLog();
        await using var bot = await BotHost.StartAsync(log.Listen, new() { ["Identity:MatchByEmail"] = on });

        Assert.Equal(times, log.Lines.Count(l => l.StartsWith("Warning", StringComparison.Ordinal) && l.Contains("Identity:MatchByEmail is on", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task An_address_is_nobody_while_the_setting_is_off()
    {
        await using var bot = await BotHost.StartAsync(AddProfiles);

        await WritesAsync(bot, Newcomer, "unlock my directory account");

        Assert.Empty(await bot.RequestsAsync());
        Assert.Equal("UnknownPerson", Assert.Single(await bot.AuditAsync("identity.refused")).Facts["why"]);
    }

    [Fact]
    public async Task A_platform_that_cannot_be_asked_is_said_calmly_and_nothing_happens()
    {
        _slack.IsDown = true;
        await using var bot = await BotHost.StartAsync(AddProfiles, ByEmail);

        await WritesAsync(bot, Newcomer, "unlock my directory account");

        Assert.Empty(await bot.RequestsAsync());
        Assert.Equal("SystemUnavailable", Assert.Single(await bot.AuditAsync("identity.refused")).Facts["why"]);
        Assert.Equal(1, await bot.Person("somewhere").TimesSeen(Replies.Words.English.CannotTellWhoYouAre));
    }

    [Fact]
    public async Task Whom_the_file_binds_asks_and_decides_as_themselves()
    {
        await File.WriteAllTextAsync(_file, "people:\n- person: alice\n  slack: T1NEW/U1ALICE\n- person: P1003\n  slack: T1NEW/U1OMAR\n", TestContext.Current.CancellationToken);
        await using var bot = await BotHost.StartAsync(settings: new() { ["Identity:BindingsFile"] = _file });
        await WritesAsync(bot, Newcomer, "unlock my directory account");
        var request = await bot.LastRequestAsync();

        Assert.Equal(DecidedKind.Counted, (await bot.PressesAsync(Approver, Assert.Single(await bot.ApprovalsAsync(request.Id)).Id, Verdict.Approve)).Kind);

        Assert.Equal("signed in to Slack", request.Assurance);
        Assert.Equal(1, await bot.Sandbox.EffectsAsync());
        Assert.Contains(Newcomer, await bot.Services.GetRequiredService<IPersonDirectory>().IdentitiesOfAsync(new("P1001"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_requester_does_not_approve_through_a_second_account_that_the_file_binds()
    {
        await File.WriteAllTextAsync(_file, "people:\n- person: omar\n  slack: T1NEW/U1OMAR\n", TestContext.Current.CancellationToken);
        await using var bot = await BotHost.StartAsync(settings: new() { ["Identity:BindingsFile"] = _file });
        await bot.Sandbox.GetsLockedAsync("omar");
        await bot.Person("omar").Says("im locked out");
        var request = await bot.LastRequestAsync();

        var decided = await bot.PressesAsync(Approver, Assert.Single(await bot.ApprovalsAsync(request.Id)).Id, Verdict.Approve);

        Assert.Equal(ProblemCode.ApproverIsRequester, decided.Problem?.Code);
    }

    [Theory]
    [InlineData("people:\n- person: alice\n  slack: nonsense\n", ":3: ")]
    [InlineData("people:\n- person: alice\n  slack: T1NEW/U1ALICE\n- person: omar\n  slack: T1NEW/U1ALICE\n", ":5: ")]
    public async Task A_broken_file_of_bindings_stops_the_start_and_names_the_key_and_the_line(string content, string where)
    {
        await File.WriteAllTextAsync(_file, content, TestContext.Current.CancellationToken);

        var stopped = await Assert.ThrowsAsync<SettingException>(() => BotHost.StartAsync(settings: new() { ["Identity:BindingsFile"] = _file }));

        Assert.Contains("Identity:BindingsFile", stopped.Message, StringComparison.Ordinal);
        Assert.Contains(_file + where, stopped.Message, StringComparison.Ordinal);
    }

    private void AddProfiles(IServiceCollection services) => services.AddSingleton<IChannelProfiles>(_slack);

    private static Task WritesAsync(BotHost bot, ChannelIdentity identity, string text)
    {
        var person = bot.Person("somewhere");
        return person.AcceptAsync(new MessageTurn(person.NewId(), identity, new ConversationId("console", "somewhere"), bot.Time.GetUtcNow(), text));
    }
}
