using System.Text;
using ItOps.Bot.Plans;
using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Executors.Hosts;

/// <summary>
/// The hosts that the operator set up, and the bot's own. A host with an owner is for its owner's requests alone; one without is for everybody's. What a person
/// wrote is compared with the names, and goes nowhere else.
/// </summary>
internal sealed class HostCatalog(BotHost botHost, IEnumerable<Host> connected, HostOptions options)
{
    private readonly IReadOnlyList<Host> _connected = [.. connected];

    public Result<Host> Find(StepArguments arguments)
    {
        if (TargetPlace.Read(arguments) is not { } place)
            return new Problem(ProblemCode.InvalidArguments, "The step does not say where it runs.");
        if (place.Kind == StepTargetKind.BotHost)
            return botHost;

        // Nobody's computer is somebody's only when they name it.
        var theirs = _connected.Where(h => h.Target.Owner is { } owner ? owner == place.Person : place.Name is not null);
        var meant = place.Name is { } name ? theirs.Where(h => IsCalled(h, name)).ToList() : place.Kind == StepTargetKind.Device ? [.. theirs] : [];
        if (meant is [var host])
            return host;
        if (place.Kind == StepTargetKind.Device && options.DeviceIsBotHost)
            return botHost;
        return new Problem(ProblemCode.NotOffered, place.Name is null
            ? $"{meant.Count} computers of {place.Person} are set up, and one is needed."
            : $"No host is set up under that name for {place.Person}.");
    }

    private static bool IsCalled(Host host, string name) => Ascii.IsValid(name) && Ascii.EqualsIgnoreCase(host.Name, name);
}
