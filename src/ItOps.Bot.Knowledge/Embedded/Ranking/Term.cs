using ItOps.Bot.Knowledge;
using ItOps.Bot.Knowledge.Embedded.Language;

namespace ItOps.Bot.Knowledge.Embedded.Ranking;

/// <summary>
/// One word of a text that was looked up: its number (negative when no runbook knows it), the numbers of what it is a kind of, and how much it says.
/// </summary>
internal readonly record struct Term(int Id, float Weight, Reading Reading, int Kind, int WiderKind)
{
    public WordClass Class => Reading.Class;
}
