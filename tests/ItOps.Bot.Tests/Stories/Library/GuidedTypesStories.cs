using ItOps.Bot.Replies;
using ItOps.Bot.Requests;
using ItOps.Bot.Tests.Stories.Stage;

namespace ItOps.Bot.Tests.Stories.Library;

/// <summary>Each problem that people solve at their own machine: the usual cause solved by its step, and the unusual one in a colleague's hands with all that is known.</summary>
public sealed class GuidedTypesStories
{
    private const int MostMessages = 40;

    public static TheoryData<string> Types => [.. Trouble.All.Select(t => t.Runbook)];

    [Theory]
    [MemberData(nameof(Types))]
    public async Task The_usual_cause_is_solved_step_by_step(string type)
    {
        var trouble = Trouble.All.Single(t => t.Runbook == type);
        await using var bot = await BotHost.StartAsync();
        var alice = bot.Person("alice");
        await alice.Says(trouble.Says);

        var steps = await WalkAsync(alice, trouble, untilStep: trouble.Step);

        Assert.Contains(trouble.Step, steps[^1], StringComparison.Ordinal);
        await alice.Taps("That worked");
        var request = await bot.LastRequestAsync();
        Assert.Equal((trouble.Runbook, RequestStatus.Succeeded, true), (request.RunbookId, request.Status, request.Helped));
        Assert.Empty(await bot.Person("omar").RepliesAsync());
    }

    [Theory]
    [MemberData(nameof(Types))]
    public async Task The_unusual_cause_reaches_a_colleague_with_everything_that_was_tried(string type)
    {
        var trouble = Trouble.All.Single(t => t.Runbook == type);
        await using var bot = await BotHost.StartAsync();
        var alice = bot.Person("alice");
        await alice.Says(trouble.Says);

        var steps = await WalkAsync(alice, trouble, untilStep: null);

        var request = await bot.LastRequestAsync();
        Assert.Equal((trouble.Runbook, RequestStatus.HandedOff), (request.RunbookId, request.Status));
        Assert.NotEmpty(steps);
        var card = (await bot.Person("omar").CardsAsync())[^1];
        Assert.Equal(CardState.HandedOff, card.State);
        if (trouble.Known is { } known)
            Assert.Contains(card.Facts.Concat(card.Details), f => f.Value.Contains(known, StringComparison.OrdinalIgnoreCase));
        var page = await bot.Person("omar").OpensAsync(request.Id);
        Assert.All(steps, step => Assert.Contains(page!.Timeline, e => e.Text == "Tried, and it did not work" && e.Output.Any(o => step.Contains(o.Split(": ", 2)[^1], StringComparison.Ordinal))));
        Assert.Equal(0, await bot.Sandbox.EffectsAsync());
    }

    /// <summary>Answers as <paramref name="trouble"/> has it, lets nothing be looked at, and goes on until a step holds the words, or somebody else has it.</summary>
    /// <returns>The steps that were given to the person, as they read them.</returns>
    private static async Task<IReadOnlyList<string>> WalkAsync(StoryPerson alice, Trouble trouble, string? untilStep)
    {
        var steps = new List<string>();
        var answers = new Queue<string>(trouble.Answers);
        for (var i = 0; i < MostMessages; i++)
        {
            var reply = await alice.LastReplyAsync();
            var labels = reply.Choices.Select(c => c.Label).ToList();
            if (await alice.RequestsAsync() is [{ Status: RequestStatus.HandedOff }, ..])
                return steps;
            if (reply.WantsWords)
            {
                await alice.Says(answers.Dequeue());
            }
            else if (labels.Contains("That worked"))
            {
                steps.Add(reply.Text);
                if (untilStep is not null && reply.Text.Contains(untilStep, StringComparison.Ordinal))
                    return steps;
                await alice.Taps("That didn't work");
            }
            else if (labels.Contains("I can't do that"))
            {
                if (answers.TryDequeue(out var answer))
                    await alice.Says(answer);
                else
                    await alice.Taps("I can't do that");
            }
            else if (labels.Contains("Windows"))
            {
                Assert.NotNull(trouble.Computer);
                await alice.Taps(trouble.Computer);
            }
            else
            {
                Assert.Contains("No", labels);
                await alice.Taps("No");
            }
        }

        Assert.Fail($"{trouble} never ends: {string.Join(" / ", steps)}");
        return steps;
    }
}
