using System.CommandLine;
using System.Net.Sockets;
using ItOps.Bot.Accounts;
using ItOps.Bot.Approvals;
using ItOps.Bot.Auditing;
using ItOps.Bot.Commands;
using ItOps.Bot.Commits;
using ItOps.Bot.Execution;
using ItOps.Bot.Host.Composition;
using ItOps.Bot.Knowledge.Runbooks;
using ItOps.Bot.People;
using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Host.Commands;

/// <summary><c>doctor</c>: each setting and each connection, what is wrong and how to mend it.</summary>
internal static class DoctorCommand
{
    public static Command Create(CommandHost bot)
    {
        var doctor = new Command("doctor", "Check settings and connections; exit code 1 when something is wrong.");
        doctor.SetAction((_, cancellationToken) => RunAsync(bot, cancellationToken));
        return doctor;
    }

    private static async Task<int> RunAsync(CommandHost bot, CancellationToken cancellationToken)
    {
        IHost host;
        try
        {
            host = bot.Build(channels: true);
        }
        catch (OperatorException e)
        {
            Report("settings", e.Message);
            return 1;
        }

        using (host)
        {
            var services = host.Services;
            var settings = services.GetRequiredService<BotSettings>();
            var wrong = 0;
            Report("environment", null, settings.IsDevelopment ? "Development, with the sandbox" : "Production");
            wrong += Report("store", (await services.GetRequiredService<IStoreHealth>().CheckAsync(cancellationToken))?.Detail, $"{settings.StorageProvider}, {settings.ConnectionString}");
            if (wrong == 0)
                wrong += await AuditAsync(services, cancellationToken);
            wrong += Runbooks(services);
            wrong += await TryAsync("groups", () => ApproversAsync(services, cancellationToken));
            foreach (var directory in services.GetRequiredService<AccountDirectories>().All)
                wrong += await DirectoryAsync(directory, cancellationToken);
            foreach (var part in services.GetServices<ISelfCheck>())
                wrong += await TryAsync(part.Name, async () => (await part.ExamineAsync(cancellationToken)).Sum(f => Report($"{part.Name} {f.What}", f.Problem, f.Well)));
            wrong += Keys(settings);
            Report("logs", null, settings.LogFolder ?? "console only");
            Report("traces", null, settings.OtlpEndpoint ?? "off (set OTEL_EXPORTER_OTLP_ENDPOINT to send them)");
            wrong += await OtlpAsync(settings, cancellationToken);
            System.Console.WriteLine(wrong == 0 ? "all well" : $"{wrong} to mend");
            return wrong == 0 ? 0 : 1;
        }
    }

    private static async Task<int> AuditAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var verdict = await AuditChain.VerifyAsync(services.GetRequiredService<IAuditLog>(), cancellationToken);
        return Report("audit", verdict.Ok ? null : $"broken at record {verdict.FirstBroken}: {verdict.What}; restore a backup and tell security", $"ok {verdict.Count} records");
    }

    private static int Runbooks(IServiceProvider services)
    {
        var folder = services.GetRequiredService<RunbookFolder>();
        var problems = folder.Problems.Concat(RunbookLinter.Lint([.. folder.Sources], services.GetRequiredService<OperationCatalog>().Descriptors, services.GetRequiredService<CommandPolicy>())).ToList();
        return Report("runbooks", problems.Count == 0 ? null : $"{problems.Count} problems, first {problems[0]}; see 'runbooks lint'", $"{folder.Sources.Count} read");
    }

    private static async Task<int> ApproversAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var people = services.GetRequiredService<IPersonDirectory>();
        var policy = services.GetRequiredService<ApprovalPolicy>();
        var wrong = 0;
        foreach (var group in policy.Rules.SelectMany(r => r.Groups.Concat(r.EscalateTo)).Append(policy.HandOffGroup).Append(policy.SecurityGroup).Distinct().Order(StringComparer.Ordinal))
        {
            IReadOnlyList<Person> members;
            try
            {
                members = await people.MembersOfAsync(group, cancellationToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                wrong += Report($"group {group}", $"cannot be read ({e.Message})");
                continue;
            }

            wrong += Report($"group {group}", members.Count == 0 ? "has no members: what it is to decide waits in vain; add people, or name another group in the approval policy" : null, $"{members.Count} members");
        }

        return wrong;
    }

    private static Task<int> DirectoryAsync(IAccountDirectory directory, CancellationToken cancellationToken) => TryAsync(
        $"accounts {directory.System}", async () => Report($"accounts {directory.System}", null, $"answers, {(await directory.GroupsAsync(cancellationToken)).Count} groups"));

    /// <summary>What asks a directory that is away ends with it; the other lines are told all the same.</summary>
    private static async Task<int> TryAsync(string what, Func<Task<int>> look)
    {
        try
        {
            return await look();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return Report(what, $"does not answer ({e.Message}); check its settings under Executors");
        }
    }

    private static int Keys(BotSettings settings)
    {
        var folder = Path.Combine(settings.DataFolder, "keys");
        var open = OperatingSystem.IsWindows() || (File.GetUnixFileMode(folder) & (UnixFileMode.OtherRead | UnixFileMode.GroupRead)) == 0;
        return Report("keys", open ? null : $"{folder} can be read by others; run 'chmod 700 {folder}'", folder);
    }

    private static async Task<int> OtlpAsync(BotSettings settings, CancellationToken cancellationToken)
    {
        if (settings.OtlpEndpoint is null)
            return 0;
        var endpoint = new Uri(settings.OtlpEndpoint);
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(endpoint.Host, endpoint.Port, cancellationToken);
            return 0;
        }
        catch (SocketException e)
        {
            return Report("traces", $"{endpoint} does not answer ({e.SocketErrorCode}); start the collector or unset OTEL_EXPORTER_OTLP_ENDPOINT");
        }
    }

    private static int Report(string what, string? problem, string well = "")
    {
        System.Console.WriteLine(problem is null ? $"ok     {what}: {well}" : $"WRONG  {what}: {problem}");
        return problem is null ? 0 : 1;
    }
}
