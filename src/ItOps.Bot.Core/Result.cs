using System.Diagnostics.CodeAnalysis;

namespace ItOps.Bot;

/// <summary>Either a value or the <see cref="Problem"/> that stood in its way.</summary>
public readonly record struct Result<T>
{
    private readonly T? _value;

    private Result(T? value, Problem? problem) => (_value, Problem) = (value, problem);

    public Problem? Problem { get; }

    [MemberNotNullWhen(true, nameof(Problem))]
    public bool Failed => Problem is not null;

    /// <summary>The value; a bug in the caller if <see cref="Failed"/>.</summary>
    public T Value => Problem is null ? _value! : throw new InvalidOperationException($"No value: {Problem}");

    public static implicit operator Result<T>(T value) => new(value, null);

    public static implicit operator Result<T>(Problem problem) => new(default, problem);
}

/// <summary>The value of a <see cref="Result{T}"/> that has nothing to say but "done".</summary>
public readonly record struct Done
{
    public static readonly Done Value;
}
