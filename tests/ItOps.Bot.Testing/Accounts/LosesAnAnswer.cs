using ItOps.Bot.Accounts;

namespace ItOps.Bot.Testing.Accounts;

/// <summary>Stands before a real directory, and once lets the connection break at a change: before the request gets through, or before its answer does.</summary>
public sealed class LosesAnAnswer(IAccountDirectory real, bool afterTheEffect) : DirectoryInFront(real)
{
    private int _left = 1;

    protected override async Task<Result<Done>> ChangeAsync(Func<Task<Result<Done>>> change)
    {
        if (Interlocked.Exchange(ref _left, 0) == 0)
            return await change();
        if (afterTheEffect)
            await change();
        throw new IOException("The connection broke.");
    }
}
