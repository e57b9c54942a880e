using System.Net;
using ItOps.Bot.Console.Requests;
using ItOps.Bot.Console.Tests.Hosting;

namespace ItOps.Bot.Console.Tests.Requests;

public sealed class RequestsTests
{
    [Fact]
    public async Task Employees_see_their_own_requests_and_approvers_see_all()
    {
        await using var host = await ConsoleHost.StartAsync();
        await host.WaitingRequestAsync("r1", "alice", "Alices wish");
        await host.WaitingRequestAsync("r2", "bob", "Bobs wish");
        using var alice = await host.SignInAsync("alice");
        using var ruth = await host.SignInAsync("ruth");

        var own = await alice.OpenAsync("/requests");
        Assert.Contains("Alices wish", own);
        Assert.DoesNotContain("Bobs wish", own);

        var all = await ruth.OpenAsync("/requests");
        Assert.Contains("Alices wish", all);
        Assert.Contains("Bobs wish", all);
    }

    [Fact]
    public async Task A_strangers_request_does_not_exist()
    {
        await using var host = await ConsoleHost.StartAsync();
        await host.WaitingRequestAsync("r2", "bob", "Bobs wish");
        using var alice = await host.SignInAsync("alice");

        var theirs = await alice.Client.GetAsync("/requests/r2", TestContext.Current.CancellationToken);
        var nothing = await alice.Client.GetAsync("/requests/r9", TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (theirs.StatusCode, nothing.StatusCode));
        Assert.Equal(Rendered.Text(await nothing.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)), Rendered.Text(await theirs.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task A_request_reads_from_its_opening_on()
    {
        await using var host = await ConsoleHost.StartAsync();
        var approval = await host.WaitingRequestAsync("r1", "alice");
        using var omar = await host.SignInAsync("omar");
        await omar.SendAsync("/approvals", ("approval", approval), ("verdict", "Approve"));

        var text = Rendered.Text(await omar.OpenAsync("/requests/r1"));

        Assert.Matches("Request opened Alice Test.*Agreed, too soon to have read it Omar Test", text);
    }

    [Fact]
    public async Task An_approver_can_decide_on_the_requests_own_page()
    {
        await using var host = await ConsoleHost.StartAsync();
        await host.WaitingRequestAsync("r1", "alice");
        using var omar = await host.SignInAsync("omar");
        using var alice = await host.SignInAsync("alice");

        Assert.Contains("action=\"/requests/r1\"", await omar.OpenAsync("/requests/r1"));
        Assert.DoesNotContain("value=\"Approve\"", await alice.OpenAsync("/requests/r1"));
    }

    [Fact]
    public async Task Nothing_asked_for_yet_leads_to_the_chat()
    {
        await using var host = await ConsoleHost.StartAsync();
        using var eve = await host.SignInAsync("eve");

        Assert.Contains("No requests yet", await eve.OpenAsync("/requests"));
    }

    [Theory]
    [InlineData(0.04, "0.0 s")]
    [InlineData(9.94, "9.9 s")]
    [InlineData(41, "41 s")]
    [InlineData(165, "2 m 45 s")]
    [InlineData(7260, "2 h 1 m")]
    [InlineData(180000, "2 d 2 h")]
    public void A_duration_is_as_exact_as_it_is_short(double seconds, string expected) =>
        Assert.Equal(expected, TimelineCells.Length(TimeSpan.FromSeconds(seconds)));
}
