using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Knowledge;

/// <summary>Reads what a text says about a runbook's slots, word for word; it knows nothing of the directory.</summary>
public interface ISlotReader
{
    /// <summary>Values by slot ("user", "drive", "permission", …), each in the order of mention; slots that are not mentioned are absent.
    /// A slot that is mentioned in a way that cannot be read ("unlock user x|y") is there with no values.</summary>
    IReadOnlyDictionary<string, IReadOnlyList<string>> Read(Runbook runbook, string text);
}
