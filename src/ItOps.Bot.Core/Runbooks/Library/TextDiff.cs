namespace ItOps.Bot.Runbooks.Library;

/// <summary>One line of a comparison. A gap stands for lines that are the same and are left out; <paramref name="Text"/> then says how many.</summary>
public sealed record DiffLine(DiffKind Kind, int? Before, int? After, string Text);

public enum DiffKind { Same, Removed, Added, Gap }

/// <summary>What changed between two texts, line by line, with some lines around each change.</summary>
public static class TextDiff
{
    private const int Around = 3;

    /// <summary>Beyond this the middle counts as replaced, so that no text is slow to compare.</summary>
    private const int MostCells = 4_000_000;

    /// <summary>Empty when nothing differs.</summary>
    public static IReadOnlyList<DiffLine> Of(string before, string after)
    {
        var (was, now) = (before.Split('\n'), after.Split('\n'));
        var head = 0;
        while (head < was.Length && head < now.Length && was[head] == now[head])
            head++;
        var tail = 0;
        while (tail < was.Length - head && tail < now.Length - head && was[^(tail + 1)] == now[^(tail + 1)])
            tail++;
        if (head == was.Length && head == now.Length)
            return [];

        var lines = new List<DiffLine>();
        for (var i = 0; i < head; i++)
            lines.Add(new(DiffKind.Same, i + 1, i + 1, was[i]));
        Compare(was.AsSpan(head..^tail), now.AsSpan(head..^tail), head, lines);
        for (var i = tail; i > 0; i--)
            lines.Add(new(DiffKind.Same, was.Length - i + 1, now.Length - i + 1, was[^i]));
        return Folded(lines);
    }

    private static void Compare(ReadOnlySpan<string> was, ReadOnlySpan<string> now, int offset, List<DiffLine> lines)
    {
        var common = (long)was.Length * now.Length <= MostCells ? Common(was, now) : null;
        var (i, j) = (0, 0);
        while (i < was.Length || j < now.Length)
        {
            if (common is not null && i < was.Length && j < now.Length && was[i] == now[j])
            {
                lines.Add(new(DiffKind.Same, offset + i + 1, offset + j + 1, was[i]));
                (i, j) = (i + 1, j + 1);
            }
            else if (i < was.Length && (common is null || j == now.Length || common[i + 1, j] >= common[i, j + 1]))
            {
                lines.Add(new(DiffKind.Removed, offset + i + 1, null, was[i]));
                i++;
            }
            else
            {
                lines.Add(new(DiffKind.Added, null, offset + j + 1, now[j]));
                j++;
            }
        }
    }

    /// <summary>How many lines the rest of both have in common, for each pair of places.</summary>
    private static int[,] Common(ReadOnlySpan<string> was, ReadOnlySpan<string> now)
    {
        var common = new int[was.Length + 1, now.Length + 1];
        for (var i = was.Length - 1; i >= 0; i--)
        {
            for (var j = now.Length - 1; j >= 0; j--)
                common[i, j] = was[i] == now[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
        }

        return common;
    }

    private static List<DiffLine> Folded(List<DiffLine> lines)
    {
        var shown = new bool[lines.Count];
        for (var i = 0; i < lines.Count; i++)
        {
            if (lines[i].Kind == DiffKind.Same)
                continue;
            for (var near = Math.Max(0, i - Around); near <= Math.Min(lines.Count - 1, i + Around); near++)
                shown[near] = true;
        }

        var folded = new List<DiffLine>();
        for (var i = 0; i < lines.Count; i++)
        {
            if (shown[i])
            {
                folded.Add(lines[i]);
                continue;
            }

            var from = i;
            while (i + 1 < lines.Count && !shown[i + 1])
                i++;
            folded.Add(new(DiffKind.Gap, null, null, FormattableString.Invariant($"{i - from + 1} unchanged {(i == from ? "line" : "lines")}")));
        }

        return folded;
    }
}
