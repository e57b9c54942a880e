namespace ItOps.Bot.Executors.LocalAccounts;

/// <summary>The programs that are started, each at its one place; a sudoers file names the same (infra/linux/itops-bot.sudoers).</summary>
internal static class LinuxTool
{
    public const string Sudo = "/usr/bin/sudo";
    public const string Getent = "/usr/bin/getent";
    public const string Chpasswd = "/usr/sbin/chpasswd";
    public const string Chage = "/usr/bin/chage";
    public const string Usermod = "/usr/sbin/usermod";
    public const string Gpasswd = "/usr/bin/gpasswd";
    public const string Faillock = "/usr/sbin/faillock";
}
