namespace ItOps.Bot.Channels.Slack.Access;

/// <summary>Whether the workspace lets the bot in, as far as is known without asking.</summary>
internal sealed class SlackAccess
{
    private volatile string? _withdrawn;
    private volatile string? _token;
    private volatile string? _socket;

    /// <summary>Why nothing may be sent any more until the app is installed again; none while it is installed.</summary>
    public string? Withdrawn => _withdrawn;

    public string? Problem => _withdrawn ?? _token ?? _socket;

    /// <summary>The app was removed, or its token revoked.</summary>
    public void Withdraw(string why) => _withdrawn = why;

    /// <summary>What the last call learned about the bot token; none when it was good.</summary>
    public void TokenIs(string? problem) => _token = problem;

    /// <summary>What keeps Socket Mode from receiving; none while it does.</summary>
    public void SocketIs(string? problem) => _socket = problem;
}
