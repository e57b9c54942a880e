using ItOps.Bot.Executors.Hosts;

namespace ItOps.Bot.Executors.Ssh;

/// <summary>Whether each host answers with its pinned key and lets the bot in.</summary>
internal sealed class SshSelfCheck(IEnumerable<Host> hosts, SshOptions options) : ISelfCheck
{
    public string Name => "ssh";

    public string? Problem => null;

    public async Task<IReadOnlyList<CheckResult>> ExamineAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(options.Program))
            return [new("client", $"{options.Program} is not there; install the OpenSSH client or set Executors:Ssh:Program")];
        var results = new List<CheckResult>();
        foreach (var host in hosts)
        {
            // The least that it can be asked: whether somebody there can say yes.
            var run = await host.RunAsync(new CommandJob([host.Platform == Runbooks.Platforms.Windows ? @"C:\Windows\System32\whoami.exe" : "/bin/true"], options.ConnectTimeOut), cancellationToken);
            results.Add(new(host.Name, run switch
            {
                { NotBegun: { } why } => why,
                { EndUnseen: true } => "the connection was lost",
                _ => null,
            }, "answers with its pinned key, and lets the bot in"));
        }

        return results;
    }
}
