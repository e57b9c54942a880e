using ItOps.Bot.Agents;
using ItOps.Bot.Approvals;
using ItOps.Bot.Assurance;
using ItOps.Bot.Commits;
using ItOps.Bot.Dialogs;
using ItOps.Bot.Execution;
using ItOps.Bot.HandOffs;
using ItOps.Bot.Notices;
using ItOps.Bot.People;
using ItOps.Bot.Plans;
using ItOps.Bot.Replies;
using ItOps.Bot.Requests;
using ItOps.Bot.Runbooks.Library;
using ItOps.Bot.Secrets;
using ItOps.Bot.Tickets;
using ItOps.Bot.Turns;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ItOps.Bot;

/// <summary>Everything of Core that is the same in every installation. Stores, channels, executors and knowledge are added by their own modules.</summary>
public static class CoreModule
{
    public static IServiceCollection AddCore(this IServiceCollection services) => services
        .AddSingleton(TimeProvider.System)
        .AddCommits()
        .AddRunbooks()
        .AddTurns()
        .AddRequests();

    private static IServiceCollection AddRunbooks(this IServiceCollection services) => services
        .AddSingleton<RunbookIntake>()
        .AddSingleton<LiveRunbooks>()
        .AddSingleton<RunbookChecks>()
        .AddSingleton<RunbookAuthors>()
        .AddSingleton<RunbookDrafts>()
        .AddSingleton<RunbookDecisions>()
        .AddSingleton<RunbookTransfer>()
        .AddSingleton<RunbookLibrary>()
        .AddHostedService(p => p.GetRequiredService<LiveRunbooks>());

    private static IServiceCollection AddCommits(this IServiceCollection services) => services
        .AddSingleton<Committer>()
        .AddSingleton<CommitFeed>()
        .AddSingleton<ICommitObserver>(p => p.GetRequiredService<CommitFeed>())
        .AddWorker<TurnPump>()
        .AddWorker<OutboxSender>()
        .AddWorker<RunDispatcher>()
        .AddSingleton<TicketTexts>()
        .AddSingleton<TicketSync>()
        .AddWorker<TicketDispatcher>()
        .AddSingleton<ITimerHandler>(p => p.GetRequiredService<TicketDispatcher>())
        .AddSingleton<ApprovalTimers>()
        .AddSingleton<ICommitObserver>(p => p.GetRequiredService<ApprovalTimers>())
        .AddSingleton<ITimerHandler>(p => p.GetRequiredService<ApprovalTimers>())
        .AddSingleton<RunTimer>()
        .AddSingleton<ICommitObserver>(p => p.GetRequiredService<RunTimer>())
        .AddSingleton<ITimerHandler>(p => p.GetRequiredService<RunTimer>())
        .AddSingleton<Sweeper>()
        .AddHostedService(p => p.GetRequiredService<Sweeper>());

    private static IServiceCollection AddTurns(this IServiceCollection services) => services
        .AddSingleton<ITurnIntake>(p => p.GetRequiredService<TurnPump>())
        .AddSingleton<ITurnHandler, TurnHandler>()
        .AddSingleton(new IdentityOptions())
        .AddSingleton<EmailMatch>()
        .AddSingleton<ContactAlerts>()
        .AddSingleton<ContactHistory>()
        .AddSingleton<ContactSweep>()
        .AddSingleton<BindingConflicts>()
        .AddSingleton<PeopleRegister>()
        .AddHostedService(p => p.GetRequiredService<ContactSweep>())
        .AddSingleton<IIdentityResolver, IdentityResolver>()
        .AddSingleton<Interpreter>()
        .AddSingleton<DialogStateMachine>()
        .AddSingleton<AgentSwitch>()
        .AddSingleton<WishReader>()
        .AddSingleton<SpokenReplies>()
        .AddSingleton<DialogRunner>()
        .AddSingleton<PersonReader>()
        .AddSingleton<ParameterResolver>()
        .AddSingleton<StepOperations>()
        .AddSingleton<IPlanner, Planner>();

    private static IServiceCollection AddRequests(this IServiceCollection services) => services
        .AddSingleton<RequestMoves>()
        .AddSingleton<GuideMoves>()
        .AddSingleton<GroupMoves>()
        .AddSingleton<Cancellations>()
        .AddSingleton<StepProposals>()
        .AddSingleton<RequestDrafts>()
        .AddSingleton<RequestNews>()
        .AddSingleton<RequestDesk>()
        .AddSingleton<RunProgress>()
        .AddSingleton<RequestTimeline>()
        .AddSingleton<RequestCards>()
        .AddSingleton<GroupCards>()
        .AddSingleton<LiveCards>()
        .AddSingleton<ILiveReplies>(p => p.GetRequiredService<LiveCards>())
        .AddSingleton<GroupOrder>()
        .AddHandOffs()
        .AddSingleton<HandOffTalk>()
        .AddSingleton<HandOffDesk>()
        .AddSingleton<RunEnds>()
        .AddSingleton<SecondRoutes>()
        .AddSingleton<AssuranceDesk>()
        .AddSingleton<TargetGuard>()
        .AddSingleton<ProofMoves>()
        .AddSingleton<Eligibility>()
        .AddSingleton<Reach>()
        .AddSingleton<ApprovalDesk>()
        .AddSingleton<ApprovalBundles>()
        .AddSingleton<ApprovalPosts>()
        .AddSingleton<DecisionRecords>()
        .AddSingleton<ApproverInsights>()
        .AddSingleton<ApprovalDecisions>()
        .AddSingleton<ApprovalService>()
        .AddSingleton<SharedCards>()
        .AddSingleton<ApprovalQueue>()
        .AddSingleton<ApprovalClock>()
        .AddSingleton<SecretLinks>()
        .AddSingleton<PickupPosts>()
        .AddSingleton<Pickups>()
        .AddSingleton<PickupAnswers>()
        .AddSingleton<BundlePresses>()
        .AddSingleton<Presses>()
        .AddSingleton<ReportPosts>()
        .AddSingleton<ReportPlans>()
        .AddSingleton<ReportDesk>()
        .AddSingleton<ReportLinks>()
        .AddSingleton<Deliveries>()
        .AddSingleton<StepRunner>()
        .AddSingleton<PlanRunner>();

    /// <summary>A worker hears of commits and stops with the host.</summary>
    private static IServiceCollection AddWorker<T>(this IServiceCollection services)
        where T : class, ICommitObserver, IHostedService => services
        .AddSingleton<T>()
        .AddSingleton<ICommitObserver>(p => p.GetRequiredService<T>())
        .AddHostedService(p => p.GetRequiredService<T>());
}
