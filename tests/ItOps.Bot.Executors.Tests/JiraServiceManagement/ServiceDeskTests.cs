using ItOps.Bot.Executors.JiraServiceManagement;
using ItOps.Bot.Executors.Tests.Tickets;
using ItOps.Bot.Testing.Tickets;
using ItOps.Bot.Tickets;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Executors.Tests.JiraServiceManagement;

/// <summary>Customer requests before a strict service desk.</summary>
public sealed class ServiceDeskTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Opening_twice_opens_one_and_a_number_that_only_looks_alike_is_another()
    {
        await using var jira = await FakeJiraServiceManagement.StartAsync(DeskStage.NewTime());
        await using var provider = DeskStage.Provide(jira.Settings, DeskStage.NewTime());
        var desk = provider.GetRequiredService<ITicketDesk>();
        await desk.OpenAsync(DeskStage.Draft("IT-AAAAA: mentions IT-7K2QD: in its summary") with { Number = "IT-AAAAA" }, Cancellation);

        var first = await desk.OpenAsync(DeskStage.Draft(), Cancellation);

        Assert.Equal(("HELP-2", first), (first.Number, await desk.OpenAsync(DeskStage.Draft(), Cancellation)));
        Assert.Equal(2, jira.Customers.Count);
    }

    [Theory]
    [InlineData("{html}<b>x</b>{html}", "\\{html\\}<b>x</b>\\{html\\}")]
    [InlineData("[~accountid:1] [a|http://x]", "\\[\\~accountid:1\\] \\[a\\|http://x\\]")]
    [InlineData("!http://x/y.png! ||h|| *b* _i_ \\\\", "\\!http://x/y.png\\! \\|\\|h\\|\\| \\*b\\* \\_i\\_ &#92;&#92;")]
    [InlineData("plain words, 4711.", "plain words, 4711.")]
    public void Nothing_that_anybody_wrote_is_markup(string text, string escaped) => Assert.Equal(escaped, WikiText.Escape(text));

    [Fact]
    public async Task Comments_beyond_one_page_are_read_once_each_and_neither_internal_ones_nor_the_bots_own()
    {
        var time = DeskStage.NewTime();
        await using var jira = await FakeJiraServiceManagement.StartAsync(time);
        await using var provider = DeskStage.Provide(jira.Settings, time);
        var desk = provider.GetRequiredService<ITicketDesk>();
        var ticket = await desk.OpenAsync(DeskStage.Draft(), Cancellation);
        await desk.CommentAsync(ticket.Key, new("7K2QD/1", "Alice", "own"), Cancellation);
        for (var i = 0; i < 120; i++)
            jira.Comments(jira.Customers[0], "Dana", $"{i}", forCustomer: i % 2 == 0);

        var first = await desk.ReadAsync(ticket.Key, "", Cancellation);
        jira.Comments(jira.Customers[0], "Dana", "one more");

        Assert.Equal(60, first.Comments.Count);
        Assert.Equal(["one more"], (await desk.ReadAsync(ticket.Key, first.Cursor, Cancellation)).Comments.Select(c => c.Text));
    }

    [Fact]
    public async Task Solving_takes_the_transition_that_is_named_or_the_first_that_solves()
    {
        await using var jira = await FakeJiraServiceManagement.StartAsync(DeskStage.NewTime());
        await using var provider = DeskStage.Provide(jira.Settings.Append(new("Executors:JiraServiceManagement:ResolveTransition", "Vanish")), DeskStage.NewTime());
        var desk = provider.GetRequiredService<ITicketDesk>();
        var ticket = await desk.OpenAsync(DeskStage.Draft(), Cancellation);
        var problem = await Assert.ThrowsAnyAsync<OperatorException>(() => desk.SetResolvedAsync(ticket.Key, true, "", Cancellation));
        Assert.Contains("ResolveTransition is 'Vanish'", problem.Message, StringComparison.Ordinal);

        await using var other = DeskStage.Provide(jira.Settings, DeskStage.NewTime());
        await other.GetRequiredService<ITicketDesk>().SetResolvedAsync(ticket.Key, true, "", Cancellation);
        Assert.Equal("done", jira.Customers[0].Category);
        await desk.SetResolvedAsync(ticket.Key, false, "", Cancellation);
        Assert.Equal("indeterminate", jira.Customers[0].Category);
    }

    [Fact]
    public async Task The_self_check_names_a_wrong_token_and_a_request_type_that_is_not_there()
    {
        await using var jira = await FakeJiraServiceManagement.StartAsync(DeskStage.NewTime());
        await using var provider = DeskStage.Provide(jira.Settings, DeskStage.NewTime());
        await using var wrong = DeskStage.Provide(jira.Settings.Select(s => s.Key.EndsWith("RequestTypeId", StringComparison.Ordinal) ? new(s.Key, "26") : s), DeskStage.NewTime());

        Assert.All(await Check(provider), r => Assert.Null(r.Problem));
        Assert.Contains(await Check(wrong), r => r.Problem?.Contains("no request type 26", StringComparison.Ordinal) == true);
        jira.RefusesCredentials = true;
        Assert.Contains("ApiToken", Assert.Single(await Check(provider)).Problem, StringComparison.Ordinal);

        static Task<IReadOnlyList<CheckResult>> Check(IServiceProvider provider) =>
            provider.GetServices<ISelfCheck>().Single(c => c.Name == "jira-service-management").ExamineAsync(Cancellation);
    }

    [Fact]
    public async Task Two_ticket_systems_at_once_are_a_mistake_that_is_named()
    {
        await using var jira = await FakeJiraServiceManagement.StartAsync(DeskStage.NewTime());
        await using var now = await FakeServiceNow.StartAsync(DeskStage.NewTime());

        var mistake = Assert.Throws<SettingException>(() => DeskStage.Provide(jira.Settings.Concat(now.Settings), TimeProvider.System));

        Assert.Contains("Executors:ServiceNow:Enabled are both true", mistake.Message, StringComparison.Ordinal);
    }
}
