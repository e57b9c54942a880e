using ItOps.Bot.Commands;
using ItOps.Bot.Execution;
using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Core.Tests.Commands;

public sealed class CommandPolicyTests
{
    private static readonly CommandPolicy Policy = new(1,
    [
        Form("systemctl", Fixed("restart"), Rule(new("service") { OneOf = ["cups", "chronyd"] })),
        Form("systemctl", Fixed("status"), Rule(new("service") { OneOf = ["cups"] })),
        Form("cancel", Fixed("-a"), Rule(new("printer") { Pattern = "[A-Za-z0-9_]{1,20}", Parameters = [ParameterKind.Text] })),
        Form("ss", Rule(new("port") { Number = (1, 65535) })),
        Form("du", Rule(new("folder") { Below = "/var/log" })),
        Form("nothing", Rule(new("at-all"))),
    ]);

    private static readonly Runbook Runbook = new("print", 1, "Print")
    {
        Category = "devices",
        Summary = "",
        Source = "devices/print.md",
        GeneratedCommands = true,
        Parameters = [new("printer", ParameterKind.Text, "Which?"), new("pc", ParameterKind.Device, "Which?")],
    };

    [Theory]
    [InlineData("systemctl restart cups")]
    [InlineData("cancel -a HP_4")]
    [InlineData("cancel -a 'HP_4'")]
    [InlineData("ss 443")]
    [InlineData("du /var/log/cups/error_log")]
    public void What_the_list_has_is_allowed(string line) => Assert.NotNull(Policy.Allow(line).Match);

    [Theory]
    [InlineData("systemct restart cups", 0, "did you mean 'systemctl'?")]
    [InlineData("systemctl restart sshd", 18, "'sshd' is not one of: cups, chronyd")]
    [InlineData("systemctl stop cups", 10, "'stop' is not allowed here")]
    [InlineData("systemctl restart", 17, "a word is missing")]
    [InlineData("systemctl restart cups now", 23, "a word too many")]
    [InlineData("cancel -a -x", 10, "would be taken for an option")]
    [InlineData("cancel -a 'a b'", 10, "'a b' is no printer")]
    [InlineData("cancel -a {printer}", 10, "has no value")]
    [InlineData("ss 0", 3, "no whole number from 1 to 65535")]
    [InlineData("ss 99999999999", 3, "no whole number")]
    [InlineData("du /var/log/../../etc/shadow", 3, "no plain path below /var/log")]
    [InlineData("du /var/logs", 3, "no plain path below /var/log")]
    [InlineData("du /var/log", 3, "no plain path below /var/log")]
    [InlineData("du /var/log//x", 3, "no plain path below /var/log")]
    [InlineData("nothing x", 8, "nothing may stand for at-all")]
    [InlineData("ss 1; ls", 4, "begins another command")]
    public void Anything_else_is_refused_at_its_place(string line, int column, string why)
    {
        var (match, refusal) = Policy.Allow(line);
        Assert.Null(match);
        Assert.Equal(column, refusal!.Column);
        Assert.Contains(why, refusal.Why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cancel -a {printer}", null)]
    [InlineData("cancel -a {pc}", "takes a parameter of kind text")]
    [InlineData("cancel -a {nobody}", "there is no parameter 'nobody'")]
    [InlineData("systemctl restart {printer}", "<service> takes no parameter")]
    [InlineData("systemctl {printer} cups", "is not allowed here")]
    public void A_runbook_may_put_a_parameter_where_the_list_takes_one(string line, string? why)
    {
        var refusal = Policy.Refusal(line, Runbook.Parameter);
        Assert.Equal(why is null, refusal is null);
        Assert.Contains(why ?? "", refusal?.Why ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public void A_proposal_comes_through_the_same_door()
    {
        Assert.Equal(["cancel -a {printer}"], new CommandProposal("Empty it", ["cancel -a {printer}"]).Accept(Runbook, Policy).Value.Lines);
        var refused = new CommandProposal("Empty it", ["ss 1", "cancel -a {printer} | sh"]).Accept(Runbook, Policy).Problem!;
        Assert.Equal(ProblemCode.InvalidArguments, refused.Code);
        Assert.StartsWith("Line 2, column 21: '|' passes output", refused.Detail, StringComparison.Ordinal);
        Assert.EndsWith(new string(' ', 20) + "^ '|' passes output to another program", refused.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_runbook_that_does_not_ask_for_proposals_gets_none() =>
        Assert.Equal(ProblemCode.NotAllowed, new CommandProposal("Look", ["ss 1"]).Accept(Runbook with { GeneratedCommands = false }, Policy).Problem?.Code);

    [Theory]
    [InlineData(0)]
    [InlineData(6)]
    public void A_proposal_has_a_few_lines(int lines) =>
        Assert.Equal(ProblemCode.InvalidArguments, new CommandProposal("Look", [.. Enumerable.Repeat("ss 1", lines)]).Accept(Runbook, Policy).Problem?.Code);

    [Fact]
    public void The_linter_names_the_line_of_a_command_that_is_not_allowed()
    {
        var runbook = Runbook with { Steps = [new CommandsStep(["systemctl restart cups", "systemctl restart cups | tee x"], "Restart"), new CommandsStep(["cancel -a {printer}"], "Empty")] };
        var source = new RunbookSource(runbook, new Dictionary<string, int> { ["steps[0].commands[1]"] = 42 }, new HashSet<string>());
        var finding = Assert.Single(RunbookLinter.Lint([source], [], Policy), f => f.Message.Contains("column", StringComparison.Ordinal));
        Assert.Equal((42, "column 24: '|' passes output to another program; here: systemctl restart cups ▸| tee x"), (finding.Line, finding.Message));
    }

    private static CommandForm Form(string program, params FormWord[] words) =>
        new(program, words, "Do it", OperationEffect.Changes, new Dictionary<string, string> { [Platforms.Linux] = $"/usr/bin/{program}" });

    private static FormWord Fixed(string word) => new(word, null);

    private static FormWord Rule(ArgumentRule rule) => new(null, rule);
}
