using ItOps.Bot.Agents;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace ItOps.Bot.Knowledge.Llm;

/// <summary>
/// Calls to the model as the bot makes them: within the budget, within the time, twice again where that may help, and not at all while the endpoint is known to be
/// away. Whatever goes wrong ends in <see cref="AgentFailedException"/>.
/// </summary>
internal sealed class ModelCalls
{
    private const int MoreTries = 2;
    private static readonly TimeSpan s_firstWait = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan s_longestWait = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan s_firstRest = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan s_longestRest = TimeSpan.FromMinutes(2);
    private static readonly ResiliencePropertyKey<long> s_began = new("began");
    private static readonly ResiliencePropertyKey<TimeSpan> s_within = new("within");

    private readonly LlmOptions _options;
    private readonly ModelExchange _exchange;
    private readonly TokenBudget _budget;
    private readonly TimeProvider _time;
    private readonly ResiliencePipeline<ModelAnswer> _pipeline;
    private readonly CircuitBreakerStateProvider _breaker = new();

    public ModelCalls(LlmOptions options, ModelExchange exchange, TokenBudget budget, TimeProvider time)
    {
        (_options, _exchange, _budget, _time) = (options, exchange, budget, time);
        _pipeline = new ResiliencePipelineBuilder<ModelAnswer> { TimeProvider = time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<ModelAnswer>
            {
                // Two of three within two minutes: with few messages the second one already, with many within seconds.
                FailureRatio = 0.6,
                MinimumThroughput = 2,
                SamplingDuration = TimeSpan.FromMinutes(2),
                BreakDurationGenerator = breaking => ValueTask.FromResult(Shorter(s_firstRest * Math.Pow(2, Math.Min(breaking.HalfOpenAttempts, 10)), s_longestRest)),
                ShouldHandle = outcome => ValueTask.FromResult(outcome.Outcome.Exception is TimeoutRejectedException or CallFailedException { IsOfEndpoint: true }),
                StateProvider = _breaker,
            })
            .AddTimeout(new TimeoutStrategyOptions { TimeoutGenerator = calling => ValueTask.FromResult(Within(calling.Context)) })
            .AddRetry(new RetryStrategyOptions<ModelAnswer>
            {
                MaxRetryAttempts = MoreTries,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = s_firstWait,
                MaxDelay = s_longestWait,
                DelayGenerator = tried => ValueTask.FromResult((tried.Outcome.Exception as CallFailedException)?.RetryAfter),
                ShouldHandle = tried => ValueTask.FromResult(
                    tried.Outcome.Exception is CallFailedException { IsPassing: true } failed
                    && time.GetElapsedTime(tried.Context.Properties.GetValue(s_began, 0)) + (failed.RetryAfter ?? TimeSpan.Zero) < Within(tried.Context)),
            })
            .Build();
    }

    /// <summary>As far as is known without asking: the endpoint failed so often lately that it is left alone.</summary>
    public bool IsResting => _breaker.CircuitState is CircuitState.Open or CircuitState.Isolated;

    /// <param name="within">Where less time is to be had than <see cref="LlmOptions.TimeOut"/>.</param>
    /// <exception cref="AgentFailedException">There is no answer, or not enough is left of a budget to ask.</exception>
    public async Task<ModelAnswer> AskAsync(ModelRequest request, CancellationToken cancellationToken, TimeSpan? within = null)
    {
        var body = BinaryData.FromString(request.Body(_options).ToJsonString(ModelRequest.Text));
        var estimate = TokenBudget.EstimateOf(body.ToMemory().Length);
        if (!_budget.TryReserve(request.For, estimate))
        {
            Count(request, nameof(AgentFailure.OverBudget));
            throw new AgentFailedException(AgentFailure.OverBudget, "The day's tokens of this person, or of all, are used up (Knowledge:Llm:TokensPerPersonPerDay, TokensPerDay).");
        }

        var (input, output) = (estimate, 0L);
        var result = "stopped";
        try
        {
            var answer = await ThroughAsync(body, Shorter(within ?? _options.TimeOut, _options.TimeOut), cancellationToken);
            (input, output) = (answer.InputTokens ?? estimate, answer.OutputTokens ?? TokenBudget.EstimateOf(answer.Text.Length));
            result = "answered";
            return answer;
        }
        catch (AgentFailedException e)
        {
            result = e.Failure.ToString();

            // What was read, or is still being written, is charged; what was turned away is not.
            if (e.Failure is AgentFailure.Away or AgentFailure.Refused)
                input = 0;
            throw;
        }
        finally
        {
            _budget.Settle(request.For, estimate, input + output);
            Count(request, result, input, output);
        }
    }

    private async Task<ModelAnswer> ThroughAsync(BinaryData body, TimeSpan within, CancellationToken cancellationToken)
    {
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(s_within, within);
        context.Properties.Set(s_began, _time.GetTimestamp());
        try
        {
            return await _pipeline.ExecuteAsync(async (calling, content) => await _exchange.TryAsync(content, calling.CancellationToken), context, body);
        }
        catch (CallFailedException e)
        {
            throw new AgentFailedException(e.Failure, e.Message, e);
        }
        catch (TimeoutRejectedException e)
        {
            throw new AgentFailedException(AgentFailure.TimedOut, $"No whole answer came within {within.TotalSeconds:0.#} s{(within < _options.TimeOut ? "" : " (Knowledge:Llm:TimeOutSeconds)")}.", e);
        }
        catch (BrokenCircuitException e)
        {
            throw new AgentFailedException(AgentFailure.Away, "The endpoint failed several times lately and is left alone for a while.", e);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // The SDK's own ways to fail are not listed anywhere; none of them may reach a person's turn.
            throw new AgentFailedException(AgentFailure.Nonsense, $"The call ended in {e.GetType().Name}.", e);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private void Count(ModelRequest request, string result, long input = 0, long output = 0)
    {
        Telemetry.ModelCalls.Add(1, new KeyValuePair<string, object?>("what", request.What), new("result", result));
        if (input + output == 0)
            return;
        Telemetry.ModelTokens.Add(input, new KeyValuePair<string, object?>("direction", "in"));
        Telemetry.ModelTokens.Add(output, new KeyValuePair<string, object?>("direction", "out"));
        Telemetry.ModelCost.Add(((input * _options.PricePerMillionInput) + (output * _options.PricePerMillionOutput)) / 1e6);
    }

    private TimeSpan Within(ResilienceContext context) => context.Properties.GetValue(s_within, _options.TimeOut);

    private static TimeSpan Shorter(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
