using ItOps.Bot.Approvals;
using ItOps.Bot.Auditing;
using ItOps.Bot.Channels.Teams;
using ItOps.Bot.Commits;
using ItOps.Bot.Conversations;
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
using ItOps.Bot.Testing.Teams;
using ItOps.Bot.Testing.Time;
using ItOps.Bot.Turns;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ItOps.Bot.Channels.Tests.Teams.Setup;

/// <summary>The Teams channel as it ships, on a real server, between the fake connector and stores in memory. Nobody answers but the test.</summary>
internal sealed class TeamsHost : IAsyncDisposable
{
    public const string ApproversPlace = "19:approvers@thread.tacv2";

    private readonly WebApplication _app;
    private readonly HttpClient _http;

    private TeamsHost(WebApplication app, FakeBotConnector teams, FakeTimeProvider time)
    {
        (_app, Teams, Time) = (app, teams, time);
        _http = new() { BaseAddress = new Uri(app.Urls.Single() + "/") };
        teams.Connect(_http, SettleAsync);
    }

    public HttpClient Http => _http;

    public FakeBotConnector Teams { get; }

    public FakeTimeProvider Time { get; }

    public TeamsStore Store => _app.Services.GetRequiredService<TeamsStore>();

    public Staff Staff => _app.Services.GetRequiredService<Staff>();

    public IChannel Channel => _app.Services.GetRequiredService<IChannel>();

    public IChannelProfiles Profiles => _app.Services.GetRequiredService<IChannelProfiles>();

    public ISelfCheck SelfCheck => _app.Services.GetRequiredService<ISelfCheck>();

    /// <summary>What could not be delivered by itself.</summary>
    public List<DeliveryException> Undelivered { get; } = [];

    public TeamsUser Alice => Teams.User("alice", Staff.Alice);

    public TeamsUser Omar => Teams.User("omar", Staff.Omar);

    public TeamsUser Sam => Teams.User("sam", Staff.Sam);

    public TeamsUser Stranger => Teams.User("stranger", Staff.Stranger);

    public static ConversationId ChatOf(string aadObjectId) => new("teams", $"{FakeBotConnector.Tenant}/{aadObjectId}");

    public static ConversationId PlaceOf(string conversation) => new("teams", $"{FakeBotConnector.Tenant}/{conversation}");

    public static async Task<TeamsHost> StartAsync(Dictionary<string, string?>? settings = null)
    {
        var time = new FakeTimeProvider { ShortWait = TimeSpan.FromSeconds(20) };
        var teams = await FakeBotConnector.StartAsync(time);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services
            .AddSingleton<TimeProvider>(time)
            .AddSingleton<TeamsStore>()
            .AddSingleton<ICommitStore>(p => p.GetRequiredService<TeamsStore>())
            .AddSingleton<ITurnIntake>(p => p.GetRequiredService<TeamsStore>())
            .AddSingleton<IRouteStore>(p => p.GetRequiredService<TeamsStore>())
            .AddSingleton<IApprovalStore>(p => p.GetRequiredService<TeamsStore>())
            .AddSingleton<IRequestStore>(p => p.GetRequiredService<TeamsStore>())
            .AddSingleton<IAuditLog>(p => p.GetRequiredService<TeamsStore>())
            .AddSingleton<Staff>()
            .AddSingleton<IPersonDirectory>(p => p.GetRequiredService<Staff>())
            .AddSingleton(new IdentityOptions())
            .AddSingleton<EmailMatch>()
            .AddSingleton<IIdentityResolver, IdentityResolver>()
            .AddSingleton(new OperationCatalog([]))
            .AddSingleton(new RunbookCatalog([], []))
            .AddSingleton(new ApprovalPolicy(1, []) { HandOffGroup = "it-approvers", SecurityGroup = "security" })
            .AddSingleton<Committer>().AddSingleton<Refusals>().AddNothingToProve()
            .AddSingleton<Eligibility>().AddFirstLook().AddSingleton<RequestCards>().AddSingleton<GroupCards>().AddSingleton<LiveCards>().AddSingleton<SharedCards>().AddSingleton<RunProgress>()
            .AddSingleton<RequestTimeline>().AddSingleton<RequestDesk>().AddSingleton<Reach>().AddNoHandOffs().AddSingleton<ApprovalQueue>().AddSingleton<IPickupStore, NoPickups>();
        TeamsModule.Register(builder.Services, Options(teams, settings ?? []));
        var app = builder.Build();
        new TeamsModule().Map(app);
        await app.StartAsync();
        return new(app, teams, time);
    }

    /// <summary>The settings of the fake, changed by <paramref name="settings"/>; an empty value takes one away.</summary>
    public static TeamsOptions Options(FakeBotConnector teams, Dictionary<string, string?> settings, bool isDevelopment = true)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(teams.Settings)
            .AddInMemoryCollection(settings.ToDictionary(s => "Channels:Teams:" + s.Key, s => s.Value)).Build();
        return TeamsOptions.From(new(configuration.GetSection("Channels:Teams"), new(configuration.GetSection("Channels"), new("https://itops.example.com/"), isDevelopment)));
    }

    /// <summary>Says something to somebody who was met before.</summary>
    public Task<MessageReference> SayAsync(TeamsUser to, Reply reply) => SayAsync(ChatOf(to.AadObjectId), reply);

    public Task<MessageReference> SayAsync(ConversationId to, Reply reply) => Channel.SendAsync(new(Id.New(Time), to, reply), TestContext.Current.CancellationToken);

    /// <summary>A request of Alice that waits for somebody of it-approvers, and its card.</summary>
    public Card AsksForApproval(string title = "Unlock alice")
    {
        var now = Time.GetUtcNow();
        Store.Request = new("r-1", "IT-7K2QD", Staff.IdOf("alice"), "Alice", ChatOf(Staff.Alice), "account_locked", title)
        {
            OpenedAt = now,
            UpdatedAt = now,
            Version = 1,
            Status = RequestStatus.AwaitingApproval,
            Words = "cant log in",
            Previews = [new(new("account", "D2001", "alice", "directory", Staff.IdOf("alice")), [new("State", "locked", "unlocked")]) { PlainState = "It is locked." }],
        };
        Store.Approval = new("a-1", "r-1", ApprovalPurpose.Change, "digest") { Version = 1, Requester = Staff.IdOf("alice"), Targets = [Staff.IdOf("alice")], Groups = ["it-approvers"], AskedAt = now, ExpiresAt = now.AddHours(4) };
        return _app.Services.GetRequiredService<RequestCards>().ForApprover(Store.Request, Store.Approval, []);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Teams.DisposeAsync();
        await _app.StopAsync(TestContext.Current.CancellationToken);
        await _app.DisposeAsync();
    }

    private async Task SettleAsync()
    {
        foreach (var message in Store.TakeMessages())
        {
            try
            {
                await Channel.SendAsync(new(message.Id, message.To, message.Reply), TestContext.Current.CancellationToken);
            }
            catch (DeliveryException e)
            {
                Undelivered.Add(e);
            }
        }
    }
}
