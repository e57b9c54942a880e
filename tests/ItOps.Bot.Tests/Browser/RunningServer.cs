using ItOps.Bot.Host.Serving;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Tests.Browser;

/// <summary>The server as it ships, on a free port of loopback, with a database of its own.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly string _folder;

    private RunningServer(WebApplication app, string folder) => (_app, _folder) = (app, folder);

    public string Address => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    public IServiceProvider Services => _app.Services;

    public static async Task<RunningServer> StartAsync(params string[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("itops-browser-").FullName;
        var app = BotServer.Build(
        [
            "--environment", "Development",
            "--urls", "http://127.0.0.1:0",
            "--Storage:Folder", folder,
            "--Logs:Folder", Path.Combine(folder, "logs"),
            "--Logging:LogLevel:Default", "Warning",
            .. settings,
        ]);
        await app.StartAsync();
        return new(app, folder);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
