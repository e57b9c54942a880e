using System.Text.RegularExpressions;
using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Core.Tests.Runbooks;

/// <summary>What a rule's pattern may be: judged without building it, and always as building it would.</summary>
public sealed class PasteRuleTests
{
    public static TheoryData<string> Patterns =>
    [
        "plain", @"5\.\d\.\d", "(?<value>[0-9A-F]{8})", "(?:a|b)+", @"\(escaped", @"[(?=]", @"[\]1(?!x)]", "[^]a]b", "(?i:x)", @"\p{L}+", "", "^$", @"\\1",
        "a(?=b)", "a(?!b)", "(?<=a)b", "(?<!a)b", "(?>a)", @"(a)\1", @"(?<x>a)\k<x>", "(?(a)b|c)", @"\Ga", @"x[a-z]+(?=y)", @"\((?=a)", @"[a\]](?!b)", "a(?#comment)b",
        "(", "[a", "a{2,1}", @"\", "*a", @"\p{None}", "(?<=",
    ];

    [Theory]
    [MemberData(nameof(Patterns))]
    public void A_pattern_is_refused_exactly_when_it_cannot_run_without_backtracking(string pattern)
    {
        var builds = true;
        try
        {
            _ = new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.CultureInvariant);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            builds = false;
        }

        Assert.Equal(builds, PasteRule.Refusal(pattern) is null);
    }

    [Fact]
    public void A_rule_keeps_its_group_as_a_fact_and_the_first_match_counts()
    {
        var (findings, facts) = PasteRule.Read(
            [new(@"stop code:?\s*(?<value>\w+)") { Finding = "stop-code", Text = "A stop code", Fact = "code" }, new("nothing") { Finding = "none" }], "STOP CODE: MEMORY_MANAGEMENT\nstop code: OTHER");

        Assert.Equal("stop-code", Assert.Single(findings).Id);
        Assert.Equal("MEMORY_MANAGEMENT", facts["code"]);
    }
}
