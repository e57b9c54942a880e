namespace ItOps.Bot.Executors.Jira;

/// <summary>Whether Jira knows the bot and lets it change roles; for <c>doctor</c>, each project that may be asked for.</summary>
internal sealed class JiraSelfCheck(JiraOptions options, JiraClient client, JiraCatalogue catalogue) : ISelfCheck
{
    public string Name => JiraDirectory.Key;

    /// <summary>A token of Jira is not fetched anywhere: whether it is good shows when it is used.</summary>
    public string? Problem => null;

    public async Task<IReadOnlyList<CheckResult>> ExamineAsync(CancellationToken cancellationToken)
    {
        var results = new List<CheckResult>();
        try
        {
            var self = await client.MyselfAsync(cancellationToken);
            results.Add(new("token", null, $"the bot is {self.DisplayName ?? self.AccountId} at {options.Url}"));
            results.Add(await client.MayAsync("USER_PICKER", project: null, cancellationToken)
                ? new("permission", null, "Browse users and groups")
                : new("permission", "the bot's account may not see users; give it the global permission 'Browse users and groups'"));
            var roles = await catalogue.ListAsync(cancellationToken);
            var offered = roles.Select(r => r.Id.ObjectId.Split(':')[0]).Distinct(StringComparer.Ordinal).ToList();
            foreach (var missing in options.Projects.Except(offered, StringComparer.Ordinal).Order(StringComparer.Ordinal))
                results.Add(new("project", $"{missing} is not there, not shown to the bot, or has none of the roles in Executors:Jira:Roles; correct Executors:Jira:Projects"));
            foreach (var project in offered)
            {
                results.Add(await client.MayAsync("ADMINISTER_PROJECTS", project, cancellationToken)
                    ? new("project", null, $"{project}: {roles.Count(r => r.Id.ObjectId.StartsWith(project + ":", StringComparison.Ordinal))} roles")
                    : new("project", $"the bot's account may not change who is in {project}; give it the project permission 'Administer projects' there"));
            }

            if (offered.Count == 0)
                results.Add(new("projects", "nothing can be asked for: no project has one of the roles in Executors:Jira:Roles"));
        }
        catch (OperatorException e)
        {
            results.Add(new("connection", $"{e.Message} Check Executors:Jira:Url, Email and ApiToken (has it expired?)."));
        }

        results.Add(new("e-mail addresses", null, options.MatchByEmail
            ? "on (Executors:Jira:MatchByEmail), which is weaker than binding accounts"
            : "not used to find people's accounts"));
        return results;
    }
}
