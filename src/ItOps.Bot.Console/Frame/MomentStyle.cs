namespace ItOps.Bot.Console.Frame;

/// <summary>How a moment reads; its exact form is always there on hover.</summary>
public enum MomentStyle { Relative, Since, TimeOfDay, ToTheSecond }
