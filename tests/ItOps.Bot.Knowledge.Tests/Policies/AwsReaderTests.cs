using System.Text;
using ItOps.Bot.Knowledge.Policies;

namespace ItOps.Bot.Knowledge.Tests.Policies;

public sealed class AwsReaderTests
{
    private const string Good = """
        version: 1
        calls:
          - id: aws.ec2.instance-status
            title: Look at {instance}
            target: EC2 instance {instance}
            call: ec2 describe-instance-status
            effect: reads
            flags: [--include-all-instances]
            arguments:
              - name: instance
                flag: --instance-ids
                pattern: 'i-[0-9a-f]{8,17}'
                what: The id
            facts:
              state: InstanceStatuses[0].InstanceState.Name
            findings:
              - at: InstanceStatuses[0]
                missing: true
                finding: instance-missing
                level: problem
                text: There is none.
        """;

    [Fact]
    public void The_shipped_list_can_be_read()
    {
        var (policy, problems) = AwsReader.ReadFile(Path.Combine(Repository.Root, "data", "policies", "aws.yaml"));
        Assert.Empty(problems);
        Assert.Equal(6, policy!.Calls.Count);
    }

    [Theory]
    [InlineData("id: aws.ec2.instance-status", "id: ec2.instance-status", 3, "is no id such as")]
    [InlineData("call: ec2 describe-instance-status", "call: ec2 terminate-instances --force", 6, "is a service and what to do there")]
    [InlineData("effect: reads", "effect: changes", 7, "only such a one, has 'risk', 'because' and 'readBy'")]
    [InlineData("effect: reads", "effect: reads\n    readBy: aws.ec2.nothing", 8, "there is no reading call 'aws.ec2.nothing'")]
    [InlineData("flags: [--include-all-instances]", "flags: ['--query x']", 8, "is no flag without a value")]
    [InlineData("pattern: 'i-[0-9a-f]{8,17}'", "pattern: '.*'", 12, "lets 'file:///etc/passwd' through")]
    [InlineData("pattern: 'i-[0-9a-f]{8,17}'", "pattern: '-?-?[a-z]+'", 12, "lets '-x' through")]
    [InlineData("state: InstanceStatuses[0].InstanceState.Name", "state: InstanceStatuses[?x]", 14, "is no fact")]
    [InlineData("missing: true", "level2: x", 18, "is not known here")]
    [InlineData("finding: instance-missing", "finding: Instance Missing", 19, "may hold small letters")]
    public void A_mistake_is_named_with_its_line_and_nothing_comes_back(string good, string bad, int line, string message)
    {
        var (policy, problems) = AwsReader.Read("aws.yaml", Encoding.UTF8.GetBytes(Good.Replace(good, bad, StringComparison.Ordinal)));
        Assert.Null(policy);
        Assert.Contains(problems, p => p.Line == line && p.Message.Contains(message, StringComparison.Ordinal));
    }
}
