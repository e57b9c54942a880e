namespace ItOps.Bot.Replies;

/// <summary>Under what the messages of a card are remembered, so that they can be updated.</summary>
public static class CardTopics
{
    private const string BundleMark = "bundle:";
    private const string GroupMark = "group:";

    public static string Request(string requestId) => "request:" + requestId;

    public static string Approval(string approvalId) => "approval:" + approvalId;

    /// <summary>The card that several approvals of one message share.</summary>
    public static string Bundle(string bundle) => BundleMark + bundle;

    /// <summary>The requester's own card of all that one message asked for.</summary>
    public static string Group(string groupId) => GroupMark + groupId;

    public static string? BundleOf(string topic) => After(BundleMark, topic);

    public static string? GroupOf(string topic) => After(GroupMark, topic);

    private static string? After(string mark, string topic) => topic.StartsWith(mark, StringComparison.Ordinal) ? topic[mark.Length..] : null;
}
