using ItOps.Bot.Runbooks.Library;

namespace ItOps.Bot.Core.Tests.Runbooks;

public sealed class TextDiffTests
{
    [Fact]
    public void What_is_the_same_has_no_differences() => Assert.Empty(TextDiff.Of("a\nb\n", "a\nb\n"));

    [Fact]
    public void A_changed_line_stands_between_its_neighbours_and_the_rest_is_counted()
    {
        var before = string.Join('\n', Enumerable.Range(1, 20).Select(i => $"line {i}"));

        var lines = TextDiff.Of(before, before.Replace("line 10", "other", StringComparison.Ordinal));

        Assert.Equal(["6 unchanged lines", "line 7", "line 8", "line 9", "line 10", "other", "line 11", "line 12", "line 13", "7 unchanged lines"], lines.Select(l => l.Text));
        Assert.Equal([(DiffKind.Removed, 10, null), (DiffKind.Added, null, 10)], lines.Where(l => l.Kind is DiffKind.Removed or DiffKind.Added).Select(l => (l.Kind, l.Before, l.After)));
    }

    [Theory]
    [InlineData("", "a")]
    [InlineData("a", "")]
    [InlineData("a\nb\nc", "c\nb\na")]
    [InlineData("a\na\nb", "a\nb\na\nb")]
    [InlineData("x", "x\n")]
    public void Both_texts_can_be_read_from_it(string before, string after)
    {
        var lines = TextDiff.Of(before, after);

        Assert.Equal(before, string.Join('\n', lines.Where(l => l.Kind != DiffKind.Added).Select(l => l.Text)));
        Assert.Equal(after, string.Join('\n', lines.Where(l => l.Kind != DiffKind.Removed).Select(l => l.Text)));
    }

    [Fact]
    public void Two_long_texts_that_have_nothing_in_common_are_compared_all_the_same()
    {
        var lines = TextDiff.Of(string.Join('\n', Enumerable.Range(0, 5000).Select(i => $"a{i}")), string.Join('\n', Enumerable.Range(0, 5000).Select(i => $"b{i}")));

        Assert.Equal((5000, 5000), (lines.Count(l => l.Kind == DiffKind.Removed), lines.Count(l => l.Kind == DiffKind.Added)));
    }
}
