using ItOps.Bot.Execution;
using ItOps.Bot.Replies;
using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Console.Runbooks;

/// <summary>A message of the bot and the buttons under it.</summary>
internal sealed record RehearsedMessage(string Text, IReadOnlyList<string> Buttons);

/// <summary>What a runbook would say and ask for, without a person, a directory or a run.</summary>
internal static class Rehearsal
{
    private static readonly Words Words = Words.English;

    public static IReadOnlyList<RehearsedMessage> Messages(Runbook runbook, OperationCatalog operations)
    {
        var messages = new List<RehearsedMessage>();
        foreach (var parameter in runbook.Parameters.Where(p => p.Required && p.Kind != ParameterKind.Person))
            messages.Add(new(parameter.Ask, [.. parameter.Options.Select(o => o.Label)]));
        foreach (var step in runbook.Steps)
        {
            messages.Add(step switch
            {
                GuideStep guide => new(Words.GuideStep(guide.Text, guide.Expect), [Words.ThatWorked, Words.ThatDidNotWork, Words.CannotDoThat, Words.TalkToAHuman]),
                PasteStep paste => new(Words.PasteStep(paste.Text, paste.Command), [Words.CannotDoThat, Words.TalkToAHuman]),
                DiagnoseStep diagnose => new(Words.MayICheck(diagnose.Title), [Words.Yes, Words.No]),
                HandOffStep handOff => new($"(A person takes over: {handOff.Reason})", []),
                _ => new($"(Somebody is asked to approve: {TitleOf(step, operations)})", []),
            });
        }

        if (runbook.Steps.Any(s => Changes(s, operations)) && runbook.Done.Length > 0)
            messages.Add(new(Words.DidThatHelp(runbook.Done), [Words.Yes, Words.No]));
        return messages;
    }

    /// <summary>None when nothing is changed, and so nobody is asked.</summary>
    public static Card? CardOf(Runbook runbook, OperationCatalog operations)
    {
        var changes = runbook.Steps.Where(s => Changes(s, operations)).ToList();
        if (changes.Count == 0)
            return null;
        var risks = changes.OfType<RunStep>().Select(s => operations.Find(s.Operation)?.Descriptor.Risk).OfType<CardRisk>().ToList();
        return new(TitleOf(changes[0], operations), CardState.Waiting)
        {
            StateText = "Waiting for IT",
            Facts = [new("Asked by", "the employee"), new("Runbook", $"{runbook.Title} ({runbook.Id}, version {runbook.Version.ToString(System.Globalization.CultureInfo.InvariantCulture)})")],
            Steps = [.. changes.Select(s => TitleOf(s, operations))],
            Risk = risks.Count == 0 ? new(RiskLevel.Medium, "it changes something") : risks.MaxBy(r => r.Level),
        };
    }

    private static bool Changes(RunbookStep step, OperationCatalog operations) => step switch
    {
        ScriptStep or CommandsStep => true,
        RunStep run => operations.Find(run.Operation)?.Descriptor.Effect != OperationEffect.ReadsOnly,
        _ => false,
    };

    private static string TitleOf(RunbookStep step, OperationCatalog operations) => step switch
    {
        ScriptStep script => script.Title,
        CommandsStep commands => commands.Title,
        RunStep run => (operations.Find(run.Operation)?.Descriptor.Title ?? run.Operation)
            .Replace("{target}", "the account", StringComparison.Ordinal).Replace("{system}", "its system", StringComparison.Ordinal),
        _ => "",
    };
}
