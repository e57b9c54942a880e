using System.Text;
using ItOps.Bot.Knowledge.Runbooks;
using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Knowledge.Tests.Runbooks;

public sealed class RunbookReaderTests
{
    [Fact]
    public void Everything_that_is_written_is_read()
    {
        var (source, problems) = RunbookText.Read(RunbookText.Good);

        Assert.Empty(problems);
        var runbook = source!.Runbook;
        Assert.Equal(("unlock_it", 3, "Unlock it", "Unlock the thing", "access"), (runbook.Id, runbook.Version, runbook.Title, runbook.Summary, runbook.Category));
        Assert.Equal(["unlock it", "it is locked"], runbook.Utterances);
        Assert.Equal(["unlock", "release"], Assert.Single(runbook.Synonyms));
        Assert.Equal(["lock it"], runbook.NotFor);
        Assert.Equal((ParameterKind.Account, "system", true), (runbook.Parameters[0].Kind, runbook.Parameters[0].Slot, runbook.Parameters[0].Required));
        Assert.False(runbook.Parameters[1].Required);
        Assert.Equal(["hard"], runbook.Parameters[1].Options[0].Words);
        Assert.Equal("{account}", Assert.IsType<RunStep>(runbook.Steps[0]).Arguments["account"]);
        Assert.Equal(["still-locked"], Assert.IsType<GuideStep>(runbook.Steps[1]).When);
        Assert.Equal("scripts/look.sh", Assert.IsType<DiagnoseStep>(runbook.Steps[2]).File);
        Assert.Equal("scripts/mend.sh", Assert.IsType<ScriptStep>(runbook.Steps[3]).File);
        Assert.Equal("Still locked", Assert.IsType<HandOffStep>(runbook.Steps[4]).Reason);
        Assert.True(runbook.OnBehalf is { Anyone: false, Attest: true, Groups: ["it-approvers"] });
        Assert.Equal("Entsperrt.", runbook.DoneIn["de"]);
        Assert.Equal(["reset_it"], runbook.Otherwise);
        Assert.StartsWith("# Unlock it", runbook.Body, StringComparison.Ordinal);
        Assert.Equal("access/unlock_it.md", runbook.Source);
    }

    [Theory]
    [InlineData("id", 2)]
    [InlineData("utterances[1]", 8)]
    [InlineData("steps[0].with.account", 30)]
    [InlineData("steps[0].with.nothing", 29)]
    [InlineData("body", 50)]
    public void Each_part_knows_its_line(string path, int line) => Assert.Equal(line, RunbookText.Read(RunbookText.Good).Source!.LineOf(path));

    [Theory]
    [InlineData("version: 3", "version: three", 3, "write a whole number")]
    [InlineData("version: 3", "", 2, "'version' is missing")]
    [InlineData("title: Unlock it", "titel: Unlock it", 4, "did you mean 'title'?")]
    [InlineData("notFor: [lock it]", "notFor: lock it", 11, "must be a list")]
    [InlineData("    kind: account", "    kind: acount", 14, "did you mean 'account'?")]
    [InlineData("required: false", "required: no", 20, "write true or false")]
    [InlineData("account: \"{account}\"\n  - guide", "account: {account}\n  - guide", 30, "put it into quotes: \"{account}\"")]
    [InlineData("  - guide: Try again.", "  - guid: Try again.", 31, "did you mean 'guide'?")]
    [InlineData("scripts/look.sh", "../../../etc/passwd", 34, "is not a script beside this file")]
    [InlineData("scripts/look.sh", "/bin/sh", 34, "is not a script beside this file")]
    [InlineData("scripts/look.sh", "scripts/..", 34, "is not a script beside this file")]
    [InlineData("scripts/look.sh", "scripts/a/b.sh", 34, "is not a script beside this file")]
    [InlineData("  de: Entsperrt.", "  german: Entsperrt.", 45, "is not a language")]
    [InlineData("id: unlock_it", "id: ../unlock", 2, "may hold small letters")]
    [InlineData("title: Unlock it", "title: Unlock\u202e it", 4, "invisible character")]
    public void What_is_wrong_is_named_with_its_line_and_how_to_mend_it(string right, string wrong, int line, string message)
    {
        var problem = Assert.Single(RunbookText.Problems(RunbookText.Good.Replace(right, wrong, StringComparison.Ordinal)), p => p.Contains(message, StringComparison.Ordinal));
        Assert.StartsWith($"access/unlock_it.md:{line}: ", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("---\nid: &x a\ntitle: *x\n---\n", 2, "anchor '&x' is not allowed")]
    [InlineData("---\nid: *x\n---\n", 2, "alias '*x' is not allowed")]
    [InlineData("---\nid: !!binary aGk=\n---\n", 2, "tag ")]
    [InlineData("---\nid: a\nversion: 1\nid: b\n---\n", 4, "'id' is there twice (first in line 2)")]
    [InlineData("---\nid: [a\n---\n", 3, "not valid YAML")]
    [InlineData("---\n- a\n- b\n---\n", 2, "expected 'key: value' lines")]
    [InlineData("id: a\n", 1, "the first line must be '---'")]
    [InlineData("---\nid: a\n", 3, "the front matter does not end")]
    [InlineData("---\n---\n", 2, "there is nothing in it")]
    public void Yaml_that_is_broken_or_dangerous_is_refused(string text, int line, string message)
    {
        var problem = Assert.Single(RunbookText.Problems(text));
        Assert.StartsWith($"access/unlock_it.md:{line}: ", problem, StringComparison.Ordinal);
        Assert.Contains(message, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bomb_of_aliases_is_refused_at_its_first_anchor()
    {
        var bomb = new StringBuilder("---\na: &a [x,x,x,x,x,x,x,x,x]\n");
        for (var c = 'b'; c <= 'k'; c++)
            bomb.Append(c).Append(": &").Append(c).Append(" [").AppendJoin(',', Enumerable.Repeat($"*{(char)(c - 1)}", 9)).Append("]\n");

        Assert.Contains(":2: the anchor '&a' is not allowed", Assert.Single(RunbookText.Problems(bomb.Append("---\n").ToString())), StringComparison.Ordinal);
    }

    [Fact]
    public void Deep_nesting_is_refused() =>
        Assert.Contains("levels deep", Assert.Single(RunbookText.Problems($"---\nid: {new string('[', 5000)}\n---\n")), StringComparison.Ordinal);

    [Fact]
    public void A_file_beyond_the_limit_is_refused_unread() =>
        Assert.Contains("256 KiB are the most", Assert.Single(RunbookText.Problems(RunbookText.Good + new string('x', 256 * 1024))), StringComparison.Ordinal);

    [Fact]
    public void Bytes_that_are_not_utf8_are_refused_with_their_line()
    {
        byte[] content = [.. "---\nid: a\ntitle: "u8, 0xE4, .. "\n---\n"u8];
        var (source, problems) = RunbookReader.Read(RunbookText.Path, content, new HashSet<string>());

        Assert.Null(source);
        Assert.Equal("access/unlock_it.md:3: contains bytes that are not UTF-8; save the file as UTF-8", Assert.Single(problems).ToString());
    }

    [Theory]
    [InlineData("\r\n")]
    [InlineData("\n")]
    public void Line_ends_of_any_system_and_a_byte_order_mark_are_fine(string lineEnd)
    {
        byte[] content = [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(RunbookText.Good.ReplaceLineEndings(lineEnd))];
        Assert.Equal(30, RunbookReader.Read(RunbookText.Path, content, new HashSet<string>()).Source!.LineOf("steps[0].with.account"));
    }

    [Fact]
    public void Several_problems_are_named_at_once()
    {
        var text = RunbookText.Good.Replace("version: 3", "version: x", StringComparison.Ordinal).Replace("kind: choice", "kind: menu", StringComparison.Ordinal);
        Assert.Equal(2, RunbookText.Problems(text).Count);
    }
}
