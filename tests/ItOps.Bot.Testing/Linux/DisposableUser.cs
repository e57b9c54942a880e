using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;

namespace ItOps.Bot.Testing.Linux;

/// <summary>
/// A real account of this machine that is made for a test and removed after it, with a PAM service of its own in which the system's modules judge sign-ins and count
/// the failures. Everything that the bot starts as root can be recorded, argument by argument.
/// </summary>
public sealed class DisposableUser : IDisposable
{
    private readonly List<string> _groups = [];
    private readonly List<string> _users = [];
    private readonly List<string> _files = [];

    private DisposableUser(string name)
    {
        Name = name;
        Service = name;
    }

    /// <summary>Why there can be none here; none when there can.</summary>
    public static string? Missing { get; } = !OperatingSystem.IsLinux() || Environment.UserName != "root"
        ? "Local accounts are tested as root on Linux."
        : new[] { "/usr/sbin/useradd", "/usr/sbin/chpasswd", "/usr/bin/chage", "/usr/sbin/faillock", "/usr/bin/pamtester", "/usr/bin/sudo", "/usr/sbin/runuser" }.FirstOrDefault(f => !File.Exists(f)) is { } file
            ? $"Local accounts are tested with {file}, which is not here (Debian packages passwd, libpam-modules-bin, pamtester, sudo, util-linux)."
            : null;

    public string Name { get; }

    /// <summary>Of this test, removed with the account.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("itops-linux-").FullName;

    /// <summary>The PAM service in which this user signs in.</summary>
    public string Service { get; }

    public string ObjectId => $"{Number("-u", Name)}:{Name}";

    /// <summary>A program to give to the executor in place of sudo; it writes down what it was told to start and becomes root by the shipped sudoers file.</summary>
    public string RecordingSudo { get; private set; } = "";

    /// <summary>What was started as root, one line each, arguments separated by a space; and each environment that it had.</summary>
    public string Recorded => File.Exists(Path.Combine(Folder, "started")) ? File.ReadAllText(Path.Combine(Folder, "started")) : "";

    public static DisposableUser Create(string? password = null)
    {
        var user = new DisposableUser(NewName());
        user._users.Add(user.Name);
        Run("/usr/sbin/useradd", ["--create-home", "--home-dir", Path.Combine(user.Folder, "home"), "--shell", "/bin/bash", user.Name]);
        if (password is not null)
            Run("/usr/sbin/chpasswd", [], $"{user.Name}:{password}\n");
        var service = $"/etc/pam.d/{user.Service}";
        user._files.Add(service);
        File.WriteAllText(service, """
            auth    required                    pam_faillock.so preauth silent nodelay
            auth    [success=1 default=bad]     pam_unix.so nodelay
            auth    [default=die]               pam_faillock.so authfail nodelay
            auth    required                    pam_permit.so
            account required                    pam_unix.so

            """.Replace("    auth", "auth", StringComparison.Ordinal));
        return user;
    }

    /// <summary>Lets a host user without any right do what the shipped sudoers file allows, and records it.</summary>
    /// <param name="sudoers">The text of infra/linux/itops-bot.sudoers.</param>
    public void UseSudo(string sudoers, params string[] groups)
    {
        var bot = NewName();
        _users.Add(bot);
        Run("/usr/sbin/useradd", ["--system", "--no-create-home", "--shell", "/usr/sbin/nologin", bot]);
        var file = $"/etc/sudoers.d/{bot}";
        _files.Add(file);
        File.WriteAllText(file, sudoers.Replace("itops-bot ", $"{bot} ", StringComparison.Ordinal).Replace("ITOPS_", $"{bot.ToUpperInvariant()}_", StringComparison.Ordinal).Replace("requestable-one|requestable-two", string.Join('|', groups is [] ? ["nothing"] : groups), StringComparison.Ordinal));
        Run("/usr/bin/chmod", ["0440", file]);
        RecordingSudo = Path.Combine(Folder, "sudo");
        WriteProgram(RecordingSudo, $"""
            #!/bin/bash
            echo "$*" >> {Folder}/started
            tr '\0' '\n' < /proc/$$/environ >> {Folder}/started
            exec /usr/sbin/runuser -u {bot} -- /usr/bin/sudo "$@"

            """);
        HostUser = bot;
    }

    /// <summary>The user whom the shipped sudoers file speaks of.</summary>
    public string HostUser { get; private set; } = "";

    /// <summary>Whether sudo would let the host user start this as root.</summary>
    public bool MayStart(params string[] command) => Start("/usr/bin/sudo", ["-n", "-l", "-U", HostUser, "--", .. command]).ExitCode == 0;

    /// <summary>A group of this test's own.</summary>
    public string AddGroup(params string[] options)
    {
        var name = NewName();
        _groups.Add(name);
        Run("/usr/sbin/groupadd", [.. options, name]);
        return name;
    }

    public static string GroupIdOf(string name) => $"{Start("/usr/bin/getent", ["group", name]).Output.Split(':')[2]}:{name}";

    public static string Number(string option, string name) => Start("/usr/bin/id", [option, name]).Output.Trim();

    /// <summary>Signs in for real; none when that works, else what PAM says.</summary>
    public string? SignIn(string password)
    {
        var (exitCode, output) = Start("/usr/bin/pamtester", [Service, Name, "authenticate"], password + "\n");
        return exitCode == 0 ? null : output;
    }

    /// <summary>Whether the system lets the account in once the password was right; none when it does, else what PAM says.</summary>
    public string? Admission()
    {
        var (exitCode, output) = Start("/usr/bin/pamtester", [Service, Name, "acct_mgmt"]);
        return exitCode == 0 ? null : output;
    }

    /// <summary>The account's line of the shadow file, field by field.</summary>
    public string[] Shadow() => Start("/usr/bin/getent", ["shadow", Name]).Output.Trim().Split(':');

    /// <summary>Another process writes it: what this one had open a moment ago, one that starts elsewhere may still hold, and then it could not be started.</summary>
    public static void WriteProgram(string file, string text)
    {
        Run("/usr/bin/tee", [file], text);
        Run("/usr/bin/chmod", ["0700", file]);
    }

    /// <summary>Runs a program of the system's; it must succeed.</summary>
    public static string Run(string file, string[] arguments, string input = "")
    {
        var (exitCode, output) = Start(file, arguments, input);
        return exitCode == 0 ? output : throw new InvalidOperationException($"{file} {string.Join(' ', arguments)}: {exitCode.ToString(CultureInfo.InvariantCulture)} {output}");
    }

    public void Dispose()
    {
        foreach (var file in _files)
            File.Delete(file);
        foreach (var user in _users)
        {
            Start("/usr/sbin/userdel", [user]);
            File.Delete(Path.Combine("/var/run/faillock", user));
        }

        foreach (var group in _groups)
            Start("/usr/sbin/groupdel", [group]);
        Directory.Delete(Folder, recursive: true);
    }

    private static string NewName() => "itops" + RandomNumberGenerator.GetHexString(10, lowercase: true);

    private static (int ExitCode, string Output) Start(string file, string[] arguments, string input = "")
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(file, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
            var errors = process.StandardError.ReadToEndAsync();
            process.StandardInput.Write(input);
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output + errors.Result);
        }
        catch (Exception e) when (e is Win32Exception or IOException)
        {
            return (-1, e.Message);
        }
    }
}
