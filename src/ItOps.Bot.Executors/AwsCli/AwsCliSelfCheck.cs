using ItOps.Bot.Cloud;
using ItOps.Bot.Execution;
using ItOps.Bot.Plans;

namespace ItOps.Bot.Executors.AwsCli;

/// <summary>Whether the program is there and AWS knows the bot.</summary>
internal sealed class AwsCliSelfCheck(AwsProgram aws, AwsCliOptions options) : ISelfCheck
{
    private static readonly AwsCall s_whoAmI = new("aws.sts.identity", "", "", "sts", "get-caller-identity", OperationEffect.ReadsOnly);

    public string Name => "aws-cli";

    public string? Problem => null;

    public async Task<IReadOnlyList<CheckResult>> ExamineAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(options.Program))
            return [new("program", $"{options.Program} is not there; install the AWS CLI or set Executors:AwsCli:Program")];
        var answer = await aws.CallAsync(s_whoAmI, new StepArguments(), cancellationToken);
        return [new("identity", answer.Json is null ? answer.Said : null, answer.Json is { } json && json.TryGetProperty("Arn", out var arn) ? arn.GetString() ?? "" : "")];
    }
}
