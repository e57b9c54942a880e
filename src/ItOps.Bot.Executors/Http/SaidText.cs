namespace ItOps.Bot.Executors.Http;

/// <summary>What a system said, for approvers and the log: one line, not long, nothing that moves a cursor.</summary>
internal static class SaidText
{
    private const int Longest = 300;

    public static string Of(string? text)
    {
        var line = new string([.. (text ?? "").Select(c => char.IsControl(c) ? ' ' : c)]).Trim();
        return line.Length <= Longest ? line : line[..Longest] + "…";
    }
}
