using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using ItOps.Bot.Cloud;
using ItOps.Bot.Execution;
using ItOps.Bot.Executors.Processes;
using ItOps.Bot.Plans;

namespace ItOps.Bot.Executors.AwsCli;

/// <summary>
/// Starts the <c>aws</c> program with a list of words, an environment that holds nothing but what the settings say, and a home of its own, so that no file of
/// anybody's (aliases, credential programs) takes part.
/// </summary>
internal sealed partial class AwsProgram(AwsCliOptions options, SecretMask mask, ProcessRunner processes) : IDisposable
{
    private static readonly OutputLimits s_limits = new(Head: 2_000_000, Tail: 16_000, Line: 1_000_000);

    // What the program says when it never got as far as asking AWS.
    private static readonly string[] s_notAsked = ["Could not connect to the endpoint URL", "Connect timeout on endpoint URL", "Unable to locate credentials", "could not be found", "Partial credentials"];

    // The request was taken, and nobody knows what became of it.
    private static readonly string[] s_open = ["InternalError", "InternalFailure", "ServiceUnavailable", "Unavailable", "RequestTimeout"];

    private readonly Lock _gate = new();
    private DirectoryInfo? _home;

    /// <summary>What a call came to: an answer, or AWS's code for its refusal, or neither.</summary>
    /// <param name="NotDone">Nothing happened, for certain.</param>
    public sealed record Answer(JsonElement? Json, string? Code, string Said, bool NotDone);

    public async Task<Answer> CallAsync(AwsCall call, StepArguments arguments, CancellationToken cancellationToken)
    {
        var result = await processes.RunAsync(
            new ProcessRequest(options.Program, Words(call, arguments), "/", options.TimeOut) { Environment = Environment(call), Limits = s_limits, Mask = mask.Of }, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        if (result is { End: ProcessEnd.Exited, ExitCode: 0 })
            return Read(result.Output) is { } json ? new(json, null, "", NotDone: false) : new(null, null, "The answer could not be read.", NotDone: false);
        var said = string.Join(' ', result.Errors.Where(e => e.Length > 0));
        var code = Refusal().Match(said) is { Success: true } match ? match.Groups["code"].Value : null;
        var notDone = result.End == ProcessEnd.NotStarted || (code is not null && !s_open.Contains(code)) || s_notAsked.Any(s => said.Contains(s, StringComparison.Ordinal));
        return new(null, code, result.End == ProcessEnd.TimedOut ? $"AWS did not answer within {options.TimeOut.TotalSeconds:0} s." : said, notDone);
    }

    public void Dispose() => _home?.Delete(recursive: true);

    private IReadOnlyList<string> Words(AwsCall call, StepArguments arguments) =>
    [
        call.Service, call.Command,
        .. call.Flags,
        .. call.Arguments.Where(a => arguments.ContainsKey(a.Name)).SelectMany(a => new[] { a.Flag, arguments[a.Name] }),
        "--output", "json",
        "--region", options.Region,
        "--cli-connect-timeout", "5",
        "--cli-read-timeout", string.Create(CultureInfo.InvariantCulture, $"{Math.Max(1, options.TimeOut.TotalSeconds / 2):0}"),

        // Version 1 of the program does not look at AWS_ENDPOINT_URL for every service.
        .. options.EndpointUrl is { } endpoint ? ["--endpoint-url", endpoint.ToString()] : Array.Empty<string>(),
    ];

    private Dictionary<string, string> Environment(AwsCall call)
    {
        var environment = new Dictionary<string, string>
        {
            ["HOME"] = Home(),

            // Version 2 of the program would page; version 1 does not know the flag against it.
            ["AWS_PAGER"] = "",
            ["AWS_CONFIG_FILE"] = options.ConfigFile ?? "/dev/null",
            ["AWS_SHARED_CREDENTIALS_FILE"] = options.CredentialsFile ?? "/dev/null",

            // A change whose answer was lost is not asked for again by itself.
            ["AWS_MAX_ATTEMPTS"] = call.Effect == OperationEffect.Changes ? "1" : "2",
        };
        foreach (var (name, value) in new[] { ("AWS_PROFILE", options.Profile), ("AWS_ROLE_ARN", options.RoleArn), ("AWS_WEB_IDENTITY_TOKEN_FILE", options.WebIdentityTokenFile) })
        {
            if (value is not null)
                environment[name] = value;
        }

        return environment;
    }

    private string Home()
    {
        lock (_gate)
        {
            if (_home is null || !Directory.Exists(_home.FullName))
                _home = Directory.CreateTempSubdirectory("itops-aws-");
            return _home.FullName;
        }
    }

    private static JsonElement? Read(IReadOnlyList<string> output)
    {
        try
        {
            // What changes something may answer with nothing at all.
            return JsonDocument.Parse(output.All(string.IsNullOrWhiteSpace) ? "{}" : string.Join('\n', output)).RootElement;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"An error occurred \((?<code>[A-Za-z0-9.]+)\) when calling")]
    private static partial Regex Refusal();
}
