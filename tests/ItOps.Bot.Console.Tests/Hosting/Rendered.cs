using System.Net;
using ItOps.Bot.Console.Frame;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace ItOps.Bot.Console.Tests.Hosting;

/// <summary>One component, as HTML.</summary>
internal static class Rendered
{
    public static readonly DateTimeOffset Now = new(2026, 3, 4, 10, 42, 0, TimeSpan.Zero);

    public static PageFrame Frame { get; } = new(new Clock(Now, TimeZoneInfo.Utc), new("token", "t")) { Path = "/approvals" };

    public static async Task<string> AsHtmlAsync<T>(PageFrame frame, params (string Name, object? Value)[] parameters)
        where T : IComponent
    {
        await using var services = new ServiceCollection().BuildServiceProvider();
        await using var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
        RenderFragment content = builder =>
        {
            builder.OpenComponent<T>(0);
            foreach (var (name, value) in parameters)
                builder.AddComponentParameter(1, name, value);
            builder.CloseComponent();
        };
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var root = await renderer.RenderComponentAsync<CascadingValue<PageFrame>>(
                ParameterView.FromDictionary(new Dictionary<string, object?> { ["Value"] = frame, ["ChildContent"] = content }));
            return root.ToHtmlString();
        });
    }

    /// <summary>What a person reads: without tags, decoded, with single spaces.</summary>
    public static string Text(string html) =>
        string.Join(' ', WebUtility.HtmlDecode(System.Text.RegularExpressions.Regex.Replace(html, "<[^>]*>", "")).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
