using ItOps.Bot.Executors.Http;
using ItOps.Bot.Secrets;

namespace ItOps.Bot.Executors.ServiceNow;

/// <summary>The instance, who the bot is there, and how its incidents are filed.</summary>
internal sealed record ServiceNowOptions
{
    public required Uri Url { get; init; }

    public required string User { get; init; }

    public required Secret<string> Password { get; init; }

    /// <summary>The sys_id of the group that new incidents are for; left to the instance's own rules when none.</summary>
    public string? AssignmentGroup { get; init; }

    /// <summary>An instance refuses to resolve without one of its own resolution codes.</summary>
    public required string CloseCode { get; init; }

    public TimeSpan TimeOut { get; init; } = TimeSpan.FromSeconds(20);

    /// <exception cref="SettingException">A setting is missing or wrong.</exception>
    public static ServiceNowOptions From(ExecutorSettings settings) => new()
    {
        Url = settings.Address("Url", otherwise: null),
        User = settings.Needed("User") is var user && !user.Contains(':', StringComparison.Ordinal) ? user : throw settings.Wrong("User", "must not contain a colon"),
        Password = new(settings.Needed("Password")),
        AssignmentGroup = settings.Optional("AssignmentGroup") is not { } group ? null
            : ServiceNowIds.IsSysId(group) ? group : throw settings.Wrong("AssignmentGroup", "must be the sys_id of a group: 32 hexadecimal digits"),
        CloseCode = settings.Optional("CloseCode") ?? "Solution provided",
        TimeOut = TimeSpan.FromSeconds(settings.Whole("TimeOutSeconds", otherwise: 20, atLeast: 1, atMost: 100)),
    };
}

internal static class ServiceNowIds
{
    public static bool IsSysId(string? text) => text is { Length: 32 } && text.All(char.IsAsciiHexDigitLower);
}
