namespace ItOps.Bot.Executors.LocalAccounts;

/// <summary>Whether the tools are there and the bot may use them as root.</summary>
internal sealed class LocalAccountsSelfCheck(LocalReader reader, LocalAccountsOptions options) : ISelfCheck
{
    private const string Root = "root";

    public string Name => "local";

    public string? Problem => null;

    public async Task<IReadOnlyList<CheckResult>> ExamineAsync(CancellationToken cancellationToken)
    {
        string[] needed = [LinuxTool.Getent, LinuxTool.Chpasswd, LinuxTool.Chage, LinuxTool.Usermod, LinuxTool.Gpasswd, .. options.Sudo is { } sudo ? [sudo] : Array.Empty<string>()];
        var missing = needed.Where(tool => !File.Exists(tool)).ToList();
        return
        [
            new("tools", missing.Count == 0 ? null : $"{string.Join(", ", missing)} missing; install the packages passwd (shadow-utils) and libc-bin, and sudo where Sudo is true", "all there"),
            new("lockout", null, reader.HasFaillock ? "told by pam_faillock" : $"not known: there is no {LinuxTool.Faillock}, so unlocking is not offered"),
            await RootAsync(cancellationToken),
        ];
    }

    /// <summary>By reading one protected line, which is the least that root can do.</summary>
    private async Task<CheckResult> RootAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await reader.UserAsync(Root, cancellationToken) is { } root)
                await reader.ShadowAsync(root, cancellationToken);
            return new("rights", null, options.Sudo is null ? "the bot is root" : "sudo lets the bot read what it needs");
        }
        catch (LinuxToolException e)
        {
            return new("rights", $"{e.Message}; see docs/connecting-linux.md for the sudoers file");
        }
    }
}
