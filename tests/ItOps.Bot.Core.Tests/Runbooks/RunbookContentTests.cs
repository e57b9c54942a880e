using ItOps.Bot.Runbooks.Library;

namespace ItOps.Bot.Core.Tests.Runbooks;

public sealed class RunbookContentTests
{
    private static readonly RunbookContent Content = new("a/b.md", "---\nid: b\nversion: 3   # third\ntitle: T\n---\nversion: 9\n", new Dictionary<string, string> { ["scripts/a.sh"] = "echo" });

    [Fact]
    public void Its_number_is_set_where_the_reader_looks_for_it_and_nowhere_else() =>
        Assert.Equal("---\nid: b\nversion: 12\ntitle: T\n---\nversion: 9\n", Content.WithVersion(12).Text);

    [Theory]
    [InlineData("---\nid: b\n---\nbody", "---\nid: b\nversion: 2\n---\nbody")]
    [InlineData("---\nid: b\n---", "---\nid: b\nversion: 2\n---")]
    [InlineData("no front matter", "no front matter")]
    [InlineData("---\nnever ends", "---\nnever ends")]
    [InlineData("", "")]
    public void A_text_without_a_number_gets_one_where_it_has_a_front_matter(string text, string expected) =>
        Assert.Equal(expected, (Content with { Text = text }).WithVersion(2).Text);

    [Fact]
    public void The_number_alone_is_no_difference_and_everything_else_is()
    {
        Assert.Equal(Content.Hash, Content.WithVersion(8).Hash);
        Assert.All(
            [
                Content with { Path = "c/b.md" }, Content with { Text = Content.Text + "x" }, Content with { Scripts = new Dictionary<string, string> { ["scripts/a.sh"] = "echo 2" } },
                Content with { Scripts = new Dictionary<string, string> { ["scripts/b.sh"] = "echo" } }, Content with { Scripts = new Dictionary<string, string>() },
            ],
            other => Assert.NotEqual(Content.Hash, other.Hash));
    }
}
