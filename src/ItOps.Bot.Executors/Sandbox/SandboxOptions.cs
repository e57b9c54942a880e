namespace ItOps.Bot.Executors.Sandbox;

/// <param name="PasswordIterations">The cost of PBKDF2 for practice passwords; 210,000 take about 40 ms.</param>
internal sealed record SandboxOptions(int PasswordIterations = 210_000)
{
    /// <summary>An account locks at this many wrong passwords in a row.</summary>
    public int LockoutThreshold { get; init; } = 5;

    public int MinimumPasswordLength { get; init; } = 12;
}
