using ItOps.Bot.Approvals;
using ItOps.Bot.Knowledge.Runbooks;
using ItOps.Bot.Knowledge.Yaml;
using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Knowledge.Policies;

/// <summary>Reads the approval policy. Half a policy is none: any problem means that nothing comes back.</summary>
public static class PolicyReader
{
    public static (ApprovalPolicy? Policy, IReadOnlyList<SourceProblem> Problems) ReadFile(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
            return (null, [new SourceProblem(path, 1, "there is no such file; set 'Knowledge:PolicyFile' to the approval policy")]);

        return Read(path, File.ReadAllBytes(path));
    }

    public static (ApprovalPolicy? Policy, IReadOnlyList<SourceProblem> Problems) Read(string path, ReadOnlySpan<byte> content)
    {
        var problems = new FileProblems(path);
        if (RunbookFile.Decode(content, problems) is not { } text || YamlText.Parse(text, 0, problems) is not { } map)
            return (null, problems.All);

        var root = new YamlObject(map, "", PolicyShapes.Policy, problems);
        var policy = new ApprovalPolicy(
            root.Between("version", 1, int.MaxValue) ?? 0, [.. root.Objects("rules", _ => PolicyShapes.Rule).Select(Rule)])
        {
            HandOffGroup = root.Text("handOffGroup") ?? "",
            SecurityGroup = root.Text("securityGroup") ?? "",
            RequestsPerHour = root.Between("requestsPerHour", 1, int.MaxValue) ?? 10,
            ApprovalsPerHour = root.Between("approvalsPerHour", 1, int.MaxValue) ?? 30,
            HastyBelow = TimeSpan.FromSeconds(root.Between("hastyBelowSeconds", 1, int.MaxValue) ?? 5),
        };
        if (root.Has("rules") && policy.Rules.Count == 0)
            root.Refuse("rules", "there are no rules, so every change would be refused; add one");

        return problems.Any ? (null, problems.All) : (policy, []);
    }

    private static ApprovalRule Rule(YamlObject from)
    {
        var rule = new ApprovalRule(from.Text("name") ?? "", from.Texts("operations"))
        {
            Groups = from.Texts("groups"),
            ResourceOwner = from.Flag("resourceOwner") ?? false,
            ManagerOfRequester = from.Flag("managerOfRequester") ?? false,
            Quorum = from.Between("quorum", 1, int.MaxValue) ?? 1,
            ConfirmTyped = from.OneOf("confirm") == "typed",
            ExpiresAfter = from.Duration("expiresAfter") ?? TimeSpan.Zero,
            RemindAfter = from.Duration("remindAfter"),
            EscalateAfter = from.Duration("escalateAfter"),
            EscalateTo = from.Texts("escalateTo"),
        };
        CheckWho(from, rule);
        CheckWhen(from, rule);
        return rule;
    }

    private static void CheckWho(YamlObject from, ApprovalRule rule)
    {
        if (from.Has("operations") && rule.Operations.Count == 0)
            from.Refuse("operations", "names no operation; write ids such as account.unlock, or a prefix such as group.*");

        foreach (var operation in rule.Operations.Where(o => !OperationNames.IsPattern(o)))
            from.Refuse("operations", $"'{operation}' is neither an operation such as account.unlock nor a prefix such as group.*");

        // A rule of owners alone would leave a resource without an owner to nobody, and nobody must never mean everybody.
        if (from.Has("operations") && rule.Groups.Count == 0)
            from.Refuse("operations", "nobody could decide where there is no owner or manager; add 'groups:'");
    }

    private static void CheckWhen(YamlObject from, ApprovalRule rule)
    {
        if (rule.ExpiresAfter == TimeSpan.Zero)
            return;
        if (rule.RemindAfter >= rule.ExpiresAfter)
            from.Refuse("remindAfter", "reminds after it expired; make it shorter than 'expiresAfter'");
        if (rule.EscalateAfter >= rule.ExpiresAfter)
            from.Refuse("escalateAfter", "escalates after it expired; make it shorter than 'expiresAfter'");
        if (rule.EscalateAfter is null != (rule.EscalateTo.Count == 0))
            from.Refuse(rule.EscalateAfter is null ? "escalateTo" : "escalateAfter", "'escalateAfter' and 'escalateTo' only work together; write both or none");
    }
}
