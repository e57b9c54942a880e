using ItOps.Bot.Accounts;
using ItOps.Bot.Approvals;
using ItOps.Bot.Conversations;
using ItOps.Bot.Execution;
using ItOps.Bot.Host.Composition;
using ItOps.Bot.People;
using ItOps.Bot.Replies;
using ItOps.Bot.Requests;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Host.Drill;

/// <summary>
/// The whole bot on a database of its own that is thrown away, with the sandbox's people and the installation's own runbooks and policies. Whoever plays on it
/// speaks as an authenticated envelope would let them, through the console, Slack or Teams.
/// </summary>
internal sealed class DrillStage : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("itops-drill-").FullName;
    private readonly IHost _host;

    private DrillStage(string[] settings)
    {
        var builder = PracticeHost.Builder(settings, _folder);
        builder.Services.AddBot(BotComposition.Settings(builder), builder.Configuration);
        builder.Services.AddSingleton<TimeProvider>(Clock);
        foreach (var channel in (string[])["slack", "teams"])
            builder.Services.AddSingleton<IChannel>(provider => ActivatorUtilities.CreateInstance<DrillChannel>(provider, channel));
        DrillPeople.Wrap(builder.Services);
        _host = builder.Build();
    }

    public DrillClock Clock { get; } = new();

    public IServiceProvider Services => _host.Services;

    /// <summary>Changes who is bound to what, as somebody with rights in the directory could.</summary>
    public DrillPeople People => (DrillPeople)Services.GetRequiredService<IPersonDirectory>();

    public static async Task<DrillStage> StartAsync(string[] settings, CancellationToken cancellationToken)
    {
        var stage = new DrillStage(settings);
        await stage._host.StartAsync(cancellationToken);
        return stage;
    }

    public DrillActor As(string person, string channel = "console") => new(this, person, channel);

    public async Task<IReadOnlyList<Approval>> PendingAsync(ApprovalPurpose purpose = ApprovalPurpose.Change) =>
        [.. (await Services.GetRequiredService<IApprovalStore>().PendingAsync(CancellationToken.None)).Where(a => a.Purpose == purpose)];

    public async Task<int> EffectsAsync() => (await Services.GetRequiredService<ISandboxState>().EffectsAsync(CancellationToken.None)).Count;

    public Task<IReadOnlyList<ServiceRequest>> RequestsAsync() => Services.GetRequiredService<IRequestStore>().RecentAsync(20, CancellationToken.None);

    public async Task NobodyIsAskedToApproveAsync()
    {
        if (await PendingAsync() is [var open, ..])
            throw new BreachException($"approvers were asked about {string.Join(", ", open.Targets)}");
    }

    public async Task<PersonId> IdOfAsync(string signInName) =>
        (await Services.GetRequiredService<IPersonDirectory>().FindByNameAsync(signInName, CancellationToken.None))[0].Id;

    /// <summary>The one that is open; without it there is nothing to try, and a drill that tried nothing has not held.</summary>
    public async Task<Approval> OpenAsync(ApprovalPurpose purpose = ApprovalPurpose.Change) =>
        await PendingAsync(purpose) is [var open, ..] ? open : throw new BreachException($"nothing is open ({purpose}), so it could not be tried");

    public static void Holds(bool condition, string otherwise)
    {
        if (!condition)
            throw new BreachException(otherwise);
    }

    /// <summary>Waits until turns, runs and messages follow from each other no more.</summary>
    public async Task SettleAsync()
    {
        var turns = Services.GetRequiredService<TurnPump>();
        var runs = Services.GetRequiredService<RunDispatcher>();
        var outbox = Services.GetRequiredService<OutboxSender>();
        do
        {
            await turns.WhenIdleAsync();
            await runs.WhenIdleAsync();
            await outbox.WhenIdleAsync();
        }
        while (!(turns.WhenIdleAsync().IsCompleted && runs.WhenIdleAsync().IsCompleted && outbox.WhenIdleAsync().IsCompleted));
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        if (_host is IAsyncDisposable disposable)
            await disposable.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}

/// <summary>The time, moved on by hand.</summary>
internal sealed class DrillClock : TimeProvider
{
    private TimeSpan _ahead;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + _ahead;

    public void Advance(TimeSpan time) => _ahead += time;
}

/// <summary>A chat platform that only keeps what the bot says.</summary>
internal sealed class DrillChannel(string name, ITranscript transcript, IPersonDirectory people, TimeProvider time) : IChannel
{
    public string Name => name;

    public async Task<MessageReference> SendAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        await transcript.PostAsync(new(delivery.Id, delivery.To, time.GetUtcNow(), null, delivery.Reply), cancellationToken);
        return new(delivery.To, delivery.Id);
    }

    public Task UpdateAsync(MessageReference message, Reply reply, CancellationToken cancellationToken) =>
        transcript.UpdateAsync(message.Conversation, message.MessageId, reply, cancellationToken);

    public async Task<ConversationId?> DirectConversationAsync(PersonId person, CancellationToken cancellationToken) =>
        (await people.IdentitiesOfAsync(person, cancellationToken)).FirstOrDefault(i => i.Channel == name) is { } identity ? new(name, identity.User) : null;
}
