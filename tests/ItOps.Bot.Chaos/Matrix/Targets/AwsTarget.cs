using System.Collections.Concurrent;
using System.Diagnostics;
using ItOps.Bot.Chaos.Bots;
using ItOps.Bot.Testing.Aws;

namespace ItOps.Bot.Chaos.Matrix.Targets;

internal sealed class AwsTarget : Target
{
    private const string OldPassword = "An-old-password-1";

    private static readonly Dictionary<string, Effect> s_effects = new()
    {
        ["CreateLoginProfile"] = Effect.Reset,
        ["UpdateLoginProfile"] = Effect.Reset,
        ["UpdateAccessKey"] = Effect.Unlock,
        ["AddUserToGroup"] = Effect.Join,
        ["RemoveUserFromGroup"] = Effect.Leave,
        ["AttachUserPolicy"] = Effect.Block,
    };

    private readonly ConcurrentDictionary<string, bool> _passwords = new();
    private Dictionary<string, string> _settings = [];
    private FakeAws? _aws;

    public override string System => "aws-iam";

    public override bool HoldsAnswers => true;

    public override IReadOnlyDictionary<string, string> Settings => _settings;

    public override string? Key => $"{FakeAws.Account}/alice";

    private FakeAws Aws => _aws!;

    public override async Task OpenAsync(StoryPlay story)
    {
        _aws = await FakeAws.StartAsync(File.ReadAllText(Repository.File("infra/aws/itops-bot-policy.json")));
        _passwords.Clear();
        Aws.Changed = (_, user) =>
        {
            if (user.Password is { } password && password != OldPassword)
                _passwords[password] = true;
        };

        // Locked is who has no password and no key that is on.
        Aws.AddUser("alice", password: story.Wish == Wish.Unlock ? null : OldPassword);
        if (story.Wish == Wish.Unlock)
            Aws.Change("alice", u => u with { Keys = [new("AKIAFAKEALICE0000001", Active: false, TimeProvider.System.GetUtcNow().AddDays(-9))] });
        Aws.AddGroup("finance-rw");
        _settings = new(Aws.Settings())
        {
            ["Executors:AwsIam:Groups:0:Name"] = "finance-rw",
            ["Executors:AwsIam:Groups:0:ResourceType"] = "shared-drive",
            ["Executors:AwsIam:Groups:0:Resource"] = "Finance",
            ["Executors:AwsIam:Groups:0:Permission"] = "write",
            ["Executors:AwsIam:Groups:0:Aliases:0"] = "finance share",
        };
    }

    public override void KillAfter(int changes, Process process) => Aws.BeforeAnswer = Killer(changes, process);

    public override Task<IReadOnlyList<Effect>> EffectsAsync(Recovery recovery) =>
        Task.FromResult<IReadOnlyList<Effect>>([.. Aws.Effects.Select(e => s_effects[e.Action])]);

    public override Task<string?> FlawAsync(string password)
    {
        var alice = Aws.User("alice");
        return Task.FromResult(
            alice.Password != password ? "the password of the link is not in force"
            : !alice.ResetRequired ? "the password need not be changed"
            : _passwords.Count != 1 ? $"{_passwords.Count} passwords were set"
            : null);
    }

    public override async Task CloseAsync()
    {
        if (_aws is not null)
            await _aws.DisposeAsync();
        _aws = null;
    }

    public override async ValueTask DisposeAsync() => await CloseAsync();
}
