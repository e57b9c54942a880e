using System.Globalization;
using System.Text;
using ItOps.Bot.Executors.Hosts;

namespace ItOps.Bot.Executors.Ssh;

/// <summary>
/// What a remote bash reads from its input. The words on the command line, which the login shell of the user reads first, are always the same and hold nothing of
/// ours: scripts and arguments travel on the input, where only bash reads them.
/// </summary>
internal static class ShellText
{
    /// <summary>coreutils ends what runs on when the connection is gone; other systems have no such program.</summary>
    public static IReadOnlyList<string> RemoteWords(string platform, TimeSpan timeOut) => platform == Runbooks.Platforms.Linux
        ? ["timeout", "-k", "5", string.Create(CultureInfo.InvariantCulture, $"{timeOut.TotalSeconds:0}"), "bash", "--noprofile", "--norc", "-s"]
        : ["bash", "--noprofile", "--norc", "-s"];

    /// <summary>
    /// In braces, so that bash has read the whole script before it runs the first line: of one that arrives in half, nothing runs. Its own input is empty, or a
    /// program in it would read the rest of the script.
    /// </summary>
    public static string Of(ScriptJob job, string script) =>
        $"{{\nset -- {string.Join(' ', job.Arguments.SelectMany(a => new[] { Quote($"--{a.Key}"), Quote(a.Value) }))}\n{script.ReplaceLineEndings("\n")}\n}} </dev/null\n";

    public static string Of(CommandJob job) => $"exec {string.Join(' ', job.Words.Select(Quote))} </dev/null\n";

    /// <summary>One word for a POSIX shell, whatever it holds: between single quotes nothing is special but the single quote itself.</summary>
    /// <exception cref="ArgumentException">A shell cannot hold a NUL.</exception>
    public static string Quote(string word)
    {
        if (word.Contains('\0'))
            throw new ArgumentException("A word of a shell cannot hold a NUL.", nameof(word));
        var quoted = new StringBuilder(word.Length + 2).Append('\'');
        foreach (var c in word)
            quoted.Append(c == '\'' ? @"'\''" : c.ToString());
        return quoted.Append('\'').ToString();
    }
}
