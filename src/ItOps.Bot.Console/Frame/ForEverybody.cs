namespace ItOps.Bot.Console.Frame;

/// <summary>Marks pages for people who may have no way to sign in: what they hold, a link of 256 bits, is what lets them in.</summary>
internal sealed record ForEverybody;
