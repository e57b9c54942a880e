using System.Text;
using ItOps.Bot.Knowledge.Policies;

namespace ItOps.Bot.Knowledge.Tests.Policies;

public sealed class CommandReaderTests
{
    private const string Good = """
        version: 1
        commands:
          - line: systemctl restart <service>
            title: Restart a service
            effect: changes
            linux: /usr/bin/systemctl
            where:
              - name: service
                oneOf: [cups]
          - line: ss <port>
            title: Look at a port
            effect: reads
            linux: /usr/bin/ss
            where:
              - name: port
                number: 1..65535
        """;

    [Fact]
    public void The_shipped_list_can_be_read_and_lets_the_print_service_be_restarted()
    {
        var (policy, problems) = CommandReader.ReadFile(Path.Combine(Repository.Root, "data", "policies", "commands.yaml"));
        Assert.Empty(problems);
        var match = policy!.Allow("systemctl restart cups").Match!;
        Assert.Equal(("/usr/bin/systemctl", "Restart a system service"), (match.Form.Programs["linux"], match.Form.Title));
        Assert.All(policy.Forms, form => Assert.All(form.Words, word => Assert.True(word.Fixed is not null || word.Rule!.Refusal("$(id)") is not null)));
    }

    [Theory]
    [InlineData("linux: /usr/bin/systemctl", "linux: systemctl", 6, "is not the whole path of a program")]
    [InlineData("    linux: /usr/bin/ss", "    sun: /usr/bin/ss", 13, "is not known here")]
    [InlineData("effect: reads", "effect: maybe", 12, "can only be one of: reads, changes")]
    [InlineData("systemctl restart <service>", "systemctl restart <servic>", 3, "<servic> has no rule")]
    [InlineData("systemctl restart <service>", "systemctl restart | <service>", 3, "is no simple command")]
    [InlineData("systemctl restart <service>", "systemctl restart cups", 7, "stands 0 times in the line")]
    [InlineData("        oneOf: [cups]", "        parameters: [text]", 8, "lets nothing through")]
    [InlineData("oneOf: [cups]", "pattern: '(a+)\\1'", 9, "cannot be used as a pattern")]
    [InlineData("number: 1..65535", "number: 65535", 16, "is no range")]
    [InlineData("number: 1..65535", "below: relative", 16, "is not the whole path of a folder")]
    [InlineData("ss <port>", "systemctl restart <service>", 10, "is there twice")]
    public void A_mistake_is_named_with_its_line_and_nothing_comes_back(string good, string bad, int line, string message)
    {
        var (policy, problems) = CommandReader.Read("commands.yaml", Encoding.UTF8.GetBytes(Good.Replace(good, bad, StringComparison.Ordinal)));
        Assert.Null(policy);
        Assert.Contains(problems, p => p.Line == line && p.Message.Contains(message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_that_is_not_there_names_its_setting() =>
        Assert.Contains("Executors:Commands:PolicyFile", Assert.Single(CommandReader.ReadFile("/nowhere/commands.yaml").Problems).Message, StringComparison.Ordinal);
}
