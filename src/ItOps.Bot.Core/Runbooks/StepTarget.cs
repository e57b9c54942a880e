namespace ItOps.Bot.Runbooks;

/// <summary>
/// Where a step's script or command runs. As written: <c>device</c> is the person's own computer, <c>bot-host</c> the machine of the bot, and
/// <c>{name}</c> the host that a parameter names.
/// </summary>
public sealed record StepTarget(StepTargetKind Kind, string? Parameter = null)
{
    public static readonly StepTarget Device = new(StepTargetKind.Device);

    public static readonly StepTarget BotHost = new(StepTargetKind.BotHost);

    /// <summary>None when it is neither.</summary>
    public static StepTarget? Parse(string text) => text switch
    {
        "device" => Device,
        "bot-host" => BotHost,
        _ => ArgumentValue.Parse(text) is ArgumentValue.Reference reference ? new(StepTargetKind.Named, reference.Name) : null,
    };
}

public enum StepTargetKind { Device, BotHost, Named }
