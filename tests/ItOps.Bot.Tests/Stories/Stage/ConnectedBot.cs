using ItOps.Bot.Accounts;
using ItOps.Bot.Channels;
using ItOps.Bot.Testing.Slack;
using ItOps.Bot.Testing.Teams;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Tests.Stories.Stage;

/// <summary>The whole bot behind a web server, with a Slack workspace and a Teams tenant that know the sandbox's people. The clock is the story's everywhere.</summary>
public sealed class ConnectedBot : IAsyncDisposable
{
    private readonly FakeSlack _slack;
    private readonly FakeBotConnector _teams;
    private HttpClient _line = new();

    private ConnectedBot(BotHost bot, FakeSlack slack, FakeBotConnector teams) => (Bot, _slack, _teams) = (bot, slack, teams);

    public BotHost Bot { get; }

    public FakeSlack Slack => _slack;

    public FakeBotConnector Teams => _teams;

    public SandboxView Sandbox => Bot.Sandbox;

    /// <param name="change">What is different in this bot.</param>
    /// <param name="more">Settings beyond those that connect the two platforms.</param>
    /// <param name="socket">Slack speaks over a connection that the bot opens.</param>
    public static async Task<ConnectedBot> StartAsync(Action<IServiceCollection>? change = null, Dictionary<string, string>? more = null, bool socket = false)
    {
        var time = BotHost.NewTime();
        var slack = await FakeSlack.StartAsync(time);
        var teams = await FakeBotConnector.StartAsync(time);
        var settings = slack.Settings(socket).Concat(teams.Settings.Select(s => KeyValuePair.Create(s.Key, s.Value ?? ""))).Concat(more ?? []);
        var bot = await BotHost.ServeAsync(time, settings.ToDictionary(), change);
        var connected = new ConnectedBot(bot, slack, teams);
        connected.Connect();
        if (socket)
            await slack.Socket.WhenConnectedAsync();
        return connected;
    }

    public SlackUser InSlack(string name) => _slack.User(Identity(name, "slack").User);

    /// <summary>Installs the app for them at their first appearance, as their IT department would have done.</summary>
    public async Task<TeamsUser> InTeamsAsync(string name)
    {
        var user = _teams.User(name, Identity(name, "teams").User);
        await user.Installs();
        return user;
    }

    public StoryPerson InConsole(string name) => Bot.Person(name);

    public async Task RestartAsync(TimeSpan after = default)
    {
        var (socket, connections) = (_slack.Socket.IsConnected, _slack.Socket.Connections);
        await Bot.RestartAsync(after);
        Connect();
        if (socket)
            await _slack.Socket.WhenConnectedAsync(connections + 1);
    }

    public async Task SettleAsync()
    {
        var errands = Bot.Services.GetRequiredService<Errands>();
        do
        {
            await errands.WhenIdleAsync();
            await Bot.SettleAsync();
        }
        while (!errands.WhenIdleAsync().IsCompleted);
    }

    public async ValueTask DisposeAsync()
    {
        Assert.Empty(_teams.Violations);
        await Bot.DisposeAsync();
        _line.Dispose();
        await _slack.DisposeAsync();
        await _teams.DisposeAsync();
    }

    private void Connect()
    {
        _line.Dispose();
        _line = new() { BaseAddress = Bot.Url };
        _teams.Connect(_line, SettleAsync);
        _slack.Bot = Bot.Url;
        _slack.Settled = SettleAsync;
    }

    private Turns.ChannelIdentity Identity(string name, string channel) =>
        Bot.Services.GetRequiredService<SandboxSeed>().People.Single(p => p.SignInName == name).Identities.Single(i => i.Channel == channel);
}
