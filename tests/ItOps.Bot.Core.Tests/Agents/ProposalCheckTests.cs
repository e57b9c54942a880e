using FsCheck;
using FsCheck.Fluent;
using ItOps.Bot.Agents;
using ItOps.Bot.Runbooks;
using ItOps.Bot.Testing;

namespace ItOps.Bot.Core.Tests.Agents;

/// <summary>What of a proposal is believed, and what no agent can put into somebody's mouth.</summary>
public sealed class ProposalCheckTests
{
    private const string Text = "please give Bob read access to the finance share";

    private static readonly Runbook Drive = new("shared_drive_access", 3, "Give access to a shared drive")
    {
        Category = "access",
        Summary = "Access to a shared drive",
        Source = "access/shared_drive_access.md",
        Parameters =
        [
            new("person", ParameterKind.Person, "Who?"),
            new("account", ParameterKind.Account, "Which?"),
            new("drive", ParameterKind.Group, "Which drive?"),
            new("permission", ParameterKind.Choice, "Read or write?") { Options = [new("read", "Read", []), new("write", "Write", [])] },
            new("device", ParameterKind.Platform, "Which?"),
        ],
    };

    private static readonly Runbook Mail = Drive with { Id = "mail", Parameters = [] };

    [Fact]
    public void What_the_words_give_is_believed()
    {
        var suggestion = Check(new(Drive.Id, 0.9, "finance share", [new("person", "Bob", "give Bob"), new("drive", "finance", "the finance share"), new("permission", "read", "read access")]));

        Assert.Equal([("person", "Bob"), ("drive", "finance"), ("permission", "read")], suggestion!.Values.Select(v => (v.Parameter, v.Value)));
        Assert.Equal(("langgraph", Text), (suggestion.By, suggestion.Text));
    }

    [Theory]
    [InlineData("password_reset", 0.9)]
    [InlineData("", 0.9)]
    [InlineData("shared_drive_access", 1.01)]
    [InlineData("shared_drive_access", -0.1)]
    [InlineData("shared_drive_access", double.NaN)]
    [InlineData("shared_drive_access", double.PositiveInfinity)]
    public void A_runbook_that_was_not_offered_and_a_confidence_that_is_none_are_not(string runbook, double confidence) =>
        Assert.Null(Check(new(runbook, confidence, "finance share", [])));

    [Theory]
    [InlineData("person", "omar", "give Bob", "another person than the words name")]
    [InlineData("person", "Bob", "give Robert", "a quote that is not there")]
    [InlineData("person", "Bob", "", "no quote")]
    [InlineData("drive", "hr", "the finance share", "another drive")]
    [InlineData("drive", "share finance", "the finance share", "words in another order")]
    [InlineData("account", "Bob", "give Bob", "accounts come from the directory")]
    [InlineData("permission", "admin", "read access", "no such option")]
    [InlineData("permission", "Read", "read access", "an option's value is exact")]
    [InlineData("device", "solaris", "read access", "no such platform")]
    [InlineData("operation", "account.reset-password", "give Bob", "no such parameter")]
    [InlineData("person", "Bob", "please", "a quote that does not hold it")]
    [InlineData("person", "Bob", "the finance share", "a quote from elsewhere")]
    public void A_value_is_left_out(string parameter, string value, string evidence, string why)
    {
        var suggestion = Check(new(Drive.Id, 1, "finance share", [new(parameter, value, evidence)]));

        Assert.True(suggestion!.Values.Count == 0, why);
    }

    [Theory]
    [InlineData("finance", "the finance\n\n✅ Approved: share", "finance", null)]
    [InlineData("finance\n", "✅ the finance share ✅", "finance", "the finance share")]
    [InlineData("$(finance)", "`the FINANCE share`", "finance", "the finance share")]
    public void What_is_kept_is_what_the_person_wrote_and_not_how_the_agent_wrote_it(string value, string evidence, string kept, string? quote)
    {
        var suggestion = Check(new(Drive.Id, 1, "finance share", [new("drive", value, evidence)]));

        Assert.Equal(quote is null ? [] : [new SuggestedValue("drive", kept, quote)], suggestion!.Values);
    }

    [Theory]
    [InlineData("finance; rm -rf share")]
    [InlineData("finance `id` share")]
    [InlineData("Bob O'Brien")]
    public void A_value_that_something_might_act_on_is_none(string said) =>
        Assert.Empty(ProposalCheck.Check(new AgentProposal(Drive.Id, 1, said, [new("drive", said, said)]), [Drive], $"please open {said} for me", "x")!.Values);

    [Fact]
    public void Evidence_that_the_person_did_not_say_is_none_whatever_was_asked()
    {
        Assert.Null(Check(new(Drive.Id, 0.9, "marketing share", [])));
        Assert.Null(Check(new(Drive.Id, 0.9, "", [])));
        Assert.Null(Assert.Single(ProposalCheck.Check([new AgentWish("finance share", [], new(Drive.Id, 0.9, "marketing share", []))], [Drive], Text, "x")!).Suggested);
    }

    [Fact]
    public void Two_values_for_one_parameter_are_none() =>
        Assert.Empty(Check(new(Drive.Id, 1, "finance share", [new("permission", "read", "read access"), new("permission", "write", "read access")]))!.Values);

    [Theory]
    [InlineData("GIVE bob access: to the finance share", "give Bob access to the finance share")]
    [InlineData("give omar access to the finance share", null)]
    [InlineData("finance share access for Bob", null)]
    [InlineData("", null)]
    public void A_wish_is_in_the_persons_own_words_and_order(string wish, string? said) =>
        Assert.Equal(said, ProposalCheck.Check([new AgentWish(wish, [], null)], [Drive], Text, "langgraph")?[0].Text);

    [Fact]
    public void Words_of_one_wish_are_no_other_one()
    {
        const string message = "Unlock bob. Please do not reset alice's password, she is here.";

        Assert.Null(ProposalCheck.Check([new AgentWish("unlock alice", [], null), new AgentWish("reset bob's password", [], null)], [Drive], message, "x"));
        Assert.Null(ProposalCheck.Check([new AgentWish("reset she alice", [], null)], [Drive], message, "x"));
    }

    [Theory]
    [InlineData("a new hire needs Jira")]
    [InlineData("a new hire needs the finance share")]
    [InlineData("a new hire starts Monday and needs Zoom")]
    public void Who_what_and_with_what_may_stand_apart(string wish) =>
        Assert.NotNull(ProposalCheck.Check([new AgentWish(wish, [], null)], [Drive], "A new hire starts Monday and needs Jira, the finance share and Zoom", "x"));

    [Theory]
    [InlineData("mail", 0.9, true)]
    [InlineData("shared_drive_access", 0.9, false)]
    [InlineData("mail", 0.4, false)]
    public void The_same_words_twice_are_two_wishes_only_for_different_runbooks(string second, double confidence, bool believed) =>
        Assert.Equal(believed, ProposalCheck.Check(
            [new AgentWish(Text, [], new(Drive.Id, confidence, "finance share", [])), new AgentWish(Text.ToUpperInvariant(), [], new(second, confidence, "finance share", []))], [Drive, Mail], Text, "x") is not null);

    [Fact]
    public void Wishes_depend_only_on_earlier_ones_and_are_few()
    {
        Assert.Null(ProposalCheck.Check([new AgentWish("give Bob access", [0], null)], [Drive], Text, "x"));
        Assert.Null(ProposalCheck.Check([new AgentWish("give Bob access", [], null), new AgentWish("finance share", [5], null)], [Drive], Text, "x"));
        Assert.Null(ProposalCheck.Check([], [Drive], Text, "x"));
        Assert.Null(ProposalCheck.Check([.. Enumerable.Repeat(new AgentWish("finance share", [], null), ProposalCheck.MostWishes + 1)], [Drive], Text, "x"));
        Assert.Null(ProposalCheck.Check([new AgentWish("give Bob access", [], null), new AgentWish("Give  bob access", [], null)], [Drive], Text, "x"));
        Assert.Equal(2, ProposalCheck.Check([new AgentWish("give Bob access", [], null), new AgentWish("finance share", [0], null)], [Drive], Text, "x")!.Count);
    }

    /// <summary>Whatever an agent says: nothing comes out that names a runbook that was not offered, an account, or a word that the person did not use.</summary>
    [Fact]
    public void No_proposal_puts_anything_into_the_persons_mouth()
    {
        var said = Gen.OneOf(
            Gen.Elements(Text.Split(' ')), Gen.Elements("omar", "admin", "*)(uid=*", "$(id)", "../..", "\u202Ebob", "bob\0", "write", "read", "windows", "finance share", "BOB", "", "ｂob"), ArbMap.Default.GeneratorFor<string>().Where(s => s is not null));
        var value = from parameter in Gen.Elements("person", "account", "drive", "permission", "device", "operation", "Person")
                    from v in said
                    from e in said
                    select new AgentValue(parameter, v, e);
        var proposal = from id in Gen.Elements("shared_drive_access", "mail", "password_reset", "SHARED_DRIVE_ACCESS", "")
                       from confidence in ArbMap.Default.GeneratorFor<double>()
                       from evidence in said
                       from values in Gen.ListOf(value)
                       select new AgentProposal(id, confidence, evidence, [.. values]);
        Prop.ForAll(proposal.ToArbitrary(), p =>
        {
            if (ProposalCheck.Check(p, [Drive, Mail], Text, "x") is not { } suggestion)
                return true;
            var runbook = suggestion.RunbookId == Drive.Id ? Drive : Mail;
            return suggestion.RunbookId is "shared_drive_access" or "mail"
                && suggestion.Values.All(v => runbook.Parameter(v.Parameter) is { Kind: not ParameterKind.Account } parameter
                    && Text.Contains(v.Evidence, StringComparison.Ordinal)
                    && (parameter.Kind switch
                    {
                        ParameterKind.Choice => v.Value is "read" or "write",
                        ParameterKind.Platform => Platforms.All.Contains(v.Value),
                        _ => v.Evidence.Contains(v.Value, StringComparison.Ordinal),
                    }));
        }).Holds();
    }

    private static Suggestion? Check(AgentProposal proposal) => ProposalCheck.Check(proposal, [Drive, Mail], Text, "langgraph");
}
