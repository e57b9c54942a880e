using ItOps.Bot.Replies;

namespace ItOps.Bot.Requests;

/// <summary>One line of a request's story, like a step in a build log.</summary>
/// <param name="At">When it happened (for a step: when it started).</param>
/// <param name="Took">How long it took; none for moments and for what still goes on.</param>
/// <param name="Output">Lines that fold away: script output, exact reasons. Never a secret.</param>
public sealed record TimelineEntry(DateTimeOffset At, string Text, CardState State, string Who, TimeSpan? Took, IReadOnlyList<string> Output);
