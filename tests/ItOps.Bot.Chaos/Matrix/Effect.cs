namespace ItOps.Bot.Chaos.Matrix;

/// <summary>What a target can have had done to it, as its own ledger tells.</summary>
internal enum Effect { Reset, SignOut, Unlock, Join, Leave, Block }
