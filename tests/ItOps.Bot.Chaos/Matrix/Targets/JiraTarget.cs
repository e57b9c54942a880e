using System.Diagnostics;
using ItOps.Bot.Testing.Jira;

namespace ItOps.Bot.Chaos.Matrix.Targets;

internal sealed class JiraTarget : Target
{
    private FakeJira? _jira;
    private JiraPerson? _alice;

    public override string System => "jira";

    public override string AccessWish => "I need developer access to the jira project WEB";

    public override bool HoldsAnswers => true;

    public override IReadOnlyDictionary<string, string> Settings => Jira.Settings;

    public override string? Key => _alice!.AccountId;

    private FakeJira Jira => _jira!;

    public override async Task OpenAsync(StoryPlay story)
    {
        _jira = await FakeJira.StartAsync();
        _alice = Jira.Site.AddPerson("alice");
        Jira.Site.AddProject("WEB", "Website", Jira.Site.AddPerson("lead"));
    }

    public override void KillAfter(int changes, Process process) => Jira.BeforeAnswer = Killer(changes, process);

    public override Task<IReadOnlyList<Effect>> EffectsAsync(Recovery recovery) =>
        Task.FromResult<IReadOnlyList<Effect>>([.. Jira.Site.Effects.Select(e => e.What == "add" ? Effect.Join : Effect.Leave)]);

    public override Task<string?> FlawAsync(string password) => Task.FromResult<string?>("Jira holds no passwords");

    public override async Task CloseAsync()
    {
        if (_jira is not null)
            await _jira.DisposeAsync();
        _jira = null;
    }

    public override async ValueTask DisposeAsync() => await CloseAsync();
}
