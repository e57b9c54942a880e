using ItOps.Bot.Accounts;
using ItOps.Bot.Approvals;
using ItOps.Bot.Auditing;
using ItOps.Bot.Commits;
using ItOps.Bot.Conversations;
using ItOps.Bot.Execution;
using ItOps.Bot.Notices;
using ItOps.Bot.People;
using ItOps.Bot.Replies;
using ItOps.Bot.Requests;
using ItOps.Bot.Runbooks;
using ItOps.Bot.Runbooks.Library;
using ItOps.Bot.Secrets;
using ItOps.Bot.Testing.Assurance;
using ItOps.Bot.Testing.HandOffs;
using ItOps.Bot.Testing.People;
using ItOps.Bot.Turns;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ItOps.Bot.Console.Tests.Hosting;

/// <summary>The console on a real server on loopback, over Core's own approvals, requests and secrets and stores in memory.</summary>
internal sealed class ConsoleHost : IAsyncDisposable
{
    public static readonly ApprovalPolicy Policy = new(1, []) { HandOffGroup = "it-approvers", SecurityGroup = "security" };

    private readonly WebApplication _app;

    private ConsoleHost(WebApplication app) => _app = app;

    public Memory Memory => _app.Services.GetRequiredService<Memory>();

    public IServiceProvider Services => _app.Services;

    public Uri Address => new(_app.Urls.Single());

    public static Task<ConsoleHost> StartAsync(bool sandboxSignIn = true, Action<IServiceCollection>? also = null) => StartAsync(new ConsoleOptions(sandboxSignIn), also);

    /// <param name="port">0: any that is free.</param>
    public static async Task<ConsoleHost> StartAsync(ConsoleOptions options, Action<IServiceCollection>? also = null, int port = 0)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        builder.Logging.ClearProviders();
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        builder.Services.AddConsole(options);
        builder.Services
            .AddSingleton(TimeProvider.System)
            .AddSingleton<Memory>()
            .AddSingleton<ICommitStore>(p => p.GetRequiredService<Memory>())
            .AddSingleton<IApprovalStore>(p => p.GetRequiredService<Memory>())
            .AddSingleton<IRequestStore>(p => p.GetRequiredService<Memory>())
            .AddSingleton<IAuditLog>(p => p.GetRequiredService<Memory>())
            .AddSingleton<ITranscript>(p => p.GetRequiredService<Memory>())
            .AddSingleton<ISecretStore>(p => p.GetRequiredService<Memory>())
            .AddSingleton<IPickupStore>(p => p.GetRequiredService<Memory>())
            .AddSingleton<IConversationStore>(p => p.GetRequiredService<Memory>())
            .AddSingleton<ITurnIntake>(p => p.GetRequiredService<Memory>())
            .AddSingleton<IPersonDirectory, People>()
            .AddSingleton(new IdentityOptions())
            .AddSingleton<EmailMatch>()
            .AddSingleton<IIdentityResolver, IdentityResolver>()
            .AddSingleton<ISecretProtector, PlainProtector>()
            .AddSingleton<IPracticeSignIn, Practice>()
            .AddSingleton<AccountDirectories>()
            .AddSingleton<AccountOwners>()
            .AddSingleton<BindingConflicts>()
            .AddSingleton<PeopleRegister>()
            .AddSingleton<ApproverInsights>()
            .AddSingleton(new OperationCatalog([]))
            .AddSingleton(new RunbookCatalog([], []))
            .AddSingleton(new RunbookOptions())
            .AddSingleton(Policy)
            .AddSingleton<Committer>()
            .AddSingleton<CommitFeed>()
            .AddSingleton<ICommitObserver>(p => p.GetRequiredService<CommitFeed>())
            .AddNothingToProve()
            .AddSingleton<Eligibility>()
            .AddFirstLook()
            .AddSingleton<Reach>()
            .AddSingleton<RequestCards>()
            .AddSingleton<GroupCards>()
            .AddSingleton<LiveCards>()
            .AddSingleton<RunProgress>()
            .AddSingleton<RequestTimeline>()
            .AddSingleton<RequestDesk>()
            .AddNoHandOffs()
            .AddSingleton<HandOffDesk>()
            .AddSingleton<ApprovalDesk>()
            .AddSingleton<ApprovalBundles>()
            .AddSingleton<ApprovalPosts>()
            .AddSingleton<IDecisionStore>(p => p.GetRequiredService<Memory>())
            .AddSingleton<DecisionRecords>()
            .AddSingleton<ApprovalDecisions>()
            .AddSingleton<ApprovalClock>()
            .AddSingleton<ApprovalService>()
            .AddSingleton<SharedCards>()
            .AddSingleton<ApprovalQueue>()
            .AddSingleton<BundlePresses>()
            .AddSingleton<SecretLinks>()
            .AddSingleton<PickupPosts>()
            .AddSingleton<Pickups>()
            .AddSingleton<PickupAnswers>()
            .AddSingleton<Presses>()
            .AddSingleton<ReportPosts>()
            .AddSingleton<ReportPlans>()
            .AddSingleton<ReportDesk>()
            .AddSingleton<ReportLinks>();
        also?.Invoke(builder.Services);
        var app = builder.Build();
        app.MapConsole();
        await app.StartAsync();
        return new(app);
    }

    public Browser Open() => new(Address);

    public async Task<Browser> SignInAsync(string name)
    {
        var browser = Open();
        await browser.SignInAsync(name);
        return browser;
    }

    public Task StopAsync() => _app.StopAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private sealed class PlainProtector : ISecretProtector
    {
        public string Protect(string purpose, string plaintext) => plaintext;

        public string Unprotect(string purpose, string ciphertext) => ciphertext;
    }

    private sealed class Practice : IPracticeSignIn
    {
        public Task<PracticeOutcome> TryAsync(string system, string accountName, Secret<string> password, CancellationToken cancellationToken) =>
            Task.FromResult(password.Reveal() == "right" ? PracticeOutcome.Right : PracticeOutcome.Wrong);
    }
}
