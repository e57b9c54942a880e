using System.Text;
using ItOps.Bot.Assurance;
using ItOps.Bot.Knowledge.Policies;

namespace ItOps.Bot.Knowledge.Tests.Policies;

public sealed class AssuranceReaderTests
{
    private const string Good = """
        version: 3
        codes:
          digits: 6
          validFor: 5m
        rules:
          - name: own password
            for: self
            operations: [account.reset-password]
            kinds: 2
            of: [session, code, in-person]
        limits:
          - operations: [account.*]
            times: 2
            within: 1d
        apart:
          - operations: [account.reset-password]
            from: [mfa.*]
            for: 24h
        """;

    /// <summary>What NIST SP 800-63B-4 and CISA AA23-320A ask for, as shipped; weakening it shows here in review.</summary>
    [Fact]
    public void The_shipped_policy_asks_for_two_kinds_of_evidence_before_a_reset_and_keeps_password_and_second_factor_a_day_apart()
    {
        var (policy, problems) = AssuranceReader.ReadFile(Repository.Assurance);

        Assert.Empty(problems);
        Assert.Equal(
            [
                "own password: Self account.reset-password 2 of Session Code Manager InPerson",
                "somebody else's password: Other account.reset-password 1 of Owner Manager",
                "somebody else's account: Other account.unlock account.revoke-sessions 1 of Owner Manager",
            ],
            policy!.Rules.Select(r => $"{r.Name}: {r.For} {string.Join(' ', r.Operations)} {r.Kinds} of {string.Join(' ', r.Of)}"));
        Assert.Equal((8, TimeSpan.FromMinutes(10), 3, 3), (policy.Codes.Digits, policy.Codes.ValidFor, policy.Codes.Tries, policy.Codes.PerHour));
        var apart = Assert.Single(policy.Apart);
        Assert.Equal(("account.reset-password", "mfa.*", TimeSpan.FromHours(24)), (apart.Operations.Single(), apart.From.Single(), apart.For));
    }

    [Fact]
    public void A_policy_is_read_as_it_is_written()
    {
        var (policy, _) = Read(Good);

        Assert.Equal((6, TimeSpan.FromMinutes(5), 3), (policy!.Codes.Digits, policy.Codes.ValidFor, policy.Codes.Tries));
        Assert.Equal([Proof.Session, Proof.Code, Proof.InPerson], Assert.Single(policy.Rules).Of);
        Assert.Equal((2, TimeSpan.FromDays(1)), (policy.Limits[0].Times, policy.Limits[0].Within));
    }

    [Theory]
    [InlineData("digits: 6", "digits: 4", 3, "must be from 6 to 12")]
    [InlineData("validFor: 5m", "validFor: 1h", 4, "15 minutes at most")]
    [InlineData("for: self", "for: everybody", 7, "everybody")]
    [InlineData("kinds: 2", "kinds: 4", 9, "nobody could ever satisfy it")]
    [InlineData("kinds: 2", "kinds: 0", 9, "must be from 1")]
    [InlineData("[session, code, in-person]", "[session, cod]", 10, "'cod' is no kind of evidence")]
    [InlineData("[session, code, in-person]", "[session, session]", 9, "names 1")]
    [InlineData("[account.reset-password]\n    kinds", "[]\n    kinds", 8, "names no operation")]
    [InlineData("from: [mfa.*]", "from: [mfa]", 17, "is neither an operation")]
    [InlineData("times: 2", "times: 0", 13, "must be from 1")]
    [InlineData("within: 1d", "within: soon", 14, "write a number and a unit")]
    [InlineData("version: 3\n", "", 1, "'version' is missing")]
    public void A_policy_with_a_mistake_is_no_policy(string right, string wrong, int line, string message)
    {
        Assert.Contains(right, Good, StringComparison.Ordinal);

        var (policy, problems) = Read(Good.Replace(right, wrong, StringComparison.Ordinal));

        Assert.Null(policy);
        Assert.Contains(problems, p => p.Line == line && p.Message.Contains(message, StringComparison.Ordinal));
    }

    [Fact]
    public void Without_rules_or_without_a_file_there_is_no_policy()
    {
        Assert.Contains(Read("version: 1\nrules: []").Problems, p => p.Message.Contains("nobody would have to prove anything", StringComparison.Ordinal));
        Assert.Contains("Assurance:PolicyFile", Assert.Single(AssuranceReader.ReadFile("/nowhere/assurance.yaml").Problems).Message, StringComparison.Ordinal);
    }

    private static (AssurancePolicy? Policy, IReadOnlyList<Bot.Runbooks.SourceProblem> Problems) Read(string text) =>
        AssuranceReader.Read("assurance.yaml", Encoding.UTF8.GetBytes(text));
}
