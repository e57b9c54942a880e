using System.Net;
using ItOps.Bot.Approvals;
using ItOps.Bot.Commits;
using ItOps.Bot.Console.Tests.Hosting;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Console.Tests.Approvals;

public sealed class DecisionTests
{
    [Theory]
    [InlineData("/approvals")]
    [InlineData("/chat")]
    [InlineData("/requests/r1")]
    public async Task Two_presses_on_approve_are_one_decision_wherever_the_card_stands(string page)
    {
        await using var host = await ConsoleHost.StartAsync();
        var approval = await host.WaitingRequestAsync("r1", "alice");
        using var omar = await host.SignInAsync("omar");

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
            Rendered.Text(await (await omar.SendAsync(page, ("approval", approval), ("verdict", "Approve"))).Content.ReadAsStringAsync(TestContext.Current.CancellationToken))));

        Assert.Equal(3, answers.Count(a => a.Contains("already", StringComparison.Ordinal)));
        var decided = await host.ApprovalAsync(approval);
        Assert.Equal(ApprovalStatus.Granted, decided?.Status);
        Assert.Single(decided!.Votes);
        Assert.Single(host.Memory.Audit, r => r.Entry.Action == "approval.granted");
    }

    [Fact]
    public async Task Where_a_name_must_be_typed_the_card_asks_for_it_and_only_that_name_approves()
    {
        await using var host = await ConsoleHost.StartAsync();
        var id = await host.WaitingRequestAsync("r1", "alice", typeToConfirm: "al<b>ice");
        using var omar = await host.SignInAsync("omar");
        Assert.Contains("To approve, type al&lt;b&gt;ice</label>", await omar.OpenAsync("/approvals"));

        foreach (var typed in (string[])["", "alice"])
        {
            var html = await omar.ReadAsync(await omar.SendAsync("/approvals", ("approval", id), ("verdict", "Approve"), ("typed", typed)));
            Assert.Contains("type al&lt;b&gt;ice together with your approval", html);
            Assert.Equal(ApprovalStatus.Pending, (await host.ApprovalAsync(id))?.Status);
        }

        await omar.SendAsync("/approvals", ("approval", id), ("verdict", "Approve"), ("typed", "AL<B>ICE"));
        var vote = Assert.Single((await host.ApprovalAsync(id))!.Votes);
        Assert.Equal((Verdict.Approve, null), (vote.Verdict, vote.Note));
    }

    [Fact]
    public async Task Whoever_comes_second_reads_who_was_first()
    {
        await using var host = await ConsoleHost.StartAsync();
        var approval = await host.WaitingRequestAsync("r1", "alice");
        using var omar = await host.SignInAsync("omar");
        using var sam = await host.SignInAsync("sam");
        await omar.SendAsync("/approvals", ("approval", approval), ("verdict", "Approve"));

        var html = await sam.ReadAsync(await sam.SendAsync("/approvals", ("approval", approval), ("verdict", "Deny"), ("note", "no")));

        Assert.Contains("Omar Test", html);
        Assert.Equal(ApprovalStatus.Granted, (await host.ApprovalAsync(approval))?.Status);
    }

    [Fact]
    public async Task A_deny_asks_for_the_reason_first_and_then_counts_with_it()
    {
        await using var host = await ConsoleHost.StartAsync();
        var approval = await host.WaitingRequestAsync("r1", "alice");
        using var omar = await host.SignInAsync("omar");

        var asked = await omar.SendAsync("/approvals", ("approval", approval), ("verdict", "Deny"));
        Assert.Equal(HttpStatusCode.SeeOther, asked.StatusCode);
        Assert.Equal(ApprovalStatus.Pending, (await host.ApprovalAsync(approval))?.Status);
        Assert.Contains("Deny with this reason", await omar.OpenAsync(asked.Headers.Location!.OriginalString));

        await omar.SendAsync("/approvals", ("approval", approval), ("verdict", "Deny"), ("note", "use the other one"));
        var vote = Assert.Single((await host.ApprovalAsync(approval))!.Votes);
        Assert.Equal((Verdict.Deny, "use the other one"), (vote.Verdict, vote.Note));
    }

    [Fact]
    public async Task When_a_press_on_all_cannot_be_stored_the_page_does_not_say_that_nothing_was_decided()
    {
        await using var host = await ConsoleHost.StartAsync();
        foreach (var (who, id) in new[] { ("alice", "r1"), ("bob", "r2") })
        {
            var approval = (await host.ApprovalAsync(await host.WaitingRequestAsync(id, who)))!;
            await host.Memory.CommitAsync(new Commit().Add(new ApprovalSaved(approval with { Bundle = "all-1", Version = 2 })), TestContext.Current.CancellationToken);
        }

        using var omar = await host.SignInAsync("omar");
        var all = ApprovalBundles.PressOf("all-1", [(await host.ApprovalAsync("a-r1"))!, (await host.ApprovalAsync("a-r2"))!]);
        host.Memory.IsFull = true;

        var html = await omar.ReadAsync(await omar.SendAsync("/approvals", ("approval", all), ("verdict", "Approve")));

        Assert.Contains("What was decided stands on the card; press again for the rest.", html);
        Assert.DoesNotContain("Nothing was decided", html);
    }

    [Fact]
    public async Task A_question_leaves_the_approval_open_and_shows_on_the_card()
    {
        await using var host = await ConsoleHost.StartAsync();
        var approval = await host.WaitingRequestAsync("r1", "alice");
        using var omar = await host.SignInAsync("omar");

        var html = await omar.ReadAsync(await omar.SendAsync("/approvals", ("approval", approval), ("verdict", "Ask"), ("note", "why <b>now</b>?")));

        Assert.Equal(ApprovalStatus.Pending, (await host.ApprovalAsync(approval))?.Status);
        Assert.Contains("why &lt;b&gt;now&lt;/b&gt;?", html);
        Assert.Contains("value=\"Approve\"", html);
    }

    [Theory]
    [InlineData("alice")]
    [InlineData("eve")]
    [InlineData("ruth")]
    public async Task Nobody_decides_who_may_not_even_with_a_form_of_their_own(string who)
    {
        await using var host = await ConsoleHost.StartAsync();
        var approval = await host.WaitingRequestAsync("r1", "alice");
        using var browser = await host.SignInAsync(who);

        Assert.DoesNotContain("value=\"Approve\"", await browser.OpenAsync("/approvals"));
        await browser.SendAsync("/approvals", ("approval", approval), ("verdict", "Approve"));

        Assert.Equal(ApprovalStatus.Pending, (await host.ApprovalAsync(approval))?.Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Grant")]
    [InlineData("17")]
    public async Task A_press_that_is_no_button_decides_nothing(string verdict)
    {
        await using var host = await ConsoleHost.StartAsync();
        var approval = await host.WaitingRequestAsync("r1", "alice");
        using var omar = await host.SignInAsync("omar");

        var html = await omar.ReadAsync(await omar.SendAsync("/approvals", ("approval", approval), ("verdict", verdict)));

        Assert.Contains("Nothing was decided.", html);
        Assert.Equal(ApprovalStatus.Pending, (await host.ApprovalAsync(approval))?.Status);
    }

    [Fact]
    public async Task When_nothing_can_be_stored_the_press_says_so_and_decides_nothing()
    {
        await using var host = await ConsoleHost.StartAsync();
        var approval = await host.WaitingRequestAsync("r1", "alice");
        using var omar = await host.SignInAsync("omar");
        host.Memory.IsFull = true;

        var html = await omar.ReadAsync(await omar.SendAsync("/approvals", ("approval", approval), ("verdict", "Approve")));

        Assert.Contains("Nothing was decided.", html);
        Assert.Equal(ApprovalStatus.Pending, (await host.ApprovalAsync(approval))?.Status);
    }

    [Fact]
    public async Task The_number_beside_approvals_is_what_waits_for_the_one_who_looks()
    {
        await using var host = await ConsoleHost.StartAsync();
        await host.WaitingRequestAsync("r1", "alice");
        await host.WaitingRequestAsync("r2", "omar");
        using var omar = await host.SignInAsync("omar");
        using var alice = await host.SignInAsync("alice");

        Assert.Contains("aria-hidden=\"true\">1<span class=\"sr\"> waiting for you", await omar.OpenAsync("/chat"));
        Assert.DoesNotContain("waiting-count", await alice.OpenAsync("/chat"));
    }
}
