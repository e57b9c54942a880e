using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace ItOps.Bot.Tests.Stories.Stage;

/// <summary>Keeps what the platforms brought to the bot, to bring it again.</summary>
public sealed class InboundRecorder : IStartupFilter
{
    private readonly List<Inbound> _all = [];
    private readonly Lock _gate = new();

    /// <summary>While <c>false</c>, nothing is kept: what comes is a repetition.</summary>
    public bool IsRecording { get; set; } = true;

    public IReadOnlyList<Inbound> All
    {
        get
        {
            lock (_gate)
                return [.. _all];
        }
    }

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(async (http, then) =>
        {
            if (IsRecording && http.Request.Method == HttpMethods.Post)
                await KeepAsync(http.Request);
            await then(http);
        });
        next(app);
    };

    private async Task KeepAsync(HttpRequest request)
    {
        request.EnableBuffering();
        using var reader = new StreamReader(request.Body, leaveOpen: true);
        var body = await reader.ReadToEndAsync();
        request.Body.Position = 0;
        lock (_gate)
            _all.Add(new(request.Path.Value!.TrimStart('/'), request.ContentType!.Split(';')[0], body));
    }
}

/// <summary>One request of a platform, without the proof, which is fresh each time it is brought.</summary>
public sealed record Inbound(string Path, string Type, string Body);
