using System.Diagnostics;
using System.Globalization;
using System.Text;
using ItOps.Bot.Testing.ActiveDirectory;

namespace ItOps.Bot.Chaos.Matrix.Targets;

/// <summary>A domain of its own, in which every story has an account of its own. What was done tells the domain's replication metadata.</summary>
internal sealed class ActiveDirectoryTarget : Target
{
    /// <summary>What a sign-in is refused with whose password is right and must be changed.</summary>
    private const string MustChange = "773";

    private const int LdapsPort = 636;
    private const string Group = "Finance-Write";

    /// <summary>By attribute, what a change of it is; Samba writes userAccountControl twice for one request.</summary>
    private static readonly (string Attribute, Effect Effect, int Writes)[] s_attributes = [("unicodePwd", Effect.Reset, 1), ("userAccountControl", Effect.Block, 2)];

    private readonly SambaDomain _domain;
    private readonly LdapRelay _relay;
    private readonly Dictionary<string, int> _before = [];
    private int _accounts;
    private string _account = "";
    private string _key = "";
    private bool _isLocked;

    private ActiveDirectoryTarget(SambaDomain domain) => (_domain, _relay) = (domain, new(domain.Address, LdapsPort));

    public override string System => "active-directory";

    public override bool HoldsAnswers => true;

    public override IReadOnlyDictionary<string, string> Settings => _domain.Settings().Append(new("Resources:0:Aliases:1", "finance share"))
        .ToDictionary(s => $"Executors:ActiveDirectory:{s.Key}", s => s.Key == "Servers:0" ? string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{_relay.Port}") : s.Value);

    public override string? Key => _key;

    public static async Task<Target> StartAsync() => new ActiveDirectoryTarget(await SambaDomain.StartAsync());

    public override async Task OpenAsync(StoryPlay story)
    {
        _account = string.Create(CultureInfo.InvariantCulture, $"alice{++_accounts}");
        var password = Convert.ToBase64String(Encoding.Unicode.GetBytes($"\"{SambaDomain.PeoplePassword}\""));
        await _domain.ChangeAsync(
            $"dn: CN={_account},{SambaDomain.Staff}\nchangetype: add\nobjectClass: user\nsAMAccountName: {_account}\nuserPrincipalName: {_account}@lab.example\nuserAccountControl: 512\nunicodePwd:: {password}\n");
        _key = await _domain.GuidAsync(_account);
        _isLocked = story.Wish == Wish.Unlock;
        if (_isLocked)
            await _domain.LockAsync(_account);
        foreach (var attribute in s_attributes.Select(a => a.Attribute).Append("lockoutTime"))
            _before[attribute] = await _domain.VersionAsync(_account, attribute);
    }

    /// <summary>What is on the wire cannot be read, so the domain is asked before each answer goes on whether the change is made.</summary>
    public override void KillAfter(int changes, Process process) => _relay.BeforeAnswer = async () =>
    {
        if ((await EffectsAsync()).Count <= changes)
            return;
        _relay.BeforeAnswer = null;
        process.Kill();
        await process.WaitForExitAsync();
    };

    public override Task DiedAsync()
    {
        _relay.BeforeAnswer = null;
        return Task.CompletedTask;
    }

    public override Task<IReadOnlyList<Effect>> EffectsAsync(Recovery recovery) => EffectsAsync();

    public override async Task<string?> FlawAsync(string password) =>
        await _domain.SignInAsync(_account, password) is var data && data == MustChange ? null : $"a sign-in with the password of the link gives '{data}'";

    public override async ValueTask DisposeAsync()
    {
        await _relay.DisposeAsync();
        await _domain.DisposeAsync();
    }

    private async Task<IReadOnlyList<Effect>> EffectsAsync()
    {
        var effects = new List<Effect>();
        foreach (var (attribute, effect, writes) in s_attributes)
            effects.AddRange(Enumerable.Repeat(effect, (await _domain.VersionAsync(_account, attribute) - _before[attribute] + writes - 1) / writes));

        // A reset may write it as well; only an account that was locked is unlocked by itself.
        if (_isLocked)
            effects.AddRange(Enumerable.Repeat(Effect.Unlock, await _domain.VersionAsync(_account, "lockoutTime") - _before["lockoutTime"]));
        var moves = await _domain.MembershipVersionAsync(Group, _account);
        effects.AddRange(Enumerable.Range(0, moves).Select(move => move % 2 == 0 ? Effect.Join : Effect.Leave));
        return effects;
    }
}
