namespace ItOps.Bot.Executors.AwsIam;

/// <summary>Who AWS takes the bot for in each account, and whether IAM answers it.</summary>
internal sealed class AwsIamSelfCheck(AwsCredentialSource credentials, IamClient client, AwsIamOptions options) : ISelfCheck
{
    // Nobody is called so; being told that is the answer that shows the right to ask.
    private const string Nobody = "itops-bot-doctor";

    public string Name => "aws-iam";

    public string? Problem => null;

    public async Task<IReadOnlyList<CheckResult>> ExamineAsync(CancellationToken cancellationToken)
    {
        var results = new List<CheckResult>();
        foreach (var account in options.Accounts)
            results.Add(await ExamineAsync(account, cancellationToken));
        return results;
    }

    private async Task<CheckResult> ExamineAsync(AwsAccount account, CancellationToken cancellationToken)
    {
        var what = $"account {account.Name}";
        try
        {
            var (id, arn) = await credentials.CallerAsync(account, cancellationToken);
            if (id != account.Id)
                return new(what, $"the keys are of account {id} ({arn}), not {account.Id}; correct Executors:AwsIam:Accounts");
            await client.UserAsync(account, Nobody, cancellationToken);
            return new(what, null, $"is asked as {arn}");
        }
        catch (IamRefusedException e)
        {
            return new(what, $"{e.Problem.Detail}; see docs/connecting-aws.md for the role and its policy");
        }
    }
}
