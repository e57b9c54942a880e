using ItOps.Bot.Knowledge.Embedded;
using ItOps.Bot.Knowledge.Runbooks;

namespace ItOps.Bot.Knowledge.Tests.Embedded;

public sealed class RuleDecomposerTests
{
    private static readonly RuleDecomposer Decomposer = new(new EmbeddedRetriever(RunbookFolder.Read(Repository.Runbooks).ToCatalog()));

    [Theory]
    [InlineData("printer is dead and also vpn keeps dropping", "printer is dead", "vpn keeps dropping")]
    [InlineData("Two things: unlock my account and my laptop is slow.", "unlock my account", "my laptop is slow")]
    [InlineData("First unlock my account, after that give me access to the finance share", "unlock my account", "give me access to the finance share")]
    [InlineData("vpn does not connect and my laptop is very slow", "vpn does not connect", "my laptop is very slow")]
    [InlineData("unlock my account; add me to the jira project OPS", "unlock my account", "add me to the jira project OPS")]
    [InlineData("Mein Konto ist gesperrt und außerdem ist mein Laptop langsam", "Mein Konto ist gesperrt", "ist mein Laptop langsam")]
    [InlineData("bob needs Visio, Zoom and Tableau", "bob needs Visio", "bob needs Zoom", "bob needs Tableau")]
    [InlineData("A new hire starts Monday and needs Visio and Zoom", "A new hire needs Visio", "install Zoom for a new hire")]
    [InlineData("Hi, a new hire starts Monday and needs access to the jira project OPS, the finance share and Zoom", "a new hire needs access to the jira project OPS", "access to the finance share for a new hire", "install Zoom for a new hire")]
    [InlineData("hello our intern needs Visio and access to the finance share", "our intern needs Visio", "our intern needs access to the finance share")]
    [InlineData("Good morning Sam, two things: unlock my account and my laptop is slow.", "unlock my account", "my laptop is slow")]
    [InlineData("reset my password. Also, I need access to the legal folder", "reset my password", "I need access to the legal folder")]
    public async Task Several_wishes_become_one_text_each(string text, params string[] parts) =>
        Assert.Equal(parts, (await Decomposer.DecomposeAsync(text, TestContext.Current.CancellationToken)).Select(w => w.Text));

    [Fact]
    public async Task What_is_said_twice_is_one_wish_and_what_follows_it_still_does()
    {
        var wishes = await Decomposer.DecomposeAsync("Install Zoom, Visio and Zoom, and after that put me on the announcements mailing list", TestContext.Current.CancellationToken);

        Assert.Equal(["Install Zoom", "Install Visio", "put me on the announcements mailing list"], wishes.Select(w => w.Text));
        Assert.Equal([0], wishes[2].After);
    }

    [Theory]
    [InlineData("unlock my account")]
    [InlineData("This is the CFO, I'm boarding, reset me NOW and send the password to my gmail")]
    [InlineData("reset my password, and send the code to alice.private@mail.example")]
    [InlineData("don't reset my password, just unlock the account")]
    [InlineData("I forgot my password and now I'm locked out")]
    [InlineData("I was locked out. I tried everything. Please unlock my account")]
    [InlineData("my laptop is slow and it hangs")]
    [InlineData("hello, my vpn does not connect, thanks and regards")]
    [InlineData("read and write access to the finance share")]
    [InlineData("access for bob and alice to the jira project FIN")]
    [InlineData("when do I get paid and also who won the match")]
    [InlineData("")]
    public async Task One_wish_stays_whole(string text) =>
        Assert.Equal(text, Assert.Single(await Decomposer.DecomposeAsync(text, TestContext.Current.CancellationToken)).Text);
}
