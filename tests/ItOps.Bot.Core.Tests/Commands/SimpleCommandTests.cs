using FsCheck;
using FsCheck.Fluent;
using ItOps.Bot.Commands;
using ItOps.Bot.Testing;

namespace ItOps.Bot.Core.Tests.Commands;

public sealed class SimpleCommandTests
{
    /// <summary>Pieces that mean something to one shell or another, and ordinary ones between them.</summary>
    private static readonly Gen<string> Hostile = Gen.Elements(
        "a", "cups", "systemctl", " ", "  ", "-x", "--all=1", "/var/log/x", "'", "\"", "'a b'", "\"c d\"", "{user}", "{", "}", "|", "||", "&", "&&", ";", "$", "${x}", "$(id)", "`", "\\", "\n", "\r", "\t",
        ">", "<", "*", "?", "[a]", "~", "#", "!", "%PATH%", "^", "(", ")", "=", "A=1", "\u00a0", "\u2003", "\u3000", "\u200b", "\u2028", "\u202e", "\u2014", "ü", "😀", "\ud800", "\0", "\x1b", "\u037e")
        .ListOf().Select(parts => string.Concat(parts));

    [Theory]
    [InlineData("systemctl restart cups", "systemctl|restart|cups")]
    [InlineData("  lpstat   -p  HP_4 ", "lpstat|-p|HP_4")]
    [InlineData("cancel -a 'HP LaserJet 4'", "cancel|-a|HP LaserJet 4")]
    [InlineData("echo \"it's; $5 | > 'not'\"", null)]
    [InlineData("echo \"it's; 5 | > &\"", "echo|it's; 5 | > &")]
    [InlineData("echo '$HOME `id` \\ \"x\"'", "echo|$HOME `id` \\ \"x\"")]
    [InlineData("echo 'Zoë 漢字'", "echo|Zoë 漢字")]
    [InlineData("journalctl --vacuum-size=200M", "journalctl|--vacuum-size=200M")]
    public void A_line_is_its_words(string line, string? words) =>
        Assert.Equal(words, SimpleCommand.Parse(line).Command is { } command ? string.Join('|', command.Words.Select(w => w.Text)) : null);

    [Theory]
    [InlineData("", 0, "there is no command")]
    [InlineData("   ", 0, "there is no command")]
    [InlineData("systemctl restart cups|tee", 22, "passes output")]
    [InlineData("systemctl restart cups; reboot", 22, "begins another command")]
    [InlineData("systemctl restart cups && reboot", 23, "begins another command")]
    [InlineData("systemctl restart cups &", 23, "background")]
    [InlineData("cat /etc/passwd > /tmp/x", 16, "redirects")]
    [InlineData("echo $HOME", 5, "variable")]
    [InlineData("echo $(id)", 5, "variable")]
    [InlineData("echo `id`", 5, "back quote")]
    [InlineData("echo a\\ b", 6, "backslash")]
    [InlineData("ls *.log", 3, "names of files")]
    [InlineData("ls ~", 3, "a folder")]
    [InlineData("echo {user}x", 11, "a word of its own")]
    [InlineData("echo x{user}", 6, "a word of its own")]
    [InlineData("echo '{user}'", 6, "a word of its own")]
    [InlineData("echo {user", 5, "not one {parameter}")]
    [InlineData("{user} restart", 0, "a program is never a parameter")]
    [InlineData("A=1 env", 1, "sets a variable")]
    [InlineData("/bin/sh x", 0, "without its folder")]
    [InlineData("'sh' x", 0, "without quotes")]
    [InlineData("echo 'a", 5, "never closed")]
    [InlineData("echo 'a'b", 8, "wholly in quotes")]
    [InlineData("echo a'b'", 6, "wholly in quotes")]
    [InlineData("echo ''", 5, "nothing between")]
    [InlineData("echo a\nreboot", 6, "line break")]
    [InlineData("echo 'a\nb'", 7, "line break")]
    [InlineData("echo\ta", 4, "invisible character (U+0009)")]
    [InlineData("echo\u00a0a", 4, "(U+00A0)")]
    [InlineData("echo '\u2003'", 6, "(U+2003)")]
    [InlineData("echo '\u202ea'", 6, "(U+202E)")]
    [InlineData("echo # a", 5, "comment")]
    [InlineData("echo %PATH%", 5, "variable")]
    public void What_is_no_simple_command_is_refused_at_its_place(string line, int column, string why)
    {
        var (command, refusal) = SimpleCommand.Parse(line);
        Assert.Null(command);
        Assert.Equal(column, refusal!.Column);
        Assert.Contains(why, refusal.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void The_place_is_marked()
    {
        const string Line = "systemctl restart cups|tee";
        var refusal = SimpleCommand.Parse(Line).Refusal!;
        Assert.Equal("column 23: '|' passes output to another program; here: systemctl restart cups▸|tee", refusal.In(Line));
        Assert.Equal(Line + Environment.NewLine + new string(' ', 22) + "^ '|' passes output to another program", refusal.Marked(Line));
    }

    [Fact]
    public void Whatever_is_read_reads_back_as_the_same_words() => Prop.ForAll(Hostile.ToArbitrary(), line =>
    {
        if (SimpleCommand.Parse("run " + line).Command is not { } command)
            return true;
        var words = command.Words.Select(w => w.Text).ToList();
        if (command.Words.Any(w => w.Parameter is not null))
            return command.Fill(_ => "value") is { } filled && SimpleCommand.Parse(filled).Command!.Words.Count == words.Count;
        var written = SimpleCommand.Write(words);
        return written is not null && SimpleCommand.Parse(written).Command!.Words.Select(w => w.Text).SequenceEqual(words);
    }).Holds();

    /// <summary>Once what stands in quotes is taken out, nothing is left that any shell would act on.</summary>
    [Fact]
    public void Nothing_outside_quotes_means_anything_to_a_shell() => Prop.ForAll(Hostile.ToArbitrary(), line =>
    {
        if (SimpleCommand.Parse("run " + line).Command is not { } command)
            return true;
        var outside = new string([.. ("run " + line).Select((c, i) => command.Words.Any(w => i >= w.Column && i < w.End && ("run " + line)[w.Column] is '\'' or '"') ? ' ' : c)]);
        return command.Words.All(w => w.Parameter is not null || w.Text.All(c => c is >= ' ' and not '\u007f'))
            && outside.All(c => char.IsAsciiLetterOrDigit(c) || c is ' ' or '_' or '.' or '/' or ':' or '=' or '@' or '+' or ',' or '-' or '{' or '}');
    }).Holds();

    [Fact]
    public void A_value_is_one_word_of_its_line_or_none() => Prop.ForAll(Hostile.ToArbitrary(), value =>
    {
        var filled = SimpleCommand.Parse("cancel -a {printer} x").Command!.Fill(_ => value);
        return filled is null || SimpleCommand.Parse(filled).Command!.Words.Select(w => w.Text).SequenceEqual(["cancel", "-a", value, "x"]);
    }).Holds();

    [Theory]
    [InlineData("-rf")]
    [InlineData("--all")]
    [InlineData("\u2013all")]
    [InlineData("a\nb")]
    [InlineData("both ' and \"")]
    [InlineData("")]
    public void A_value_that_is_an_option_or_cannot_be_written_leaves_the_line_unfilled(string value) =>
        Assert.Null(SimpleCommand.Parse("cancel -a {printer}").Command!.Fill(_ => value));
}
