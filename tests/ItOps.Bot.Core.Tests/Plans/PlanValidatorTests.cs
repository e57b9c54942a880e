using ItOps.Bot.Execution;
using ItOps.Bot.Plans;
using ItOps.Bot.Replies;

namespace ItOps.Bot.Core.Tests.Plans;

public sealed class PlanValidatorTests
{
    private static readonly OperationCatalog Operations = new([new Declared("account.unlock", OperationEffect.Changes), new Declared("script.check", OperationEffect.ReadsOnly)]);

    [Fact]
    public void A_plan_that_fits_the_descriptors_passes() => Assert.Null(PlanValidator.Check(Plan(Step()), Operations));

    [Theory]
    [InlineData(0)]
    [InlineData(PlanValidator.MaximumSteps + 1)]
    public void A_plan_of_no_steps_or_too_many_is_refused(int steps) =>
        Assert.Equal(ProblemCode.InvalidArguments, PlanValidator.Check(Plan([.. Enumerable.Repeat(Step(), steps)]), Operations)?.Code);

    [Fact]
    public void An_operation_that_nobody_offers_is_refused_wherever_it_stands() =>
        Assert.Equal(ProblemCode.UnknownOperation, PlanValidator.Check(Plan(Step(), Step("account.delete")), Operations)?.Code);

    [Theory]
    [InlineData("target", null)]
    [InlineData("target", "")]
    [InlineData("target", "a\nb")]
    [InlineData("target", "a\0b")]
    [InlineData("password", "smuggled")]
    public void A_missing_empty_hostile_or_unknown_argument_is_refused(string name, string? value)
    {
        var arguments = new Dictionary<string, string> { ["target"] = "directory/D1" };
        if (value is null)
            arguments.Remove(name);
        else
            arguments[name] = value;

        var step = Step() with { Arguments = new StepArguments(arguments) };

        Assert.Equal(ProblemCode.InvalidArguments, PlanValidator.Check(Plan(step), Operations)?.Code);
    }

    [Fact]
    public void An_argument_as_long_as_a_novel_is_refused()
    {
        var step = Step() with { Arguments = new StepArguments([new("target", new string('a', 257))]) };

        Assert.Equal(ProblemCode.InvalidArguments, PlanValidator.Check(Plan(step), Operations)?.Code);
    }

    [Fact]
    public void Only_a_plan_whose_every_step_reads_is_one_that_only_reads()
    {
        Assert.True(PlanValidator.OnlyReads(Plan(Step("script.check")), Operations));
        Assert.False(PlanValidator.OnlyReads(Plan(Step("script.check"), Step()), Operations));
        Assert.False(PlanValidator.OnlyReads(Plan(Step("unknown")), Operations));
    }

    private static Plan Plan(params PlanStep[] steps) => new("runbook", 1, 1, steps);

    private static PlanStep Step(string operation = "account.unlock") =>
        new(operation, new StepArguments([new("target", "directory/D1")]), new PlanTarget("account", "directory/D1", "alice", "Directory", new("P1")));

    private sealed class Declared(string id, OperationEffect effect) : IOperation
    {
        public OperationDescriptor Descriptor { get; } =
            new(id, "Do {target}", effect, ReplayClass.Probe, new CardRisk(RiskLevel.Low, "none"), [new("target", ArgumentKind.Account, "what")]);

        public Task<Result<Preview>> PreviewAsync(StepArguments arguments, CancellationToken cancellationToken) => throw new InvalidOperationException();

        public Task<Result<StepOutput>> ExecuteAsync(StepExecution step, CancellationToken cancellationToken) => throw new InvalidOperationException();

        public Task<Verification> VerifyAsync(StepExecution step, CancellationToken cancellationToken) => throw new InvalidOperationException();
    }
}
