using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace ItOps.Bot.Executors.Tests.AwsIam;

/// <summary>moto, an AWS emulator that nobody here wrote. Once it is strict it checks each signature and each caller's policy.</summary>
public sealed partial class MotoServer : IAsyncLifetime
{
    public const string Account = "123456789012";

    private readonly HttpClient _http = new();
    private Process? _process;

    /// <summary>None where it is not installed.</summary>
    public Uri? Address { get; private set; }

    public async ValueTask InitializeAsync()
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
            _process = Process.Start(start)!;
            _process.ErrorDataReceived += (_, line) =>
            {
                if (line.Data is null)
                    address.TrySetResult(null);
                else if (Running().Match(line.Data) is { Success: true } match)
                    address.TrySetResult(new(match.Groups[1].Value));
            };
            _process.OutputDataReceived += (_, _) => { };
            _process.BeginErrorReadLine();
            _process.BeginOutputReadLine();
            Address = await address.Task;
        }
        catch (Win32Exception)
        {
            // There is no Python at all.
        }
    }

    /// <summary>Forgets everything and believes everybody; skips the test where it is not installed.</summary>
    public async Task<Uri> EmptyAsync()
    {
        Assert.SkipWhen(Address is null, "The AWS emulator moto_server is not installed; pip install 'moto[server]' and, in a virtual environment, set ITOPS_PYTHON to its python.");
        using var reset = await _http.PostAsync(new Uri(Address!, "/moto-api/reset"), null);
        reset.EnsureSuccessStatusCode();
        await CountAsync("1000000");
        return Address!;
    }

    /// <summary>Sets something up; only before it is strict.</summary>
    public async Task<XElement> AskAsync(string action, params (string Name, string Value)[] parameters)
    {
        var body = string.Join('&', parameters.Prepend(("Version", "2010-05-08")).Prepend(("Action", action)).Select(p => $"{p.Item1}={Uri.EscapeDataString(p.Item2)}"));
        using var request = new HttpRequestMessage(HttpMethod.Post, Address) { Content = new StringContent(body, Encoding.UTF8, "application/x-www-form-urlencoded") };
        request.Headers.TryAddWithoutValidation("Authorization", "AWS4-HMAC-SHA256 Credential=setup/20260101/us-east-1/iam/aws4_request, SignedHeaders=host, Signature=0");
        using var response = await _http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode ? XElement.Parse(text) : throw new InvalidOperationException($"{action}: {text}");
    }

    /// <summary>From now on nothing is taken without a good signature and a policy that allows it.</summary>
    public Task BeStrictAsync() => CountAsync("0");

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (_process is null)
            return;
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    /// <summary>How many calls moto believes without looking.</summary>
    private async Task CountAsync(string count)
    {
        using var content = new StringContent(count);
        using var response = await _http.PostAsync(new Uri(Address!, "/moto-api/reset-auth"), content);
        response.EnsureSuccessStatusCode();
    }

    [GeneratedRegex(@"Running on (http://127\.0\.0\.1:\d+)")]
    private static partial Regex Running();
}
