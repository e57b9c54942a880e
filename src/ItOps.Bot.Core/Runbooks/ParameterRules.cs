namespace ItOps.Bot.Runbooks;

/// <summary>What every parameter must fit.</summary>
internal static class ParameterRules
{
    public static void Check(Runbook runbook, Action<string, string> report)
    {
        var used = UsedNames(runbook);
        for (var i = 0; i < runbook.Parameters.Count; i++)
        {
            var parameter = runbook.Parameters[i];
            var path = $"parameters[{i}]";

            if (runbook.Parameters.Take(i).Any(p => p.Name == parameter.Name))
                report(path, $"the parameter '{parameter.Name}' is there twice; rename or remove one");

            if (parameter.Required && !used.Contains(parameter.Name) && !IsUsedByItsKind(runbook, parameter))
            {
                report(path, $"the parameter '{parameter.Name}' is asked for and never used; refer to it as \"{{{parameter.Name}}}\" in a step, "
                    + "write 'required: false' when it is only good to know, or remove it");
            }

            if (parameter.Kind == ParameterKind.Choice && parameter.Options.Count < 2)
                report(path, $"the choice '{parameter.Name}' has {parameter.Options.Count} options; give at least two");

            if (parameter.Kind == ParameterKind.Group && parameter.Resource is null)
                report(path, $"the group '{parameter.Name}' does not say what it gives access to; add 'resource:', such as 'shared-drive'");

            if (parameter.SameSystemAs is { } other && runbook.Parameter(other) is null)
                report($"{path}.sameSystemAs", $"there is no parameter '{other}'{Nearest.Hint(other, runbook.Parameters.Select(p => p.Name))}");
        }
    }

    private static HashSet<string> UsedNames(Runbook runbook)
    {
        var values = runbook.Steps.SelectMany(step => step switch
        {
            RunStep run => run.Arguments.Values,
            ScriptStep script => script.Arguments.Values,
            DiagnoseStep diagnose => diagnose.Arguments.Values,
            CommandsStep commands => commands.Lines.SelectMany(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)),
            _ => [],
        });
        var targets = runbook.Steps.Select(step => step switch
        {
            ScriptStep script => script.Target.Parameter,
            DiagnoseStep diagnose => diagnose.Target.Parameter,
            CommandsStep commands => commands.Target.Parameter,
            _ => null,
        });
        var wanted = runbook.Steps.OfType<HandOffStep>().SelectMany(h => h.Template).Select(line => line.Name);
        return [.. values.Select(ArgumentValue.Parse).OfType<ArgumentValue.Reference>().Select(r => r.Name), .. targets.OfType<string>(), .. wanted];
    }

    /// <summary>The person says whose account it is, the permission which group of a resource, the platform which steps: all are used without a reference.</summary>
    private static bool IsUsedByItsKind(Runbook runbook, RunbookParameter parameter) => parameter.Kind switch
    {
        ParameterKind.Person => runbook.Parameters.Any(p => p.Kind == ParameterKind.Account),
        ParameterKind.Choice => parameter.Slot == "permission" && runbook.Parameters.Any(p => p.Kind == ParameterKind.Group),
        ParameterKind.Platform => runbook.Steps.Any(s => s.On.Count > 0),
        _ => false,
    };
}
