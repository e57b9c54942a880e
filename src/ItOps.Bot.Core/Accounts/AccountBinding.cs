namespace ItOps.Bot.Accounts;

/// <summary>
/// One line of the operator's own list: this account of that system is that person's. <paramref name="Person"/> is a sign-in name or the id in the directory;
/// <paramref name="Origin"/> says where it stands, as <c>file:line</c>.
/// </summary>
public sealed record AccountBinding(string Person, string System, string Key, string Origin);
