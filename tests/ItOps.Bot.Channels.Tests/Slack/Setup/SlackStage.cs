using ItOps.Bot.Approvals;
using ItOps.Bot.Auditing;
using ItOps.Bot.Channels.Slack;
using ItOps.Bot.Commits;
using ItOps.Bot.Execution;
using ItOps.Bot.People;
using ItOps.Bot.Plans;
using ItOps.Bot.Replies;
using ItOps.Bot.Requests;
using ItOps.Bot.Runbooks;
using ItOps.Bot.Secrets;
using ItOps.Bot.Testing.Assurance;
using ItOps.Bot.Testing.HandOffs;
using ItOps.Bot.Testing.People;
using ItOps.Bot.Testing.Secrets;
using ItOps.Bot.Testing.Slack;
using ItOps.Bot.Testing.Time;
using ItOps.Bot.Turns;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ItOps.Bot.Channels.Tests.Slack.Setup;

/// <summary>The Slack channel on a real server, between a FakeSlack and an inbox in memory.</summary>
internal sealed class SlackStage : IAsyncDisposable
{
    public static readonly Uri PublicUrl = new("https://itops.example.com/");

    private readonly WebApplication _app;

    private SlackStage(WebApplication app, FakeSlack slack, FakeTimeProvider time) => (_app, Slack, Time) = (app, slack, time);

    public FakeSlack Slack { get; }

    public FakeTimeProvider Time { get; }

    public IServiceProvider Services => _app.Services;

    public SlackMemory Memory => Services.GetRequiredService<SlackMemory>();

    public SlackPeople People => Services.GetRequiredService<SlackPeople>();

    public IChannel Channel => Services.GetRequiredService<IChannel>();

    public SlackClient Client => Services.GetRequiredService<SlackClient>();

    public ISelfCheck Check => Services.GetRequiredService<ISelfCheck>();

    public static async Task<SlackStage> StartAsync(bool socket = false, FakeTimeProvider? time = null, Dictionary<string, string>? settings = null, Action<FakeSlack>? before = null, bool matchByEmail = false)
    {
        time ??= new() { ShortWait = TimeSpan.FromSeconds(5) };
        var slack = await FakeSlack.StartAsync(time);
        before?.Invoke(slack);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        foreach (var (key, value) in slack.Settings(socket).Concat(settings ?? []))
            builder.Configuration[key] = value;
        builder.Services
            .AddSingleton<TimeProvider>(time)
            .AddSingleton<SlackMemory>()
            .AddSingleton<ICommitStore>(p => p.GetRequiredService<SlackMemory>())
            .AddSingleton<ITurnIntake>(p => p.GetRequiredService<SlackMemory>())
            .AddSingleton<IApprovalStore>(p => p.GetRequiredService<SlackMemory>())
            .AddSingleton<IRequestStore>(p => p.GetRequiredService<SlackMemory>())
            .AddSingleton<IAuditLog>(p => p.GetRequiredService<SlackMemory>())
            .AddSingleton<SlackPeople>()
            .AddSingleton<IPersonDirectory>(p => p.GetRequiredService<SlackPeople>())
            .AddSingleton(new IdentityOptions { MatchByEmail = matchByEmail })
            .AddSingleton<EmailMatch>()
            .AddSingleton<IIdentityResolver, IdentityResolver>()
            .AddSingleton(new OperationCatalog([]))
            .AddSingleton(new RunbookCatalog([], []))
            .AddSingleton(new ApprovalPolicy(1, []) { HandOffGroup = "it-approvers", SecurityGroup = "security" })
            .AddSingleton<Committer>()
            .AddNothingToProve()
            .AddSingleton<Eligibility>()
            .AddFirstLook()
            .AddSingleton<RequestCards>()
            .AddSingleton<GroupCards>()
            .AddSingleton<LiveCards>()
            .AddSingleton<SharedCards>()
            .AddSingleton<RunProgress>()
            .AddSingleton<RequestTimeline>()
            .AddSingleton<RequestDesk>()
            .AddSingleton<Reach>()
            .AddNoHandOffs()
            .AddSingleton<ApprovalQueue>()
            .AddSingleton<IPickupStore, NoPickups>()
            .AddChannels(new(builder.Configuration.GetSection("Channels"), PublicUrl, IsDevelopment: true));
        var app = builder.Build();
        app.MapChannels();
        await app.StartAsync();
        slack.Bot = new(app.Urls.Single() + "/");
        slack.Settled = app.Services.GetRequiredService<Errands>().WhenIdleAsync;
        return new(app, slack, time);
    }

    /// <summary>The bot says something in somebody's direct conversation.</summary>
    public Task<MessageReference> SaysAsync(Reply reply, string to = "U0ALICE") => SaysIn($"{FakeSlack.Team}/{to}", reply);

    public Task<MessageReference> SaysIn(string place, Reply reply) =>
        Channel.SendAsync(new(Id.New(Time), new("slack", place), reply), TestContext.Current.CancellationToken);

    /// <summary>A request of Alice's that waits for Omar.</summary>
    public (ServiceRequest Request, Approval Approval) Waiting(string id = "r1", string title = "Unlock alice in Directory", string? words = null)
    {
        var alice = SlackPeople.IdOf("alice");
        var target = new PlanTarget("account", "D1", "alice", "Directory", alice);
        var plan = new Plan("account_locked", 1, 1, [new PlanStep("account.unlock", new(), target)]);
        var request = new ServiceRequest(id, "IT-" + id.ToUpperInvariant(), alice, "Alice", new("slack", $"{FakeSlack.Team}/U0ALICE"), "account_locked", title)
        {
            OpenedAt = Time.GetUtcNow(),
            UpdatedAt = Time.GetUtcNow(),
            Version = 1,
            Status = RequestStatus.AwaitingApproval,
            Plan = plan,
            Digest = PlanDigest.Of(plan),
            Words = words ?? "im locked out",
            Assurance = "signed in to Slack",
            Previews = [new(target, [new("State", "locked since 10:32", "unlocked")]) { PlainState = "It is locked." }],
        };
        var approval = new Approval("a-" + id, id, ApprovalPurpose.Change, request.Digest)
        {
            Version = 1,
            Requester = alice,
            Targets = [alice],
            Groups = ["it-approvers"],
            AskedAt = Time.GetUtcNow(),
            ExpiresAt = Time.GetUtcNow().AddHours(4),
        };
        Memory.Requests.Add(request);
        Memory.Approvals.Add(approval);
        return (request, approval);
    }

    public Card CardOf(ServiceRequest request, Approval approval) => Services.GetRequiredService<RequestCards>().ForApprover(request, approval, []);

    /// <summary>What Core tells its observers once a turn was worked on.</summary>
    public void TurnWasHandled(string id)
    {
        foreach (var observer in Services.GetServices<ICommitObserver>())
            observer.Committed(new Commit().Add(new TurnHandled(id)));
    }

    public async ValueTask DisposeAsync()
    {
        await Slack.DisposeAsync();
        await _app.DisposeAsync();
    }
}
