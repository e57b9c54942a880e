using System.Text.Json.Nodes;

namespace ItOps.Bot.Testing.Models;

/// <summary>What the fake model does with one question: a good answer, a bad one, or none.</summary>
public sealed record ModelReply
{
    private ModelReply(ModelConduct conduct) => Conduct = conduct;

    internal ModelConduct Conduct { get; }

    internal string Content { get; private init; } = "";

    internal string Finish { get; private init; } = "stop";

    internal int StatusCode { get; private init; } = 200;

    internal string? RetryAfter { get; private init; }

    internal long Size { get; private init; }

    internal Action? Meanwhile { get; private init; }

    /// <summary>The tokens that it says it took; reckoned from the lengths unless given.</summary>
    public (long Input, long Output)? Usage { get; init; }

    public bool SaysUsage { get; init; } = true;

    /// <summary>The answer is this, as JSON.</summary>
    public static ModelReply Json(JsonNode answer) => Text(answer.ToJsonString());

    /// <summary>The answer is this text, whatever was asked for.</summary>
    public static ModelReply Text(string content) => new(ModelConduct.Answers) { Content = content };

    /// <summary>The answer ends for another reason than that it is complete: "length", "content_filter", "tool_calls".</summary>
    public static ModelReply Ends(string finishReason, string content = "") => new(ModelConduct.Answers) { Content = content, Finish = finishReason };

    /// <summary>A second choice with other text, put between the parts of the first one.</summary>
    public static ModelReply TwoChoices(JsonNode first, string second) => new(ModelConduct.AnswersTwice) { Content = first.ToJsonString(), Second = second };

    /// <summary>Calls a tool that nobody offered, beside an answer or, without one, instead of it.</summary>
    public static ModelReply ToolCall(string name, string arguments, JsonNode? beside = null) =>
        new(ModelConduct.CallsATool) { Content = beside?.ToJsonString() ?? "", Tool = (name, arguments), Finish = "tool_calls" };

    /// <summary>The model's own "I can't help with that".</summary>
    public static ModelReply Refusal(string text = "I can't help with that.") => new(ModelConduct.Refuses) { Content = text };

    /// <summary>So many bytes of a text that does not end.</summary>
    public static ModelReply Huge(long bytes = 10 * 1024 * 1024) => new(ModelConduct.IsHuge) { Size = bytes };

    /// <summary>An HTTP status and no answer.</summary>
    public static ModelReply Status(int status, string code = "server_error") => new(ModelConduct.Fails) { StatusCode = status, Content = code };

    /// <summary>Too many requests, with the header as it is given.</summary>
    public static ModelReply Busy(string? retryAfter = null) => new(ModelConduct.Fails) { StatusCode = 429, RetryAfter = retryAfter, Content = "rate_limit_exceeded" };

    /// <summary>Bytes that are neither JSON nor events, under the right content type.</summary>
    public static ModelReply Garbage() => new(ModelConduct.TalksGarbage);

    /// <summary>A page for browsers, as a proxy shows.</summary>
    public static ModelReply Html() => new(ModelConduct.ShowsAPage);

    /// <summary>The whole answer at once, as if nobody had asked for a stream.</summary>
    public static ModelReply NotStreamed(JsonNode answer) => new(ModelConduct.DoesNotStream) { Content = answer.ToJsonString() };

    /// <summary>Half of the answer, and then the connection is gone.</summary>
    public static ModelReply BreaksOff(string content = "{\"proposals\":[") => new(ModelConduct.BreaksOff) { Content = content };

    /// <summary>Half of the answer, and then a proper end of the stream, without the one that the protocol has.</summary>
    public static ModelReply EndsEarly(string content = "{\"proposals\":[") => new(ModelConduct.EndsEarly) { Content = content };

    /// <summary>The connection is gone without a word.</summary>
    public static ModelReply Gone() => new(ModelConduct.IsGone);

    /// <summary>Nothing comes until the caller gives up; <paramref name="meanwhile"/> is done again and again until then, such as moving a clock.</summary>
    public static ModelReply Hangs(Action? meanwhile = null) => new(ModelConduct.Hangs) { Meanwhile = meanwhile };

    /// <summary>As <see cref="Hangs"/>, after the answer has begun.</summary>
    public static ModelReply Stalls(Action? meanwhile = null) => new(ModelConduct.Stalls) { Meanwhile = meanwhile };

    /// <summary>A byte, then <paramref name="between"/>, and so on without an end.</summary>
    public static ModelReply Drips(Action between) => new(ModelConduct.Drips) { Meanwhile = between };

    /// <summary>A good answer after <paramref name="before"/> was done.</summary>
    public ModelReply After(Action before) => this with { Before = before };

    internal Action? Before { get; private init; }

    internal string Second { get; private init; } = "";

    internal (string Name, string Arguments) Tool { get; private init; }
}

internal enum ModelConduct { Answers, AnswersTwice, CallsATool, Refuses, IsHuge, Fails, TalksGarbage, ShowsAPage, DoesNotStream, BreaksOff, EndsEarly, IsGone, Hangs, Stalls, Drips }
