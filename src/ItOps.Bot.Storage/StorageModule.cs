using ItOps.Bot.Accounts;
using ItOps.Bot.Approvals;
using ItOps.Bot.Assurance;
using ItOps.Bot.Auditing;
using ItOps.Bot.Commits;
using ItOps.Bot.Conversations;
using ItOps.Bot.Execution;
using ItOps.Bot.HandOffs;
using ItOps.Bot.People;
using ItOps.Bot.Replies;
using ItOps.Bot.Requests;
using ItOps.Bot.Runbooks.Library;
using ItOps.Bot.Secrets;
using ItOps.Bot.Storage.Json;
using ItOps.Bot.Storage.Reading;
using ItOps.Bot.Storage.Sqlite;
using ItOps.Bot.Storage.Timers;
using ItOps.Bot.Storage.Writing;
using ItOps.Bot.Turns;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ItOps.Bot.Storage;

public static class StorageModule
{
    /// <summary>
    /// Adds every store. Needs an <see cref="ISecretProtector"/> and logging; works in a host and in a plain command alike, whose first use opens
    /// (and makes) the database.
    /// </summary>
    /// <exception cref="SettingException">A setting is wrong; the message names its key.</exception>
    public static IServiceCollection AddStorage(this IServiceCollection services, StorageOptions options)
    {
        AddProvider(services, options);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<Database>();
        services.AddSingleton<StoredJson>();
        services.AddSingleton<Bodies>();

        services.AddSingleton<ChangeTranslation>();
        services.AddSingleton<TransactionWriter>();
        services.AddSingleton<CommitWriter>();
        services.AddSingleton<ICommitStore>(s => s.GetRequiredService<CommitWriter>());

        services.AddSingleton<IConversationStore, ConversationStore>();
        services.AddSingleton<IRouteStore, RouteStore>();
        services.AddSingleton<IRequestStore, RequestStore>();
        services.AddSingleton<IApprovalStore, ApprovalStore>();
        services.AddSingleton<IHandOffStore, HandOffStore>();
        services.AddSingleton<IOutbox, Outbox>();
        services.AddSingleton<ITurnInbox, TurnInbox>();
        services.AddSingleton<ISecretStore, SecretStore>();
        services.AddSingleton<IPickupStore, PickupStore>();
        services.AddSingleton<IAuditLog, AuditLog>();
        services.AddSingleton<ITargetHistory, TargetHistory>();
        services.AddSingleton<ITranscript, Transcript>();
        services.AddSingleton<IDecisionStore, DecisionStore>();
        services.AddSingleton<IContactStore, ContactStore>();
        services.AddSingleton<IRunbookStore, RunbookStore>();
        services.AddSingleton<ISandboxState, SandboxState>();
        services.AddSingleton<IStoreHealth, StoreHealth>();
        services.AddHostedService<DatabaseStart>();

        services.AddSingleton<TimerScheduler>();
        services.AddSingleton<QuartzTimers>();
        services.AddSingleton<ITimers>(s => s.GetRequiredService<QuartzTimers>());
        services.AddHostedService(s => s.GetRequiredService<QuartzTimers>());
        return services;
    }

    private static void AddProvider(IServiceCollection services, StorageOptions options)
    {
        switch (options.Provider)
        {
            case "sqlite":
                services.AddSingleton<IDatabaseProvider>(new SqliteProvider(options));
                break;
            default:
                throw new SettingException($"Storage:Provider is '{options.Provider}'; known is: sqlite.");
        }
    }
}
