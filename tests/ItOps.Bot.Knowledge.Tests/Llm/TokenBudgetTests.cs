using ItOps.Bot.Agents;
using ItOps.Bot.People;
using ItOps.Bot.Testing.Models;

namespace ItOps.Bot.Knowledge.Tests.Llm;

public sealed class TokenBudgetTests
{
    [Fact]
    public async Task Who_has_used_up_the_day_is_told_no_before_anything_is_sent_and_others_are_not()
    {
        await using var stage = await ModelStage.StartAsync(("TokensPerPersonPerDay", "20000"));
        stage.Model.Next(ModelReply.Text("""{"proposals":[]}""") with { Usage = (19_000, 500) });
        await AskAsync(stage, "one");

        var failed = await Assert.ThrowsAsync<AgentFailedException>(() => AskAsync(stage, "one"));
        Assert.Equal((AgentFailure.OverBudget, 1), (failed.Failure, stage.Model.Calls));

        await AskAsync(stage, "two");
        Assert.Equal(2, stage.Model.Calls);
    }

    [Fact]
    public async Task The_budget_of_all_ends_for_all_and_begins_again_the_next_day()
    {
        await using var stage = await ModelStage.StartAsync(("TokensPerDay", "20000"));
        stage.Model.Next(ModelReply.Text("""{"proposals":[]}""") with { Usage = (19_000, 500) });
        await AskAsync(stage, "one");

        await Assert.ThrowsAsync<AgentFailedException>(() => AskAsync(stage, "two"));
        stage.Time.Advance(TimeSpan.FromDays(1));
        await AskAsync(stage, "two");

        Assert.Equal(2, stage.Model.Calls);
    }

    [Fact]
    public async Task An_endpoint_that_does_not_say_what_it_took_is_estimated()
    {
        await using var stage = await ModelStage.StartAsync(("TokensPerPersonPerDay", "5000"));
        stage.Model.Answers = asked => asked.Nothing() with { SaysUsage = false };
        var asked = 0;

        while (asked < 20)
        {
            try
            {
                await AskAsync(stage, "one");
                asked++;
            }
            catch (AgentFailedException e) when (e.Failure == AgentFailure.OverBudget)
            {
                break;
            }
        }

        Assert.InRange(asked, 1, 5);
    }

    [Fact]
    public async Task What_was_never_read_costs_nothing()
    {
        await using var stage = await ModelStage.StartAsync(("TokensPerPersonPerDay", "5000"));
        for (var i = 0; i < 20; i++)
        {
            stage.Model.Next(ModelReply.Status(401), ModelReply.Text("""{"proposals":[]}""") with { Usage = (1, 1) }, ModelReply.Text("""{"proposals":[]}""") with { Usage = (1, 1) });
            await Assert.ThrowsAsync<AgentFailedException>(() => AskAsync(stage, "one"));
            await AskAsync(stage, "one");
            await AskAsync(stage, "one");
        }

        Assert.Equal(60, stage.Model.Calls);
    }

    private static Task<IReadOnlyList<AgentProposal>> AskAsync(ModelStage stage, string person) =>
        stage.Agent.RetrieveInstructionsAsync(ModelStage.Task("the tunnel is dead") with { Requester = new PersonId(person) }, TestContext.Current.CancellationToken);
}
