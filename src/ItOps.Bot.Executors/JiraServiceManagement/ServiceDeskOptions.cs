using ItOps.Bot.Executors.Http;
using ItOps.Bot.Secrets;

namespace ItOps.Bot.Executors.JiraServiceManagement;

/// <summary>The site, who the bot is there, and under which request type it files.</summary>
internal sealed record ServiceDeskOptions
{
    public required Uri Url { get; init; }

    public required string Email { get; init; }

    public required Secret<string> ApiToken { get; init; }

    public required int ServiceDeskId { get; init; }

    public required int RequestTypeId { get; init; }

    /// <summary>The transition that solves; when none is named, the first one into a status of the category "done".</summary>
    public string? ResolveTransition { get; init; }

    public TimeSpan TimeOut { get; init; } = TimeSpan.FromSeconds(20);

    /// <exception cref="SettingException">A setting is missing or wrong.</exception>
    public static ServiceDeskOptions From(ExecutorSettings settings) => new()
    {
        Url = settings.Address("Url", otherwise: null),
        Email = settings.Needed("Email") is var email && email.Contains('@', StringComparison.Ordinal) && !email.Contains(':', StringComparison.Ordinal)
            ? email
            : throw settings.Wrong("Email", "is not the e-mail address of the account that the token belongs to"),
        ApiToken = new(settings.Needed("ApiToken")),
        ServiceDeskId = Number(settings, "ServiceDeskId"),
        RequestTypeId = Number(settings, "RequestTypeId"),
        ResolveTransition = settings.Optional("ResolveTransition"),
        TimeOut = TimeSpan.FromSeconds(settings.Whole("TimeOutSeconds", otherwise: 20, atLeast: 1, atMost: 100)),
    };

    private static int Number(ExecutorSettings settings, string key) => settings.Whole(key, otherwise: 0, atLeast: 1, atMost: int.MaxValue) is > 0 and var number
        ? number
        : throw settings.Wrong(key, "is missing");
}
