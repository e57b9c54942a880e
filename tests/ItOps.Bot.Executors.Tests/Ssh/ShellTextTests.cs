using System.Diagnostics;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using ItOps.Bot.Executors.Hosts;
using ItOps.Bot.Executors.Ssh;
using ItOps.Bot.Runbooks;
using ItOps.Bot.Testing;

namespace ItOps.Bot.Executors.Tests.Ssh;

public sealed class ShellTextTests
{
    private const string Show = "printf '%s\\0' \"$@\"";

    private static readonly Gen<string> Hostile = Gen.Elements("'", "\"", "\\", "$", "`", "$(", ")", "{", "}", ";", "\n", "\r", "!", "~", "*", "-", "--", "&", "|", ">", "#", "\t", " ", "a", "ü", "😀", "\u2028", "\u202e", "\x1b", "%", "\\'", "'\\''")
        .ListOf().Select(parts => string.Concat(parts));

    /// <summary>Read by the real bash, whatever the words hold.</summary>
    [Fact]
    public void Words_in_quotes_are_the_words_that_bash_sees() =>
        Prop.ForAll(Hostile.ListOf(12).ToArbitrary(), words =>
        {
            var said = Bash($"set -- {string.Join(' ', words.Select(ShellText.Quote))}\n{Show}\n");
            return said == string.Concat(words.Select(w => w + "\0"));
        }).Holds();

    [Fact]
    public void A_NUL_cannot_be_quoted() => Assert.Throws<ArgumentException>(() => ShellText.Quote("a\0b"));

    [Fact]
    public void Of_a_script_that_arrives_in_half_nothing_runs()
    {
        var whole = ShellText.Of(new ScriptJob("", "a.sh", ScriptShell.Bash, [new("name", "it's")], TimeSpan.FromSeconds(1)), "echo one; exit_now() { exit; }\necho two # end\n{ echo three; }");
        Assert.Equal("one\ntwo\nthree\n", Bash(whole));
        for (var length = 0; length < whole.LastIndexOf('}'); length++)
            Assert.Equal("", Bash(whole[..length]));
    }

    [Fact]
    public void The_words_on_the_command_line_are_the_same_whatever_runs()
    {
        Assert.All([.. ShellText.RemoteWords(Platforms.Linux, TimeSpan.FromSeconds(30)), .. ForcedText.RemoteWords], word => Assert.Matches("^[a-z0-9-]+$", word));
        Assert.All(PowerShellText.RemoteWords(SshShell.PowerShell), word => Assert.Matches("^[A-Za-z0-9+/=-]+$", word));
        Assert.InRange(string.Join(' ', PowerShellText.RemoteWords(SshShell.WindowsPowerShell)).Length, 1, 8_000);
    }

    [Fact]
    public void What_PowerShell_reads_is_plain_ASCII_on_one_line()
    {
        var text = PowerShellText.Of(new ScriptJob("", "a.ps1", ScriptShell.PowerShell, [new("name", "ü\u2028'\"`n$(id)\n")], TimeSpan.FromSeconds(1)), "Write-Output 'ä'\n");
        Assert.Equal(text.Length - 1, text.IndexOf('\n', StringComparison.Ordinal));
        Assert.All(text.TrimEnd('\n'), c => Assert.InRange(c, ' ', '~'));
    }

    private static string Bash(string text)
    {
        var start = new ProcessStartInfo("/bin/bash", ["--noprofile", "--norc", "-s"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(false),
            StandardOutputEncoding = new UTF8Encoding(false),
        };
        // Another test sets it for a while, for this whole process.
        start.Environment.Remove("BASH_ENV");
        using var process = Process.Start(start)!;
        process.StandardInput.Write(text);
        process.StandardInput.Close();
        return process.StandardOutput.ReadToEnd();
    }
}
