using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace ItOps.Bot.Executors.Tests.AwsIam;

/// <summary>moto, an AWS emulator that nobody here wrote. Once it is strict it checks each signature and each caller's policy.</summary>
internal sealed partial class MotoServer : IAsyncDisposable
{
    public const string Account = "123456789012";

    private readonly Process _process;
    private readonly HttpClient _http;

    private MotoServer(Process process, Uri address) => (_process, Address, _http) = (process, address, new() { BaseAddress = address });

    public Uri Address { get; }

    /// <summary>Skips where it is not installed.</summary>
    public static async Task<MotoServer> StartAsync()
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("ITOPS_PYTHON") ?? "python3", ["-m", "moto.server", "-H", "127.0.0.1", "-p", "0"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        (start.Environment["MOTO_IAM_LOAD_MANAGED_POLICIES"], start.Environment["INITIAL_NO_AUTH_ACTION_COUNT"]) = ("true", "1000000");
        var address = new TaskCompletionSource<Uri?>(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            var process = Process.Start(start)!;
            process.ErrorDataReceived += (_, line) =>
            {
                if (line.Data is null)
                    address.TrySetResult(null);
                else if (Running().Match(line.Data) is { Success: true } match)
                    address.TrySetResult(new(match.Groups[1].Value));
            };
            process.OutputDataReceived += (_, _) => { };
            process.BeginErrorReadLine();
            process.BeginOutputReadLine();
            if (await address.Task is { } found)
                return new(process, found);
            process.Dispose();
        }
        catch (Win32Exception)
        {
            // There is no Python at all.
        }

        Assert.Skip("The AWS emulator moto_server is not installed; pip install 'moto[server]' and, in a virtual environment, set ITOPS_PYTHON to its python.");
        throw new InvalidOperationException("Unreachable: the test was skipped.");
    }

    /// <summary>Sets something up; only before it is strict.</summary>
    public async Task<XElement> AskAsync(string action, params (string Name, string Value)[] parameters)
    {
        var body = string.Join('&', parameters.Prepend(("Version", "2010-05-08")).Prepend(("Action", action)).Select(p => $"{p.Item1}={Uri.EscapeDataString(p.Item2)}"));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new StringContent(body, Encoding.UTF8, "application/x-www-form-urlencoded") };
        request.Headers.TryAddWithoutValidation("Authorization", "AWS4-HMAC-SHA256 Credential=setup/20260101/us-east-1/iam/aws4_request, SignedHeaders=host, Signature=0");
        using var response = await _http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode ? XElement.Parse(text) : throw new InvalidOperationException($"{action}: {text}");
    }

    /// <summary>From now on nothing is taken without a good signature and a policy that allows it; with false, everything is again.</summary>
    public async Task BeStrictAsync(bool strict = true)
    {
        using var content = new StringContent(strict ? "0" : "1000000");
        using var response = await _http.PostAsync(new Uri("/moto-api/reset-auth", UriKind.Relative), content);
        response.EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    [GeneratedRegex(@"Running on (http://127\.0\.0\.1:\d+)")]
    private static partial Regex Running();
}
