using ItOps.Bot.People;

namespace ItOps.Bot.Accounts;

/// <summary>One account: the system that holds it ("directory", "cloud") and that system's immutable object id.</summary>
public sealed record AccountId(string System, string ObjectId)
{
    /// <summary>Reads <c>system/objectId</c>; an object id may itself hold slashes. Null when either part is missing.</summary>
    public static AccountId? Parse(string? text) => ObjectPath.Split(text) is var (system, objectId) ? new(system, objectId) : null;

    public override string ToString() => $"{System}/{ObjectId}";
}

/// <summary>One group of a system, by its immutable object id.</summary>
public sealed record GroupId(string System, string ObjectId)
{
    /// <summary>Reads <c>system/objectId</c>; an object id may itself hold slashes. Null when either part is missing.</summary>
    public static GroupId? Parse(string? text) => ObjectPath.Split(text) is var (system, objectId) ? new(system, objectId) : null;

    public override string ToString() => $"{System}/{ObjectId}";
}

internal static class ObjectPath
{
    public static (string System, string ObjectId)? Split(string? text)
    {
        var slash = text?.IndexOf('/', StringComparison.Ordinal) ?? -1;
        return slash > 0 && slash < text!.Length - 1 ? (text[..slash], text[(slash + 1)..]) : null;
    }
}

public enum AccountKind { Person, Service, BreakGlass }

/// <summary>
/// An account as it is at the moment of reading. <paramref name="Owner"/> is the person it belongs to, none for service accounts.
/// </summary>
public sealed record AccountSnapshot(AccountId Id, string Name, PersonId? Owner)
{
    public AccountKind Kind { get; init; }

    /// <summary>The holding system's name for people, such as "Directory".</summary>
    public required string SystemName { get; init; }

    /// <summary>Member, directly or through nesting, of a group that grants power over others (I10).</summary>
    public bool IsPrivileged { get; init; }

    public bool IsEnabled { get; init; } = true;

    /// <summary>Too many wrong passwords, or whatever else of the kind <see cref="IAccountDirectory.UnlockAsync"/> lifts. Not the same as switched off.</summary>
    public bool IsLocked
    {
        get => field || LockedSince is not null;
        init;
    }

    /// <summary>Since when the account is locked; none when it is not, or the system does not say.</summary>
    public DateTimeOffset? LockedSince { get; init; }

    public int BadAttempts { get; init; }

    public DateTimeOffset? PasswordLastSet { get; init; }

    public bool MustChangePassword { get; init; }

    /// <summary>Sessions that are open now; none when the system does not count them.</summary>
    public int? ActiveSessions { get; init; }

    /// <summary>When the password stops being accepted; none when it does not, or the system does not say.</summary>
    public DateTimeOffset? PasswordExpiresAt { get; init; }

    /// <summary>What else an approver should know, in exact words, a few at most: "no licence", "2 access keys are inactive". No secrets.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>What this one account does not let the bot do although its system offers it: its password is held elsewhere.</summary>
    public AccountAbilities Withheld { get; init; }

    /// <summary>Why, in exact words; with <see cref="Withheld"/>.</summary>
    public string? WithheldBecause { get; init; }

    /// <summary>Sessions that began before this moment are void; none when they were never revoked.</summary>
    public DateTimeOffset? SessionsRevokedAt { get; init; }

    /// <summary>The earliest that <see cref="SessionsRevokedAt"/> may have been, where the system tells it in whole seconds or by a clock of its own.</summary>
    public DateTimeOffset? SessionsRevokedNotBefore
    {
        get => field ?? SessionsRevokedAt;
        init;
    }
}

/// <summary>
/// A group as it is at the moment of reading. Members and owners are direct ones; nesting is resolved by <see cref="IAccountDirectory.IsMemberAsync"/>.
/// </summary>
public sealed record GroupSnapshot(GroupId Id, string Name, string Description)
{
    public required string SystemName { get; init; }

    public IReadOnlyList<PersonId> Owners { get; init; } = [];

    /// <summary>Grants power over others, by itself or because it is nested in a group that does.</summary>
    public bool IsPrivileged { get; init; }

    /// <summary>Why nobody can be let in or out here, in exact words: a rule of the system decides who is in. None when it is open.</summary>
    public string? ClosedBecause { get; init; }

    /// <summary>What membership gives access to, when that is something people ask for by name.</summary>
    public GroupResource? Resource { get; init; }
}

/// <summary>
/// A thing behind a group: its type ("shared-drive", "jira-project"), what people call it (aliases such as "G:" included), and which
/// permission the group gives ("read", "write", …).
/// </summary>
public sealed record GroupResource(string Type, string Name, string Permission, IReadOnlyList<string> Aliases);
