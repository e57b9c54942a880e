using ItOps.Bot.Assurance;
using ItOps.Bot.Knowledge.Runbooks;
using ItOps.Bot.Knowledge.Yaml;
using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Knowledge.Policies;

/// <summary>Reads what must be known about who asks. Half a policy is none: any problem means that nothing comes back.</summary>
public static class AssuranceReader
{
    private static readonly Dictionary<string, Proof> s_proofs = new(StringComparer.Ordinal)
    {
        ["session"] = Proof.Session,
        ["code"] = Proof.Code,
        ["manager"] = Proof.Manager,
        ["owner"] = Proof.Owner,
        ["in-person"] = Proof.InPerson,
    };

    public static (AssurancePolicy? Policy, IReadOnlyList<SourceProblem> Problems) ReadFile(string path) => File.Exists(path)
        ? Read(path, File.ReadAllBytes(path))
        : (null, [new SourceProblem(path, 1, "there is no such file; set 'Assurance:PolicyFile' to the policy that says what must be known about who asks")]);

    public static (AssurancePolicy? Policy, IReadOnlyList<SourceProblem> Problems) Read(string path, ReadOnlySpan<byte> content)
    {
        var problems = new FileProblems(path);
        if (RunbookFile.Decode(content, problems) is not { } text || YamlText.Parse(text, 0, problems) is not { } map)
            return (null, problems.All);

        var root = new YamlObject(map, "", AssuranceShapes.Policy, problems);
        var policy = new AssurancePolicy(root.Between("version", 1, int.MaxValue) ?? 0, [.. root.Objects("rules", _ => AssuranceShapes.Rule).Select(Rule)])
        {
            Codes = Codes(root),
            Limits = [.. root.Objects("limits", _ => AssuranceShapes.Limit).Select(Limit)],
            Apart = [.. root.Objects("apart", _ => AssuranceShapes.Apart).Select(Apart)],
        };
        if (root.Has("rules") && policy.Rules.Count == 0)
            root.Refuse("rules", "there are no rules, so nobody would have to prove anything; add one for account.reset-password");
        return problems.Any ? (null, problems.All) : (policy, []);
    }

    private static CodePolicy Codes(YamlObject root)
    {
        var standard = new CodePolicy();
        if (root.Object("codes", AssuranceShapes.Codes) is not { } from)
            return standard;
        var validFor = from.Duration("validFor") ?? standard.ValidFor;
        if (validFor > TimeSpan.FromMinutes(15))
            from.Refuse("validFor", "a code holds for 15 minutes at most; write a shorter time");

        // NIST SP 800-63B-4 asks for six digits at least; three times ten codes an hour could still be guessed at four.
        return new()
        {
            Digits = from.Between("digits", 6, 12) ?? standard.Digits,
            ValidFor = validFor,
            Tries = from.Between("tries", 1, 5) ?? standard.Tries,
            PerHour = from.Between("perHour", 1, 10) ?? standard.PerHour,
        };
    }

    private static AssuranceRule Rule(YamlObject from)
    {
        var of = new List<Proof>();
        foreach (var name in from.Texts("of"))
        {
            if (s_proofs.TryGetValue(name, out var proof))
                of.Add(proof);
            else
                from.Refuse("of", $"'{name}' is no kind of evidence{Nearest.Hint(name, s_proofs.Keys)}; there are {string.Join(", ", s_proofs.Keys)}");
        }

        var kinds = from.Between("kinds", 1, s_proofs.Count) ?? 1;
        if (from.Has("of") && kinds > of.Distinct().Count())
            from.Refuse("kinds", $"asks for {kinds} kinds of evidence and names {of.Distinct().Count()}, so nobody could ever satisfy it; name more under 'of' or ask for fewer");
        return new(from.Text("name") ?? "", Enum.Parse<Beneficiary>(from.OneOf("for") ?? nameof(Beneficiary.Self), ignoreCase: true), Operations(from, "operations"), kinds, [.. of.Distinct()])
        {
            Runbooks = from.Texts("runbooks"),
        };
    }

    private static TargetLimit Limit(YamlObject from) =>
        new(Operations(from, "operations"), from.Between("times", 1, 1000) ?? 1, from.Duration("within") ?? TimeSpan.Zero);

    private static ApartRule Apart(YamlObject from) =>
        new(Operations(from, "operations"), Operations(from, "from"), from.Duration("for") ?? TimeSpan.Zero);

    private static IReadOnlyList<string> Operations(YamlObject from, string key)
    {
        var operations = from.Texts(key);
        if (from.Has(key) && operations.Count == 0)
            from.Refuse(key, "names no operation; write ids such as account.unlock, or a prefix such as account.*");
        foreach (var operation in operations.Where(o => !OperationNames.IsPattern(o)))
            from.Refuse(key, $"'{operation}' is neither an operation such as account.unlock nor a prefix such as account.*");
        return operations;
    }
}
