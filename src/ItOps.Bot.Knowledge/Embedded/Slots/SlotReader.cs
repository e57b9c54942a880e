using ItOps.Bot.Knowledge.Embedded.Language;
using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Knowledge.Embedded.Slots;

/// <summary>Reads the slots that a runbook's parameters name, by patterns that know nothing of any organisation.</summary>
public sealed class SlotReader : ISlotReader
{
    // What is asked for stands at the beginning; the rest of a pasted log is not worth the time that patterns take.
    private const int MostLetters = 4_000;

    public IReadOnlyDictionary<string, IReadOnlyList<string>> Read(Runbook runbook, string text)
    {
        var words = new SlotText(Boilerplate.WithoutGreeting(text.Length > MostLetters ? text[..MostLetters] : text));
        var slots = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var parameter in runbook.Parameters.Where(p => p.Slot is not null && !slots.ContainsKey(p.Slot)))
        {
            var values = Values(runbook, parameter, words).ToList();
            if (parameter.Slot == "user" && PersonSlot.IsUnreadable(words))
                slots[parameter.Slot] = [];
            else if (values.Count > 0)
                slots[parameter.Slot!] = values;
        }

        return slots;
    }

    /// <summary>Names of the slots that can be read; a parameter that names another one is always asked for.</summary>
    public static readonly IReadOnlyList<string> Known =
        ["user", "system", "project", "permission", "duration", "drive", "device", "software", "printer", "monitor", "error_code", "location", "network", "platform", "host", "bucket", "database"];

    private static IEnumerable<string> Values(Runbook runbook, RunbookParameter parameter, SlotText text) => parameter.Slot switch
    {
        "user" => PersonSlot.Read(text),
        "system" => AccessSlots.System(text),
        "project" => AccessSlots.Project(text),
        "permission" => AccessSlots.Permission(text, parameter),
        "duration" => TimeSlot.Read(text, pastToo: runbook.Parameters.All(p => p.Kind != ParameterKind.Group)),
        "drive" => AccessSlots.Drive(text),
        "device" => ThingSlots.Device(text, Asks(runbook, "project"), Asks(runbook, "printer")),
        "software" => SoftwareSlot.Read(text),
        "printer" => ThingSlots.Printer(text),
        "monitor" => ThingSlots.Monitor(text),
        "error_code" => ThingSlots.ErrorCode(text),
        "location" => ThingSlots.Location(text),
        "network" => ThingSlots.Network(text),
        "platform" => PlatformSlot.Read(text),
        "host" => CloudSlots.Host(text),
        "bucket" => CloudSlots.Bucket(text),
        "database" => CloudSlots.Database(text),
        _ => [],
    };

    private static bool Asks(Runbook runbook, string slot) => runbook.Parameters.Any(p => p.Slot == slot);
}
