using ItOps.Bot.Testing.Linux;

namespace ItOps.Bot.Chaos.Matrix.Targets;

/// <summary>An account of this machine that is made for each story. The machine keeps no ledger: what was done shows in the account, and a password set again in its hash.</summary>
internal sealed class LocalTarget : Target
{
    private const int Hash = 1;
    private const int LastSet = 2;
    private const string OldPassword = "An-old-password-1";

    private readonly List<string> _hashes = [];
    private Dictionary<string, string> _settings = [];
    private StoryPlay? _story;
    private DisposableUser? _user;
    private string _group = "";

    public override string System => "local";

    public override IReadOnlyDictionary<string, string> Settings => _settings;

    public override string? Key => User.Name;

    private DisposableUser User => _user!;

    public override Task OpenAsync(StoryPlay story)
    {
        (_story, _user) = (story, DisposableUser.Create(OldPassword));
        _group = User.AddGroup();
        _hashes.Clear();
        NoteHash();
        while (story.Wish == Wish.Unlock && User.SignIn(OldPassword) is null)
        {
            for (var i = 0; i < 3; i++)
                User.SignIn("wrong");
        }

        _settings = new()
        {
            ["Executors:LocalAccounts:Enabled"] = "true",
            ["Executors:LocalAccounts:Groups:0:Name"] = _group,
            ["Executors:LocalAccounts:Groups:0:ResourceType"] = "shared-drive",
            ["Executors:LocalAccounts:Groups:0:Resource"] = "Finance",
            ["Executors:LocalAccounts:Groups:0:Permission"] = "write",
            ["Executors:LocalAccounts:Groups:0:Aliases:0"] = "finance share",
        };
        return Task.CompletedTask;
    }

    public override Task CloseAsync()
    {
        _user?.Dispose();
        _user = null;
        return Task.CompletedTask;
    }

    public override Task DiedAsync()
    {
        NoteHash();
        return Task.CompletedTask;
    }

    public override Task<IReadOnlyList<Effect>> EffectsAsync(Recovery recovery)
    {
        NoteHash();
        var effects = new List<Effect>();

        // Each time that a password is set it gets another salt, so another hash.
        effects.AddRange(Enumerable.Repeat(Effect.Reset, _hashes.Count - 1));
        if (User.Shadow()[Hash].StartsWith('!'))
            effects.Add(Effect.Block);
        if (_story!.Wish == Wish.Unlock && User.SignIn(OldPassword) is null)
            effects.Add(Effect.Unlock);
        var members = DisposableUser.Run("/usr/bin/getent", ["group", _group]).Trim().Split(':')[^1].Split(',');
        if (members.Contains(User.Name))
            effects.Add(Effect.Join);
        else if (_story.IsUndone)
            effects.AddRange([Effect.Join, Effect.Leave]);
        return Task.FromResult<IReadOnlyList<Effect>>(effects);
    }

    public override Task<string?> FlawAsync(string password) => Task.FromResult(
        User.SignIn(password) is { } refusal ? $"a sign-in with the password of the link is refused: {refusal}"
        : User.Shadow()[LastSet] != "0" ? "the password need not be changed"
        : null);

    public override async ValueTask DisposeAsync() => await CloseAsync();

    private void NoteHash()
    {
        if (User.Shadow()[Hash].TrimStart('!') is var hash && !_hashes.Contains(hash))
            _hashes.Add(hash);
    }
}
