using ItOps.Bot.Turns;

namespace ItOps.Bot.People;

/// <summary>
/// One line of the operator's own list: this channel identity is that person. <paramref name="Person"/> is a sign-in name or the id in the directory;
/// <paramref name="Origin"/> says where it stands, as <c>file:line</c>.
/// </summary>
public sealed record ChannelBinding(string Person, ChannelIdentity Identity, string Origin);
