using System.Diagnostics.Metrics;
using ItOps.Bot.Agents;
using ItOps.Bot.Testing.Models;

namespace ItOps.Bot.Knowledge.Tests.Llm;

/// <summary>An endpoint that fails costs little time, and nothing while it is known to be away.</summary>
public sealed class ModelTroubleTests
{
    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(0)]
    [InlineData(429)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task What_passes_is_tried_again(int trouble)
    {
        await using var stage = await ModelStage.StartAsync();
        stage.Model.Answers = asked => asked.Choose("vpn_not_connecting", "tunnel");
        var reply = trouble switch
        {
            0 => ModelReply.Gone(),
            1 => ModelReply.BreaksOff(),
            2 => ModelReply.EndsEarly(),
            429 => ModelReply.Busy("2"),
            _ => ModelReply.Status(trouble),
        };
        stage.Model.Next(reply, reply);

        Assert.Single(await AskAsync(stage));
        Assert.Equal(3, stage.Model.Calls);
    }

    [Fact]
    public async Task Two_further_tries_are_all()
    {
        await using var stage = await ModelStage.StartAsync();
        stage.Model.Answers = _ => ModelReply.Status(500);

        Assert.Equal(AgentFailure.Away, (await stage.FailsAsync()).Failure);
        Assert.Equal(3, stage.Model.Calls);
    }

    [Theory]
    [InlineData(400, AgentFailure.Failed)]
    [InlineData(401, AgentFailure.Refused)]
    [InlineData(403, AgentFailure.Refused)]
    [InlineData(404, AgentFailure.Refused)]
    [InlineData(302, AgentFailure.Refused)]
    public async Task What_does_not_pass_is_not_tried_again_and_no_key_or_text_is_repeated(int status, AgentFailure failure)
    {
        await using var stage = await ModelStage.StartAsync();
        stage.Model.Next(ModelReply.Status(status, "unsupported_value"));

        var failed = await stage.FailsAsync();

        Assert.Equal((failure, 1), (failed.Failure, stage.Model.Calls));
        Assert.Contains(status.ToString(System.Globalization.CultureInfo.InvariantCulture), failed.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(FakeModel.ApiKey, failed.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("tunnel", failed.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_key_is_named_and_not_shown()
    {
        await using var stage = await ModelStage.StartAsync(("ApiKey", "sk-not-the-right-one"));

        var failed = await stage.FailsAsync();

        Assert.Equal(AgentFailure.Refused, failed.Failure);
        Assert.Contains("Knowledge:Llm:ApiKey", failed.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("sk-not-the-right-one", failed.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("sk-not-the-right-one", stage.Options.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wait_that_would_not_end_in_time_is_not_waited()
    {
        await using var stage = await ModelStage.StartAsync();
        stage.Model.Next(ModelReply.Busy("60"));

        Assert.Equal(AgentFailure.Refused, (await stage.FailsAsync()).Failure);
        Assert.Equal(1, stage.Model.Calls);
    }

    [Theory]
    [InlineData("silent")]
    [InlineData("stalled")]
    [InlineData("dripping")]
    public async Task An_answer_that_does_not_end_is_cut(string how)
    {
        await using var stage = await ModelStage.StartAsync();
        void Wait() => stage.Time.Advance(TimeSpan.FromSeconds(1));
        stage.Model.Next(how switch { "silent" => ModelReply.Hangs(Wait), "stalled" => ModelReply.Stalls(Wait), _ => ModelReply.Drips(Wait) });
        var began = stage.Time.GetUtcNow();

        Assert.Equal(AgentFailure.TimedOut, (await stage.FailsAsync()).Failure);

        Assert.Equal(1, stage.Model.Calls);
        Assert.True(stage.Time.GetUtcNow() - began >= (how == "stalled" ? stage.Options.IdleTimeOut : stage.Options.TimeOut));
    }

    [Fact]
    public async Task A_turn_that_is_given_up_gives_up_the_call()
    {
        await using var stage = await ModelStage.StartAsync();
        using var stop = new CancellationTokenSource();
        stage.Model.Next(ModelReply.Hangs(stop.Cancel));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stage.Agent.RetrieveInstructionsAsync(ModelStage.Task("the tunnel is dead"), stop.Token));
    }

    [Fact]
    public async Task An_endpoint_that_is_gone_is_left_alone_and_looked_for_again_by_itself()
    {
        await using var stage = await ModelStage.StartAsync();
        stage.Model.Answers = _ => ModelReply.Gone();
        await stage.FailsAsync();
        Assert.Null(stage.Check.Degraded);
        await stage.FailsAsync();
        var calls = stage.Model.Calls;

        for (var i = 0; i < 5; i++)
            Assert.Equal(AgentFailure.Away, (await stage.FailsAsync()).Failure);

        Assert.Equal(calls, stage.Model.Calls);
        Assert.NotNull(stage.Check.Degraded);
        Assert.Null(stage.Check.Problem);

        stage.Model.Answers = asked => asked.Choose("vpn_not_connecting", "tunnel");
        stage.Time.Advance(TimeSpan.FromSeconds(16));
        Assert.Single(await AskAsync(stage));
        Assert.Null(stage.Check.Degraded);
    }

    [Fact]
    public async Task What_one_message_brings_about_does_not_take_the_model_from_others()
    {
        await using var stage = await ModelStage.StartAsync();
        foreach (var reply in (ModelReply[])[ModelReply.Refusal(), ModelReply.Status(400, "content_filter"), ModelReply.Text("?"), ModelReply.Ends("content_filter"), ModelReply.Huge(), ModelReply.Garbage()])
        {
            stage.Model.Next(reply);
            await stage.FailsAsync();
        }

        stage.Model.Answers = asked => asked.Choose("vpn_not_connecting", "tunnel");
        Assert.Single(await AskAsync(stage));
    }

    [Fact]
    public async Task Nobody_listening_is_away()
    {
        var stage = await ModelStage.StartAsync();
        await stage.Model.DisposeAsync();

        Assert.Equal(AgentFailure.Away, (await stage.FailsAsync()).Failure);
        await stage.DisposeAsync();
    }

    [Fact]
    public async Task An_endpoint_that_takes_no_connections_is_away_and_costs_nothing()
    {
        // What SocketsHttpHandler throws when its ConnectTimeout is over.
        await using var stage = await ModelStage.StartUnreachableAsync(
            () => new TaskCanceledException("A connection could not be established within the configured ConnectTimeout.", new TimeoutException()), ("TokensPerPersonPerDay", "5000"));

        for (var i = 0; i < 2; i++)
            Assert.Equal(AgentFailure.Away, (await stage.FailsAsync()).Failure);

        Assert.NotNull(stage.Check.Degraded);
        Assert.True(stage.Budget.TryReserve(new("person-1"), 5_000));
    }

    [Fact]
    public async Task Calls_tokens_and_cost_are_counted()
    {
        await using var stage = await ModelStage.StartAsync(("PricePerMillionInput", "2"), ("PricePerMillionOutput", "8"));
        var counted = new Dictionary<string, double>();
        // Every test of this process is heard, and only what this one brings about has its mark.
        var ours = new AsyncLocal<bool> { Value = true };
        using var listener = new MeterListener { InstrumentPublished = (instrument, l) => { if (instrument.Name.StartsWith("itops_model", StringComparison.Ordinal)) l.EnableMeasurementEvents(instrument); } };
        void Count(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            if (!ours.Value)
                return;
            var key = $"{instrument.Name} {string.Join(' ', tags.ToArray().Select(t => t.Value))}".Trim();
            counted[key] = counted.GetValueOrDefault(key) + value;
        }

        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Count(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Count(instrument, value, tags));
        listener.Start();
        stage.Model.Next(ModelReply.Text("""{"proposals":[]}""") with { Usage = (1_000_000, 500_000) });

        await AskAsync(stage);

        Assert.Equal(1, counted["itops_model_calls runbooks answered"]);
        Assert.Equal((1_000_000, 500_000), (counted["itops_model_tokens in"], counted["itops_model_tokens out"]));
        Assert.Equal(6, counted["itops_model_cost"], 6);
    }

    private static Task<IReadOnlyList<AgentProposal>> AskAsync(ModelStage stage) =>
        stage.Agent.RetrieveInstructionsAsync(ModelStage.Task("the tunnel is dead"), TestContext.Current.CancellationToken);
}
