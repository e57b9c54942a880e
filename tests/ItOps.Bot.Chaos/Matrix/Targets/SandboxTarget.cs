using System.Diagnostics;

namespace ItOps.Bot.Chaos.Matrix.Targets;

/// <summary>The sandbox, which lives in the bot's own database and so survives the process as that does.</summary>
internal sealed class SandboxTarget : Target
{
    private const string OfAlice = " D2001";

    private static readonly Dictionary<string, Effect> s_effects = new()
    {
        ["reset-password"] = Effect.Reset,
        ["revoke-sessions"] = Effect.SignOut,
        ["unlock"] = Effect.Unlock,
        ["add-member"] = Effect.Join,
        ["remove-member"] = Effect.Leave,
        ["block"] = Effect.Block,
    };

    public override string System => "directory";

    public override bool HoldsAnswers => true;

    public override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>();

    public override string? Key => null;

    public override Task OpenAsync(StoryPlay story) => Task.CompletedTask;

    /// <summary>It is in the process, whose own switch does it.</summary>
    public override void KillAfter(int changes, Process process)
    {
    }

    public override Task<IReadOnlyList<Effect>> EffectsAsync(Recovery recovery) =>
        Task.FromResult<IReadOnlyList<Effect>>([.. recovery.Ledger.Select(line => s_effects[line.Replace(OfAlice, "", StringComparison.Ordinal)])]);

    /// <summary>The restarted process has signed in with it.</summary>
    public override Task<string?> FlawAsync(string password) => Task.FromResult<string?>(null);

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
