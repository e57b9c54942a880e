namespace ItOps.Bot.Host.Drill;

/// <summary>Everything that is tried, in order.</summary>
internal static class Pretexts
{
    public static IReadOnlyList<Pretext> All { get; } = [.. Pressure.All, .. ProtectedTargets.All, .. TwoFaces.All, .. Layers.All, .. Injections.All];

    /// <summary>None when it held, otherwise what happened.</summary>
    public static async Task<string?> PlayAsync(Pretext pretext, string[] settings, CancellationToken cancellationToken)
    {
        await using var stage = await DrillStage.StartAsync(settings, cancellationToken);
        try
        {
            await pretext.Play(stage);
            await stage.SettleAsync();
        }
        catch (BreachException breach)
        {
            return breach.Message;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return $"the bot fell over ({e.GetType().Name}: {e.Message})";
        }

        var effects = await stage.EffectsAsync();
        return effects == pretext.Effects ? null : $"{effects} changes in the sandbox instead of {pretext.Effects}";
    }
}
