using System.Diagnostics;

namespace ItOps.Bot.Tests.Browser;

/// <summary>An OpenID Connect provider that others wrote, from npm; it signs in one person without asking.</summary>
internal sealed class MockProvider : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _folder;

    private MockProvider(Process process, string folder, string authority) => (_process, _folder, Authority) = (process, folder, authority);

    public string Authority { get; }

    /// <summary>Skips where it is not installed.</summary>
    /// <param name="person">The value of the claim <c>oid</c>.</param>
    public static async Task<MockProvider> StartAsync(string person)
    {
        var module = Environment.GetEnvironmentVariable("ITOPS_OIDC");
        Assert.SkipWhen(module is null || !File.Exists(module), "oauth2-mock-server is not installed, or Node is older than 20; npm install oauth2-mock-server and set ITOPS_OIDC to the path of its dist/index.mjs.");
        var folder = Directory.CreateTempSubdirectory("itops-oidc-").FullName;
        var script = Path.Combine(folder, "provider.mjs");
        await File.WriteAllTextAsync(script, $$"""
            import { OAuth2Server } from '{{module}}';
            const server = new OAuth2Server();
            await server.issuer.keys.generate('RS256');
            server.service.on('beforeTokenSigning', token => { token.payload.oid = '{{person}}'; });
            await server.start(0, '127.0.0.1');
            server.issuer.url = `http://127.0.0.1:${server.address().port}`;
            console.log(server.issuer.url);
            """);
        var process = Process.Start(new ProcessStartInfo("node", [script]) { RedirectStandardOutput = true })!;
        return await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } authority
            ? new(process, folder, authority)
            : throw new InvalidOperationException("The provider ended before it listened.");
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
