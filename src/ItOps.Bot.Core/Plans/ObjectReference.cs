using ItOps.Bot.Accounts;

namespace ItOps.Bot.Plans;

/// <summary>The form of account and group ids in arguments: <c>system/objectId</c>.</summary>
public static class ObjectReference
{
    public static AccountId? Account(string value) => Split(value) is { } parts ? new(parts.System, parts.ObjectId) : null;

    public static GroupId? Group(string value) => Split(value) is { } parts ? new(parts.System, parts.ObjectId) : null;

    private static (string System, string ObjectId)? Split(string value) =>
        value.IndexOf('/') is > 0 and var at && at < value.Length - 1 ? (value[..at], value[(at + 1)..]) : null;
}
