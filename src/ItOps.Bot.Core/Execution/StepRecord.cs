using System.Text.Json.Serialization;
using ItOps.Bot.Secrets;

namespace ItOps.Bot.Execution;

/// <summary>
/// One line of the step journal: written before the effect and again after it. <see cref="Secret"/> is encrypted at rest.
/// </summary>
public sealed record StepRecord(string RequestId, string Digest, int Index, string Operation, StepStatus Status)
{
    public int Attempt { get; init; }

    /// <summary>The fence of the runner that wrote it; a runner with a lower one is refused.</summary>
    public int Fence { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public Secret<string>? Secret { get; init; }

    public IReadOnlyList<string> Lines { get; init; } = [];

    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>As in <see cref="StepOutput.Facts"/>.</summary>
    public IReadOnlyDictionary<string, string> Facts { get; init; } = new Dictionary<string, string>();

    public string? VerifiedText { get; init; }

    /// <summary>What became of it is in its owner's hands: the secret was delivered, they were told.</summary>
    public bool Delivered { get; init; }

    public Problem? Problem { get; init; }
}

[JsonConverter(typeof(JsonStringEnumConverter<StepStatus>))]
public enum StepStatus { Planned, Started, Succeeded, Failed, Unknown }
