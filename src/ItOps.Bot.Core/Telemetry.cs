using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace ItOps.Bot;

/// <summary>The names under which the bot reports what it does: one activity source and one meter, both "ItOps.Bot".</summary>
public static class Telemetry
{
    public const string Name = "ItOps.Bot";

    public static readonly ActivitySource Source = new(Name);

    public static readonly Meter Meter = new(Name);

    public static readonly Counter<long> Turns = Meter.CreateCounter<long>("itops_turns", description: "Turns handled, by kind and result");

    public static readonly Histogram<double> TurnSeconds = Meter.CreateHistogram<double>("itops_turn_duration", "s", "From a turn's acceptance to its commit");

    public static readonly Counter<long> Steps = Meter.CreateCounter<long>("itops_steps", description: "Steps ended, by operation and status");

    public static readonly Counter<long> Decisions = Meter.CreateCounter<long>("itops_decisions", description: "Presses on approval cards, by result");

    public static readonly Histogram<double> DecisionSeconds = Meter.CreateHistogram<double>("itops_decision", "s", "From a card to the press that counted, by kind");

    public static readonly Counter<long> HastyDecisions = Meter.CreateCounter<long>("itops_decisions_hasty", description: "Approvals that came too soon after the card to have been read");

    public static readonly Counter<long> LimitedApprovers = Meter.CreateCounter<long>("itops_approvers_limited", description: "Approvers who reached the limit of decisions in an hour");

    public static readonly Counter<long> Messages = Meter.CreateCounter<long>("itops_messages", description: "Messages sent, by channel and result");

    public static readonly Counter<long> Refused = Meter.CreateCounter<long>("itops_refused", description: "Requests of a chat platform that were turned away, by channel and reason");

    public static readonly Counter<long> Retrievals = Meter.CreateCounter<long>("itops_retrievals", description: "Texts looked up where Chroma is set, by what answered");

    public static readonly Histogram<double> AgentSeconds = Meter.CreateHistogram<double>("itops_agent_duration", "s", "Asking an agent about a message, by framework, what was asked, and result");

    public static readonly Counter<long> ModelCalls = Meter.CreateCounter<long>("itops_model_calls", description: "Questions to the language model, by what was asked and result");

    public static readonly Counter<long> ModelTokens = Meter.CreateCounter<long>("itops_model_tokens", description: "Tokens of the language model, by direction; estimated where the endpoint does not say");

    public static readonly Counter<double> ModelCost = Meter.CreateCounter<double>("itops_model_cost", description: "What the language model cost at the prices that are set, in their currency");

    public static readonly Counter<long> Requests = Meter.CreateCounter<long>("itops_requests", description: "Requests that reached a status");
}
