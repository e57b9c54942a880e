namespace ItOps.Bot.Executors.ServiceNow;

/// <summary>Whether the bot may read incidents and their comments; for <c>doctor</c>.</summary>
internal sealed class ServiceNowSelfCheck(ServiceNowOptions options, ServiceNowClient client) : ISelfCheck
{
    public string Name => "servicenow";

    public string? Problem => null;

    public async Task<IReadOnlyList<CheckResult>> ExamineAsync(CancellationToken cancellationToken) =>
    [
        await TryAsync("incidents", "incident", "give the bot's user the role itil", cancellationToken),
        await TryAsync("comments", "sys_journal_field", "let the bot's user read the table sys_journal_field", cancellationToken),
    ];

    private async Task<CheckResult> TryAsync(string what, string table, string mend, CancellationToken cancellationToken)
    {
        try
        {
            await client.ProbeAsync(table, cancellationToken);
            return new(what, null, $"readable at {options.Url} as {options.User}");
        }
        catch (OperatorException e)
        {
            return new(what, $"{e.Message} Check Executors:ServiceNow:Url, User and Password, or {mend}.");
        }
    }
}
