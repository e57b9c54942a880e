using System.Text.Json;

namespace ItOps.Bot.Testing.Slack;

/// <summary>A message as it stands in a channel now, with what it was before.</summary>
public sealed class FakeSlackMessage
{
    private readonly List<(string Text, JsonElement Blocks)> _states = [];

    internal FakeSlackMessage(string channel, string ts, string? thread) => (Channel, Ts, Thread) = (channel, ts, thread);

    public string Channel { get; }

    public string Ts { get; }

    /// <summary>The message that it answers in a thread.</summary>
    public string? Thread { get; }

    public bool Deleted { get; internal set; }

    /// <summary>The fallback text, as sent.</summary>
    public string Text => _states[^1].Text;

    public JsonElement Blocks => _states[^1].Blocks;

    /// <summary>How often it was updated.</summary>
    public int Updates => _states.Count - 1;

    /// <summary>When it last changed, counted over the whole of Slack.</summary>
    public long Revision { get; private set; }

    /// <summary>What a person reads.</summary>
    public string Shown => SlackScreen.Read(Blocks);

    /// <summary>The buttons and the entries of menus.</summary>
    public IReadOnlyList<SlackButton> Buttons => SlackScreen.Buttons(Blocks);

    /// <summary>Somebody deletes it.</summary>
    public void Delete() => Deleted = true;

    internal bool Had(string blockId) => _states.Any(s => BlockRules.Ids(s.Blocks).Contains(blockId));

    internal void Becomes(string text, JsonElement blocks, long revision)
    {
        _states.Add((text, blocks));
        Revision = revision;
    }
}

/// <summary>Something that can be pressed.</summary>
public sealed record SlackButton(string BlockId, string ActionId, string Label, string? Value, string? Url, string? Style, bool InMenu);
