namespace ItOps.Bot.Executors.LocalAccounts;

/// <summary>A program said no or was never started: nothing was changed by it.</summary>
internal sealed class LinuxToolException(ProblemCode code, string detail) : Exception(detail)
{
    public Problem Problem => new(code, Message);
}
