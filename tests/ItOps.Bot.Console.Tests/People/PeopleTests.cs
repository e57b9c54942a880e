using System.Net;
using ItOps.Bot.Accounts;
using ItOps.Bot.Commits;
using ItOps.Bot.Console.Tests.Hosting;
using ItOps.Bot.People;
using ItOps.Bot.Testing.People;
using ItOps.Bot.Turns;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Console.Tests.People;

public sealed class PeopleTests
{
    private readonly ListedPeople _people = new();
    private readonly KeptContacts _kept = new() { Baseline = new(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch) };
    private readonly Person _sam;

    public PeopleTests()
    {
        _sam = _people.Add("P-sam", "sam", "sam@example.com", "security");
        _people.Bind(_sam, new("console", "sandbox", "sam"));
        _people.Bind(_people.Add("P-omar", "omar", "omar@example.com", "it-approvers"), new("console", "sandbox", "omar"));
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/people", "alice", HttpStatusCode.Forbidden)]
    [InlineData("/people", "omar", HttpStatusCode.Forbidden)]
    [InlineData("/people", "sam", HttpStatusCode.OK)]
    [InlineData("/people", "ruth", HttpStatusCode.OK)]
    [InlineData("/insights", "alice", HttpStatusCode.Forbidden)]
    [InlineData("/insights", "omar", HttpStatusCode.Forbidden)]
    [InlineData("/insights", "sam", HttpStatusCode.OK)]
    [InlineData("/insights", "ruth", HttpStatusCode.OK)]
    public async Task They_are_for_security_and_auditors_and_the_way_there_shows_for_them_alone(string path, string who, HttpStatusCode expected)
    {
        await using var host = await ConsoleHost.StartAsync();
        using var browser = await host.SignInAsync(who);

        var response = await browser.Client.GetAsync(path, Cancel);

        Assert.Equal(expected, response.StatusCode);
        Assert.Equal(expected == HttpStatusCode.OK, (await browser.OpenAsync("/chat")).Contains($"href=\"{path}\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Each_way_to_a_person_shows_where_it_comes_from_and_from_when_it_counts()
    {
        await using var host = await StartAsync(new IdentityOptions
        {
            Bindings = [new("sam", new("slack", "T0LAB", "U0SAM"), "bindings.yaml:7")],
        });
        _people.Bind(_sam, new("slack", "T0LAB", "U0SAM"));
        using var sam = await host.SignInAsync("sam");

        var text = Rendered.Text(await sam.OpenAsync("/people?q=sam"));

        Assert.Contains("slack T0LAB/U0SAM bindings.yaml:7", text);
        Assert.Contains("mail sam@example.com directory", text);
        Assert.Contains("counts in 3 days", text);
        Assert.Contains("contact.added", host.Memory.Audit.Select(r => r.Entry.Action).Concat(_kept.Commits.SelectMany(c => c.Changes).OfType<Audited>().Select(a => a.Entry.Action)));
    }

    [Fact]
    public async Task An_account_that_two_people_have_says_so()
    {
        await using var host = await StartAsync();
        var shared = new ChannelIdentity("slack", "T0LAB", "U0BOTH");
        _people.Bind(_sam, shared);
        _people.Bind(_people.Add("P-eve", "eve", "eve@example.com"), shared);
        using var sam = await host.SignInAsync("sam");

        Assert.Contains("2 people have it, so it is nobody's", Rendered.Text(await sam.OpenAsync("/people?q=slack:T0LAB/U0BOTH")));
    }

    [Fact]
    public async Task Many_people_are_paged()
    {
        await using var host = await StartAsync();
        for (var i = 0; i < 30; i++)
            _people.Add($"P-{i:00}", $"n{i:00}", $"n{i:00}@example.com");
        var history = host.Services.GetRequiredService<ContactHistory>();
        foreach (var person in await _people.AllAsync(Cancel))
            await history.ObserveAsync(person.Id, Cancel);
        using var sam = await host.SignInAsync("sam");

        var first = await sam.OpenAsync("/people");
        var second = await sam.OpenAsync("/people?after=P-24");

        Assert.Contains("href=\"/people?after=P-24\"", first);
        Assert.Contains("n00@example.com", first);
        Assert.DoesNotContain("n25@example.com", first);
        Assert.Contains("n25@example.com", second);
        Assert.DoesNotContain("/people?after=", second);
    }

    [Fact]
    public async Task What_changed_lately_has_a_list_of_its_own()
    {
        await using var host = await StartAsync();
        using var sam = await host.SignInAsync("sam");
        Assert.Contains("Nothing changed lately", await sam.OpenAsync("/people?only=cooling"));
        await host.Services.GetRequiredService<ContactHistory>().ObserveAsync(_sam.Id, Cancel);
        Assert.DoesNotContain("Nothing changed lately", await sam.OpenAsync("/people?only=cooling"));
    }

    [Fact]
    public async Task Lines_of_the_file_that_bind_nobody_are_listed_and_none_is_said_too()
    {
        await using var host = await StartAsync(new IdentityOptions
        {
            Bindings = [new("nobody-here", new("slack", "T0LAB", "U0X"), "bindings.yaml:3")],
            AccountBindings = [new AccountBinding("sam", "aws-iam", "1/sam", "bindings.yaml:9")],
        });
        using var sam = await host.SignInAsync("sam");

        var text = Rendered.Text(await sam.OpenAsync("/people?only=conflicts"));

        Assert.Contains("bindings.yaml:3: nobody has the sign-in name or id 'nobody-here'", text);
        Assert.Contains("bindings.yaml:9: no executor that is enabled has a system 'aws-iam'", text);
        await using var plain = await ConsoleHost.StartAsync();
        using var ruth = await plain.SignInAsync("ruth");
        Assert.Contains("There is no bindings file", await ruth.OpenAsync("/people?only=conflicts"));
    }

    [Fact]
    public async Task A_directory_that_does_not_answer_leaves_what_was_seen_last()
    {
        await using var host = await StartAsync();
        await host.Services.GetRequiredService<ContactHistory>().ObserveAsync(_sam.Id, Cancel);
        using var sam = await host.SignInAsync("sam");
        _people.IsDown = true;

        var text = Rendered.Text(await sam.OpenAsync("/people"));

        Assert.Contains("The directory does not answer; as last seen", text);
        Assert.Contains("mail sam@example.com", text);
    }

    [Theory]
    [InlineData("%3Cscript%3E")]
    [InlineData("slack%3A")]
    [InlineData("%00")]
    public async Task A_search_for_nobody_says_what_can_be_searched(string search)
    {
        await using var host = await StartAsync();
        using var sam = await host.SignInAsync("sam");

        var html = await sam.OpenAsync("/people?q=" + search);

        Assert.Contains("Nobody is called that", html);
        Assert.DoesNotContain("<script>", html);
    }

    private Task<ConsoleHost> StartAsync(IdentityOptions? options = null) => ConsoleHost.StartAsync(also: services => services
        .AddSingleton<IPersonDirectory>(_people)
        .AddSingleton<IContactStore>(_kept)
        .AddSingleton(options ?? new IdentityOptions())
        .AddSingleton<ContactHistory>(p => ActivatorUtilities.CreateInstance<ContactHistory>(p, new Committer(_kept, p, p.GetRequiredService<Microsoft.Extensions.Logging.ILogger<Committer>>()))));
}
