namespace ItOps.Bot.Executors.JiraServiceManagement;

/// <summary>Whether the service desk knows the bot and has its request type; for <c>doctor</c>.</summary>
internal sealed class ServiceDeskSelfCheck(ServiceDeskOptions options, ServiceDeskClient client) : ISelfCheck
{
    public string Name => "jira-service-management";

    public string? Problem => null;

    public async Task<IReadOnlyList<CheckResult>> ExamineAsync(CancellationToken cancellationToken)
    {
        try
        {
            var self = await client.MyselfAsync(cancellationToken);
            var type = await client.RequestTypeAsync(cancellationToken);
            return
            [
                new("token", null, $"the bot is {self?["displayName"]} at {options.Url}"),
                type is null
                    ? new("request type", $"service desk {options.ServiceDeskId} has no request type {options.RequestTypeId} that the bot may see; correct Executors:JiraServiceManagement:ServiceDeskId and RequestTypeId")
                    : new("request type", null, $"tickets are opened as {type["name"]}"),
            ];
        }
        catch (OperatorException e)
        {
            return [new("connection", $"{e.Message} Check Executors:JiraServiceManagement:Url, Email and ApiToken (has it expired?).")];
        }
    }
}
