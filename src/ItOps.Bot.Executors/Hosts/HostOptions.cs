namespace ItOps.Bot.Executors.Hosts;

/// <param name="DeviceIsBotHost">In the sandbox, where nobody has a computer, the person's own is the bot's host.</param>
internal sealed record HostOptions(bool DeviceIsBotHost);

/// <summary>The shells of the bot's own host.</summary>
internal sealed record BotHostOptions(string Bash, string PowerShell)
{
    public static readonly BotHostOptions Usual = new("/bin/bash", OperatingSystem.IsWindows() ? @"C:\Program Files\PowerShell\7\pwsh.exe" : "/usr/bin/pwsh");
}
