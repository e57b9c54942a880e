namespace ItOps.Bot.Knowledge.Chroma;

/// <summary>What is known of Chroma without asking it, and the bell by which whoever finds the collection lost calls for it to be looked after.</summary>
internal sealed class ChromaState
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _wanted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string? _problem;

    /// <summary>What went wrong the last time; none when the last time was well.</summary>
    public string? Problem => Volatile.Read(ref _problem);

    public bool IsAway => Problem is not null;

    public void Answered() => Volatile.Write(ref _problem, null);

    /// <param name="needsLook">The server answers, and the collection is not what it should be.</param>
    public void Failed(string problem, bool needsLook)
    {
        var wasWell = Interlocked.Exchange(ref _problem, problem) is null;

        // One look per outage: that many questions fail makes nobody look more often.
        if (needsLook || wasWell)
            Ring();
    }

    public void Ring()
    {
        lock (_gate)
            _wanted.TrySetResult();
    }

    /// <summary>Ends when somebody rang since the last <see cref="Heard"/>.</summary>
    public Task RungAsync()
    {
        lock (_gate)
            return _wanted.Task;
    }

    public void Heard()
    {
        lock (_gate)
        {
            if (_wanted.Task.IsCompleted)
                _wanted = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}
