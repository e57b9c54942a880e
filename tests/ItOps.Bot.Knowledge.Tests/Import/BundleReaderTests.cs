using System.Text;
using ItOps.Bot.Knowledge.Import;
using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Knowledge.Tests.Import;

public sealed class BundleReaderTests
{
    private static readonly BundleFile Good = Bundles.File("kitchen/coffee_machine.md", Bundles.Runbook());

    [Fact]
    public void A_runbook_comes_with_its_scripts_and_tests_as_they_were()
    {
        var script = Bundles.File("kitchen/coffee_machine/scripts/beans.sh", "# Reads: how many beans\nexit 0\n");
        var tests = Bundles.File("kitchen/coffee_machine/tests.yaml", "finds:\n  - no coffee left\n");

        var bundle = Bundles.Read(tests, script, Good, Bundles.File("README.md", "# Ours"), Bundles.File("runbook.schema.json", "{}"));

        Assert.Empty(bundle.Problems);
        var runbook = Assert.Single(bundle.Runbooks);
        Assert.Equal(["scripts/beans.sh"], runbook.Source.Scripts);
        Assert.Equal([Good, script, tests], runbook.Files);
        Assert.False(bundle.AreDrafts);
    }

    [Fact]
    public void A_folder_around_everything_as_a_zip_of_a_folder_has_it_is_taken_off() =>
        Assert.Equal("kitchen/coffee_machine.md", Assert.Single(Bundles.Read(Good with { Path = "runbooks/kitchen/coffee_machine.md" }, Bundles.File("runbooks/README.md", "x")).Runbooks).Source.Runbook.Source);

    [Fact]
    public void One_file_needs_to_know_its_category()
    {
        var alone = Good with { Path = "coffee_machine.md" };

        Assert.Contains("coffee_machine.md:1: lies in no category's folder", Bundles.Problems(alone)[0], StringComparison.Ordinal);
        Assert.Equal("kitchen", Assert.Single(BundleReader.Read([alone], "kitchen", ImportLimits.Default).Runbooks).Source.Runbook.Category);
    }

    /// <summary>Among them the file's name of the adversarial set, which leads to where jobs are scheduled.</summary>
    [Theory]
    [InlineData("../../../../etc/cron.d/x.json", "leads out of its folder")]
    [InlineData("kitchen/../../x.md", "leads out of its folder")]
    [InlineData("./kitchen/x.md", "leads out of its folder")]
    [InlineData("/etc/x.md", "absolute")]
    [InlineData("C:/x.md", "a drive")]
    [InlineData("kitchen/x.md:stream", "a drive")]
    [InlineData("..\\..\\x.md", "backslashes")]
    [InlineData("kitchen\\x.md", "backslashes")]
    [InlineData("kitchen/x\0.md", "not plain")]
    [InlineData("kitchen/\u202edm.x", "not plain")]
    [InlineData("kitchen/\u2024\u2024/x.md", "not plain")]
    [InlineData("\uff0e\uff0e/x.md", "not plain")]
    [InlineData("kitchen\u2215x.md", "not plain")]
    [InlineData("kitchen/\u0441offee.md", "not plain")]
    [InlineData("kitchen/x.md\n", "not plain")]
    [InlineData("kitchen//x.md", "unusual part")]
    [InlineData("kitchen/x.md.", "unusual part")]
    [InlineData("kitchen/x.md ", "unusual part")]
    [InlineData("kitchen/x*.md", "unusual part")]
    [InlineData("kitchen/...", "unusual part")]
    [InlineData("kitchen/con.md", "reserved")]
    [InlineData("NUL/x.md", "reserved")]
    [InlineData("kitchen/LPT1", "reserved")]
    [InlineData("a/b/c/d/e/f/g/h/x.md", "folders deep")]
    [InlineData("", "0 characters")]
    public void A_name_that_could_mean_another_place_is_refused(string path, string reason)
    {
        var problem = Assert.Single(Bundles.Problems(Good, Good with { Path = path }));

        Assert.Contains(reason, problem, StringComparison.Ordinal);
        Assert.Matches(@"\A[^\p{C}]+:1: [^\p{C}]+\z", problem);
    }

    [Fact]
    public void Names_that_some_systems_do_not_tell_apart_are_refused()
    {
        Assert.Contains("differs from 'kitchen/coffee_machine.md' only in capital letters", Assert.Single(Bundles.Problems(Good, Good with { Path = "kitchen/Coffee_machine.md" })), StringComparison.Ordinal);
        Assert.Contains("is there twice", Assert.Single(Bundles.Problems(Good, Good)), StringComparison.Ordinal);
        Assert.Contains("is a file and, in 'kitchen/coffee_machine.md/x.sh', a folder", Assert.Single(Bundles.Problems(Good, Bundles.File("kitchen/coffee_machine.md/x.sh", ""))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("kitchen/coffee_machine/scripts/inner.zip", "archive inside")]
    [InlineData("kitchen/more.tar.gz", "archive inside")]
    [InlineData("kitchen/coffee_machine/scripts/run.exe", "is no runbook")]
    [InlineData("kitchen/coffee_machine/scripts/deep/run.sh", "is no runbook")]
    [InlineData("kitchen/other/scripts/run.sh", "is no runbook")]
    [InlineData("kitchen/other/tests.yaml", "is no runbook")]
    [InlineData("kitchen/x.json", "is no runbook")]
    [InlineData("Kitchen/x.md", "is no runbook")]
    public void A_file_without_a_place_is_a_problem_and_nothing_is_taken(string path, string reason) =>
        Assert.Contains(reason, Assert.Single(Bundles.Problems(Good, Bundles.File(path, "a: 1\n"))), StringComparison.Ordinal);

    private const string Bomb = """
        a: &a [x,x,x,x,x,x,x,x,x]
        b: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]
        c: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]
        d: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]
        """;

    /// <summary>As a file of its own, as it comes in the adversarial set, and wherever else YAML is read.</summary>
    [Theory]
    [InlineData("bomb.yaml", "", "", 1)]
    [InlineData("kitchen/coffee_machine/tests.yaml", "", "", 1)]
    [InlineData("kitchen/bomb.md", "---\n", "\n---\n", 2)]
    public void A_bomb_of_aliases_is_refused_at_its_first_anchor(string path, string before, string after, int line) =>
        Assert.Contains($"{path}:{line}: the anchor '&a' is not allowed; remove it", Bundles.Problems(Good, Bundles.File(path, before + Bomb + after)));

    [Theory]
    [InlineData("finds: !!python/object:os.system [x]\n", 1, "the tag")]
    [InlineData("finds:\n  - a\nfinds:\n  - b\n", 3, "'finds' is there twice")]
    [InlineData("finds: [[[[[[[[[[[[[[[[[[a]]]]]]]]]]]]]]]]]]\n", 1, "levels deep")]
    [InlineData("finds:\n  - the bean is gone\nfnds:\n  - b\n", 3, "did you mean 'finds'")]
    [InlineData("finds:\n  - it\nignores:\n  - it\n", 2, "under 'finds' and under 'ignores'")]
    [InlineData("plans:\n  - as: alice\n    says: no beans\n", 2, "'steps' is missing")]
    public void Tests_that_are_wrong_are_named_with_their_line(string yaml, int line, string reason) =>
        Assert.Contains(
            Bundles.Problems(Good, Bundles.File("kitchen/coffee_machine/tests.yaml", yaml)),
            p => p.StartsWith($"kitchen/coffee_machine/tests.yaml:{line}: ", StringComparison.Ordinal) && p.Contains(reason, StringComparison.Ordinal));

    [Theory]
    [InlineData("\u202e")]
    [InlineData("\u2066")]
    [InlineData("\u200b")]
    [InlineData("\u0007")]
    [InlineData("\u001b[31m")]
    [InlineData("\U000e0041")]
    [InlineData("\u2028")]
    public void What_nobody_can_see_is_refused_wherever_it_stands(string hidden)
    {
        foreach (var (path, content) in new[]
        {
            ("kitchen/coffee_machine.md", Bundles.Runbook() + "\n\nMore" + hidden),
            ("kitchen/coffee_machine/scripts/beans.sh", "# Reads: beans\nexit 0 #" + hidden),
            ("kitchen/coffee_machine/tests.yaml", "finds:\n  - beans" + hidden),
        })
        {
            var files = path == Good.Path ? new[] { Bundles.File(path, content) } : [Good, Bundles.File(path, content)];
            var lines = content.Count(c => c == '\n') + 1;
            Assert.Contains(Bundles.Problems(files), p => p.StartsWith($"{path}:{lines}: contains an invisible character (U+", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Bytes_that_are_not_utf8_are_refused_in_each_file()
    {
        byte[] broken = [.. "exit 0\n# "u8, 0xC3, 0x28];
        Assert.Equal(
            "kitchen/coffee_machine/scripts/beans.sh:2: contains bytes that are not UTF-8; save the file as UTF-8",
            Assert.Single(Bundles.Problems(Good, new BundleFile("kitchen/coffee_machine/scripts/beans.sh", broken))));
    }

    [Fact]
    public void A_million_lines_are_not_read()
    {
        var problem = Assert.Single(Bundles.Problems(new BundleFile("kitchen/long.md", [.. Enumerable.Repeat((byte)'\n', 1_000_000)])));
        Assert.Contains("256 KiB are the most", problem, StringComparison.Ordinal);
        Assert.Contains("10000 are the most", Assert.Single(Bundles.Problems(Bundles.File("kitchen/long.md", new string('\n', 200_000)))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no front matter", "the first line must be '---'")]
    [InlineData("---\n- a\n- b\n---\n", "expected 'key: value' lines")]
    [InlineData("---\njust text\n---\n", "expected 'key: value' lines")]
    public void A_head_that_is_no_map_is_refused(string text, string reason) =>
        Assert.Contains(reason, Assert.Single(Bundles.Problems(Bundles.File("kitchen/x.md", text))), StringComparison.Ordinal);

    [Fact]
    public void An_id_that_two_files_have_is_refused_and_neither_is_taken() =>
        Assert.Contains(
            "office/coffee_machine.md:2: the id 'coffee_machine' is taken by kitchen/coffee_machine.md; choose another",
            Bundles.Problems(Good, Good with { Path = "office/coffee_machine.md" }));

    [Theory]
    [InlineData("(?=a)b")]
    [InlineData("(a)\\1")]
    [InlineData("(((")]
    [InlineData("((a{1,1000}){1,1000}){1,1000}")]
    [InlineData("(?:(?:x{99}){99}){99}")]
    public void A_pattern_that_could_be_slow_is_refused(string pattern)
    {
        var text = Bundles.Runbook().Replace("  - guide: Open the lid.", $"  - paste: Paste it.\n    read:\n      - match: '{pattern}'\n        fact: beans", StringComparison.Ordinal);
        Assert.StartsWith("kitchen/coffee_machine.md:11: ", Assert.Single(Bundles.Problems(Bundles.File("kitchen/coffee_machine.md", text))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(401, 10, "has 401 under 'utterances'")]
    [InlineData(1, 301, "has 301 characters")]
    public void Words_without_end_are_refused_before_anything_weighs_them(int count, int length, string reason)
    {
        var utterances = string.Join('|', Enumerable.Range(0, count).Select(i => $"{i:D3} {new string('x', length - 4)}"));
        Assert.Contains(reason, Bundles.Problems(Bundles.File("kitchen/coffee_machine.md", Bundles.Runbook(utterances: utterances)))[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_thousand_wrong_files_the_first_problems_are_named_and_the_rest_is_counted()
    {
        var files = Enumerable.Range(0, 1000).Select(i => Bundles.File($"kitchen/r{i:D4}.md", "x")).ToArray();

        var problems = Bundles.Problems(files);

        Assert.InRange(problems.Count, 200, 201);
    }

    [Fact]
    public void More_files_or_bytes_than_are_taken_are_refused_unread()
    {
        var limits = ImportLimits.Default with { Files = 2, TotalBytes = 2_000 };

        Assert.Contains("has 3 files, and 2 are the most", BundleReader.Read([Good, Good, Good], null, limits).Problems[0].Message, StringComparison.Ordinal);
        Assert.Contains("has more than 1 KiB", BundleReader.Read([new("kitchen/x.md", new byte[2_001])], null, limits).Problems[0].Message, StringComparison.Ordinal);
        Assert.Contains("has no runbook in it", BundleReader.Read([], null, limits).Problems[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Many_problems_in_one_file_are_cut_too()
    {
        var text = new StringBuilder("---\n");
        for (var i = 0; i < 5_000; i++)
            text.Append('k').Append(i).Append(": x\n");
        Assert.Equal(201, Bundles.Problems(Bundles.File("kitchen/x.md", text.Append("---\n").ToString())).Count);
    }
}
