using ItOps.Bot.Executors.Tests.Tickets;
using ItOps.Bot.Testing.Tickets;
using ItOps.Bot.Tickets;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Executors.Tests.ServiceNow;

/// <summary>Incidents before a strict Table API.</summary>
public sealed class ServiceNowDeskTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Opening_twice_opens_one()
    {
        await using var now = await FakeServiceNow.StartAsync(DeskStage.NewTime());
        await using var provider = DeskStage.Provide(now.Settings, DeskStage.NewTime());
        var desk = provider.GetRequiredService<ITicketDesk>();

        var first = await desk.OpenAsync(DeskStage.Draft(new string('x', 300)), Cancellation);

        Assert.Equal(first, await desk.OpenAsync(DeskStage.Draft(), Cancellation));
        Assert.Equal(160, Assert.Single(now.Incidents).Fields["short_description"].Length);
    }

    [Theory]
    [InlineData("[code]<b>x</b>[/code]", "(code)<b>x</b>(/code)")]
    [InlineData("[CODE]", "(code)")]
    [InlineData("[ / code ]", "(/code)")]
    [InlineData("[codec] a[0]", "[codec] a[0]")]
    public async Task What_a_journal_would_show_as_HTML_is_taken_apart(string text, string written)
    {
        await using var now = await FakeServiceNow.StartAsync(DeskStage.NewTime());
        await using var provider = DeskStage.Provide(now.Settings, DeskStage.NewTime());
        var desk = provider.GetRequiredService<ITicketDesk>();
        var ticket = await desk.OpenAsync(DeskStage.Draft(), Cancellation);

        await desk.CommentAsync(ticket.Key, new("7K2QD/1", "Alice", text), Cancellation);
        await desk.CommentAsync(ticket.Key, new("7K2QD/1", "Alice", text), Cancellation);

        Assert.Equal("7K2QD/1 Alice: " + written, Assert.Single(now.Incidents[0].Journal).Value);
    }

    [Fact]
    public async Task Comments_of_one_second_and_beyond_one_page_are_read_once_each_and_the_bots_own_never()
    {
        var time = DeskStage.NewTime();
        await using var now = await FakeServiceNow.StartAsync(time);
        await using var provider = DeskStage.Provide(now.Settings, time);
        var desk = provider.GetRequiredService<ITicketDesk>();
        var ticket = await desk.OpenAsync(DeskStage.Draft(), Cancellation);
        await desk.CommentAsync(ticket.Key, new("7K2QD/1", "Alice", "own"), Cancellation);
        for (var i = 0; i < 250; i++)
            now.Comments(now.Incidents[0], "dana", $"{i}");

        var first = await desk.ReadAsync(ticket.Key, "", Cancellation);
        now.Comments(now.Incidents[0], "dana", "same second");
        time.Advance(TimeSpan.FromSeconds(1));
        now.Comments(now.Incidents[0], "dana", "next second");
        var second = await desk.ReadAsync(ticket.Key, first.Cursor, Cancellation);

        Assert.Equal(250, first.Comments.Count);
        Assert.Equal(["same second", "next second"], second.Comments.Select(c => c.Text));
        Assert.Empty((await desk.ReadAsync(ticket.Key, second.Cursor, Cancellation)).Comments);
    }

    [Fact]
    public async Task Solving_what_is_solved_and_opening_what_is_open_does_nothing()
    {
        await using var now = await FakeServiceNow.StartAsync(DeskStage.NewTime());
        await using var provider = DeskStage.Provide(now.Settings, DeskStage.NewTime());
        var desk = provider.GetRequiredService<ITicketDesk>();
        var ticket = await desk.OpenAsync(DeskStage.Draft(), Cancellation);

        await desk.SetResolvedAsync(ticket.Key, false, "", Cancellation);
        await desk.SetResolvedAsync(ticket.Key, true, "done", Cancellation);
        now.SetState(now.Incidents[0], "7");
        await desk.SetResolvedAsync(ticket.Key, true, "again", Cancellation);

        Assert.Equal(("7", "done"), (now.Incidents[0].State, now.Incidents[0].Fields["close_notes"]));
        Assert.Equal(1, now.Requests.Count(r => r.StartsWith("PATCH", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_busy_instance_is_waited_for_and_one_that_refuses_says_why()
    {
        await using var now = await FakeServiceNow.StartAsync(DeskStage.NewTime());
        await using var provider = DeskStage.Provide(now.Settings, DeskStage.NewTime());
        var desk = provider.GetRequiredService<ITicketDesk>();
        now.Reads.Busy(TimeSpan.FromSeconds(2));
        now.Writes.Busy(TimeSpan.FromSeconds(2));
        await desk.OpenAsync(DeskStage.Draft(), Cancellation);
        Assert.Single(now.Incidents);

        now.RefusesCredentials = true;
        Assert.Contains("401", (await Assert.ThrowsAnyAsync<OperatorException>(() => desk.ReadAsync(now.Incidents[0].SysId, "", Cancellation))).Message, StringComparison.Ordinal);
        Assert.All(await provider.GetServices<ISelfCheck>().Single(c => c.Name == "servicenow").ExamineAsync(Cancellation), r => Assert.Contains("Executors:ServiceNow:Url", r.Problem, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Password", "", "Executors:ServiceNow:Password is missing")]
    [InlineData("User", "a:b", "Executors:ServiceNow:User must not contain a colon")]
    [InlineData("Url", "http://now.example.com", "must be an absolute https address")]
    [InlineData("AssignmentGroup", "Service Desk", "must be the sys_id of a group")]
    public void A_wrong_setting_is_named(string key, string value, string problem)
    {
        var settings = new Dictionary<string, string>
        {
            ["Executors:ServiceNow:Enabled"] = "true",
            ["Executors:ServiceNow:Url"] = "https://now.example.com",
            ["Executors:ServiceNow:User"] = "bot",
            ["Executors:ServiceNow:Password"] = "practice",
            ["Executors:ServiceNow:" + key] = value,
        };

        Assert.Contains(problem, Assert.Throws<SettingException>(() => DeskStage.Provide(settings, TimeProvider.System)).Message, StringComparison.Ordinal);
    }
}
