using ItOps.Bot.Execution;
using ItOps.Bot.People;
using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Plans;

/// <summary>
/// Where something runs, as arguments of a step: which kind of place, whose computer, and the name that was given for it. A name is only ever compared with the
/// hosts that the operator set up.
/// </summary>
public sealed record TargetPlace(StepTargetKind Kind, PersonId Person, string? Name)
{
    private const string KindArgument = "target";
    private const string PersonArgument = "person";
    private const string NameArgument = "host";

    /// <summary>For the descriptor of an operation that runs somewhere.</summary>
    public static readonly IReadOnlyList<OperationArgument> Described =
    [
        new(KindArgument, ArgumentKind.Text, "Where it runs: device, bot-host or named"),
        new(PersonArgument, ArgumentKind.Text, "Whose computer the device is"),
        new(NameArgument, ArgumentKind.Text, "The name of the host or device, as the operator set it up", Required: false),
    ];

    public static IEnumerable<KeyValuePair<string, string>> Arguments(
        Runbook runbook, StepTarget target, IReadOnlyDictionary<string, ParameterValue> values, PersonId requester)
    {
        var parameter = target.Parameter ?? (target.Kind == StepTargetKind.Device ? runbook.Parameters.FirstOrDefault(p => p.Kind == ParameterKind.Device)?.Name : null);
        yield return new(KindArgument, target.Kind switch { StepTargetKind.Device => "device", StepTargetKind.BotHost => "bot-host", _ => "named" });
        yield return new(PersonArgument, requester.Value);
        if (parameter is not null && values.GetValueOrDefault(parameter)?.Value is { } name)
            yield return new(NameArgument, name);
    }

    /// <summary>None when the arguments name no place.</summary>
    public static TargetPlace? Read(StepArguments arguments)
    {
        StepTargetKind? kind = arguments.GetValueOrDefault(KindArgument) switch
        {
            "device" => StepTargetKind.Device,
            "bot-host" => StepTargetKind.BotHost,
            "named" => StepTargetKind.Named,
            _ => null,
        };
        return kind is { } known && arguments.GetValueOrDefault(PersonArgument) is { } person ? new(known, new(person), arguments.GetValueOrDefault(NameArgument)) : null;
    }
}
