namespace ItOps.Bot.Benchmarks.Load;

/// <summary>Out of scope on purpose: read, ranked against every runbook, answered, and no request is opened.</summary>
internal static class Questions
{
    private static readonly string[] s_all =
    [
        "what is the best pizza in town", "who won the match last night", "can you write me a poem about autumn", "how tall is the eiffel tower",
        "please book a table for four on friday", "what will the weather be like tomorrow", "tell me a joke", "how many days of leave do i have left",
    ];

    public static string Of(int number) => s_all[number % s_all.Length];
}
