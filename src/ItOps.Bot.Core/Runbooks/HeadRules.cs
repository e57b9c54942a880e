namespace ItOps.Bot.Runbooks;

/// <summary>What every runbook must say about itself.</summary>
internal static class HeadRules
{
    private const int TooFewUtterances = 5;

    public static void Check(Runbook runbook, IReadOnlyDictionary<string, Runbook> all, Action<string, string> report)
    {
        var fileName = Path.GetFileNameWithoutExtension(runbook.Source);
        if (runbook.Id != fileName)
            report("id", $"the id '{runbook.Id}' differs from the file's name; rename the file to '{runbook.Id}.md' or write 'id: {fileName}'");

        if (runbook.Version < 1)
            report("version", $"the version is {runbook.Version}; start with 1 and raise it with every change of meaning");

        var isFollowed = all.Values.Any(other => other.OnBehalf.Use == runbook.Id);
        if (!runbook.IsFound && !isFollowed)
            report("utterances", "has no utterances, so nobody will ever find it; write how people ask for it, one per line");
        else if (runbook.IsFound && runbook.Utterances.Count < TooFewUtterances)
            report("utterances", $"has only {runbook.Utterances.Count} utterances; write at least {TooFewUtterances} different ways to ask");

        if (string.IsNullOrWhiteSpace(runbook.Done))
            report("done", "does not say what the person hears when it worked; add 'done:' with one short sentence");

        if (runbook.OnBehalf is { Anyone: false, Attest: true, Groups.Count: 0 })
            report("onBehalf", "wants an attestation although nobody may ask on behalf of others; name 'groups', set 'anyone: true' or leave it out");

        CheckUse(runbook, all, report);
        CheckOtherwise(runbook, all.Keys, report);
    }

    /// <summary>What was understood for one runbook is taken over by the other, so both must know the same things by the same names.</summary>
    private static void CheckUse(Runbook runbook, IReadOnlyDictionary<string, Runbook> all, Action<string, string> report)
    {
        if (runbook.OnBehalf.Use is not { } use)
            return;
        if (runbook.OnBehalf is { Anyone: true } or { Attest: true } or { Groups.Count: > 0 })
            report("onBehalf", $"names another runbook to use and rules of its own; write the rules into '{use}' alone");
        if (!all.TryGetValue(use, out var other))
            report("onBehalf.use", $"there is no runbook '{use}'{Nearest.Hint(use, all.Keys)}");
        else if (!runbook.Parameters.Select(p => (p.Name, p.Kind)).ToHashSet().SetEquals(other.Parameters.Select(p => (p.Name, p.Kind))))
            report("onBehalf.use", $"'{use}' has other parameters; give both the same names and kinds");
    }

    private static void CheckOtherwise(Runbook runbook, IEnumerable<string> ids, Action<string, string> report)
    {
        for (var i = 0; i < runbook.Otherwise.Count; i++)
        {
            var other = runbook.Otherwise[i];
            if (other == runbook.Id)
                report($"otherwise[{i}]", "offers itself when there is nothing to do; name another runbook or leave it out");
            else if (!ids.Contains(other))
                report($"otherwise[{i}]", $"there is no runbook '{other}'{Nearest.Hint(other, ids)}");
        }
    }
}
