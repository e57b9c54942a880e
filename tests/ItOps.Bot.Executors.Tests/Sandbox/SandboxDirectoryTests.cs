using ItOps.Bot.Accounts;
using ItOps.Bot.Executors.Sandbox;
using ItOps.Bot.Secrets;

namespace ItOps.Bot.Executors.Tests.Sandbox;

public sealed class SandboxDirectoryTests : SandboxTestBase
{
    private static readonly Secret<string> s_newPassword = new("Kx7m-W?4t-Hn9q-3cRv");

    [Fact]
    public async Task Alice_is_locked_at_the_first_start_and_a_restart_keeps_what_happened()
    {
        await SeedAsync();
        Assert.Equal((Clock.GetUtcNow().AddMinutes(-12), 5), ((await ReadAsync(Alice)).LockedSince, (await ReadAsync(Alice)).BadAttempts));
        await Directory.UnlockAsync(Alice, Token);
        await Directory.AddMemberAsync(Finance, Alice, Token);
        Clock.Advance(TimeSpan.FromDays(1));

        await SeedAsync();

        Assert.Null((await ReadAsync(Alice)).LockedSince);
        Assert.True(await Directory.IsMemberAsync(Finance, Alice, direct: true, Token));
    }

    [Fact]
    public async Task A_person_s_accounts_are_found_in_each_system_by_owner_never_by_name()
    {
        await SeedAsync();
        var all = new AccountDirectories([Directory, Cloud]);

        Assert.Equal([Alice, AliceInCloud], (await all.AccountsOfAsync(AliceId, Token)).Found.Select(a => a.Id));
        Assert.Equal([Alice], (await Directory.FindByNameAsync("ALICE", Token)).Select(a => a.Id));
        Assert.Empty(await Directory.FindByNameAsync("alic", Token));
        Assert.Null(await Directory.ReadAsync(AliceInCloud, Token));
        Assert.Null(await Cloud.ReadAsync(new AccountId("cloud", "D1"), Token));
    }

    [Fact]
    public async Task Unlocking_twice_leaves_one_line_in_the_ledger()
    {
        await SeedAsync();

        Assert.False((await Directory.UnlockAsync(Alice, Token)).Failed);
        Assert.False((await Directory.UnlockAsync(Alice, Token)).Failed);

        Assert.Equal([new SandboxEffect("D1", "unlock", Clock.GetUtcNow())], State.Effects);
        Assert.Equal(0, (await ReadAsync(Alice)).BadAttempts);
    }

    [Fact]
    public async Task Unlocking_at_the_same_time_from_many_sides_happens_once()
    {
        await SeedAsync();
        State.BeforeWrite = async () => await Task.Yield();

        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Directory.UnlockAsync(Alice, Token)));

        Assert.All(results, result => Assert.Null(result.Problem));
        Assert.Single(State.Effects);
    }

    [Fact]
    public async Task A_change_by_somebody_else_in_between_is_not_lost()
    {
        await SeedAsync();
        State.BeforeWrite = async () =>
        {
            State.BeforeWrite = null;
            await Directory.AddMemberAsync(Finance, Bob, Token);
        };

        Assert.False((await Directory.AddMemberAsync(Finance, Alice, Token)).Failed);

        Assert.True(await Directory.IsMemberAsync(Finance, Alice, direct: true, Token));
        Assert.True(await Directory.IsMemberAsync(Finance, Bob, direct: true, Token));
    }

    [Fact]
    public async Task A_document_that_others_change_without_end_is_given_up_with_nothing_done()
    {
        await SeedAsync();
        var locked = (await State.FindAsync("account", "D1", Token))!.Json;
        State.BeforeWrite = () =>
        {
            State.Put("account", "D1", locked);
            return Task.CompletedTask;
        };

        Assert.Equal(ProblemCode.SystemUnavailable, (await Directory.UnlockAsync(Alice, Token)).Problem?.Code);
        Assert.Empty(State.Effects);
    }

    [Fact]
    public async Task A_reset_sets_the_password_lifts_the_lock_and_asks_for_a_change()
    {
        await SeedAsync();

        Assert.False((await Directory.ResetPasswordAsync(Alice, s_newPassword, mustChange: true, Token)).Failed);

        var alice = await ReadAsync(Alice);
        Assert.Equal((null, 0, Clock.GetUtcNow(), true), (alice.LockedSince, alice.BadAttempts, alice.PasswordLastSet, alice.MustChangePassword));
        Assert.Equal(PracticeOutcome.Wrong, await TryAsync("alice", FirstPassword));
        Assert.Equal(PracticeOutcome.MustChangePassword, await TryAsync("alice", s_newPassword.Reveal()));
    }

    [Fact]
    public async Task A_reset_that_is_replayed_with_the_same_password_happens_once()
    {
        await SeedAsync();
        await Directory.ResetPasswordAsync(Alice, s_newPassword, mustChange: true, Token);
        var first = (await ReadAsync(Alice)).PasswordLastSet;
        Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.False((await Directory.ResetPasswordAsync(Alice, s_newPassword, mustChange: true, Token)).Failed);

        Assert.Equal(["reset-password"], State.Effects.Select(e => e.Operation));
        Assert.Equal(first, (await ReadAsync(Alice)).PasswordLastSet);
    }

    [Fact]
    public async Task Stored_passwords_cannot_be_read_and_are_salted_one_by_one()
    {
        await SeedAsync();
        await Directory.ResetPasswordAsync(Alice, s_newPassword, mustChange: true, Token);
        await Directory.ResetPasswordAsync(Bob, s_newPassword, mustChange: true, Token);

        var stored = await State.AllAsync("account", Token);
        Assert.DoesNotContain(stored, d => d.Json.Contains(s_newPassword.Reveal(), StringComparison.Ordinal) || d.Json.Contains(FirstPassword, StringComparison.Ordinal));
        var hashes = stored.Where(d => d.Id is "D1" or "D2").Select(d => SandboxDocuments.Account.Read(d).PasswordHash);
        Assert.Equal(2, hashes.Distinct().Count());
    }

    [Theory]
    [InlineData("Short-pass1")]
    [InlineData("ALICE-has-a-secret-9")]
    public async Task A_password_against_the_policy_is_refused_and_nothing_happens(string password)
    {
        await SeedAsync();

        var result = await Directory.ResetPasswordAsync(Alice, new Secret<string>(password), mustChange: true, Token);

        Assert.Equal(ProblemCode.PolicyRefused, result.Problem?.Code);
        Assert.DoesNotContain(password, result.Problem!.ToString(), StringComparison.Ordinal);
        Assert.NotNull((await ReadAsync(Alice)).LockedSince);
        Assert.Empty(State.Effects);
    }

    [Fact]
    public async Task A_system_can_be_made_to_refuse_passwords_without_touching_the_other()
    {
        await SeedAsync();
        State.Put("system", "directory", """{"refuses":"policy"}""");

        Assert.Equal(ProblemCode.PolicyRefused, (await Directory.ResetPasswordAsync(Alice, s_newPassword, true, Token)).Problem?.Code);
        Assert.False((await Directory.UnlockAsync(Alice, Token)).Failed);
        Assert.False((await Cloud.ResetPasswordAsync(AliceInCloud, s_newPassword, true, Token)).Failed);
    }

    [Fact]
    public async Task A_system_under_maintenance_changes_nothing()
    {
        await SeedAsync();
        State.Put("system", "directory", """{"refuses":"unavailable"}""");

        var refusals = new[]
        {
            await Directory.ResetPasswordAsync(Alice, s_newPassword, true, Token),
            await Directory.UnlockAsync(Alice, Token),
            await Directory.RevokeSessionsAsync(Alice, Token),
            await Directory.AddMemberAsync(Finance, Alice, Token),
            await Directory.RemoveMemberAsync(Leads, Carl, Token),
        };

        Assert.All(refusals, result => Assert.Equal(ProblemCode.SystemUnavailable, result.Problem?.Code));
        Assert.Equal(PracticeOutcome.Unavailable, await TryAsync("bob", FirstPassword));
        Assert.Empty(State.Effects);
        State.Put("system", "directory", "{}");
        Assert.False((await Directory.UnlockAsync(Alice, Token)).Failed);
    }

    [Fact]
    public async Task Revoking_ends_the_sessions_and_says_since_when()
    {
        await SeedAsync();
        await Directory.RevokeSessionsAsync(Alice, Token);
        Assert.Equal((0, Clock.GetUtcNow()), ((await ReadAsync(Alice)).ActiveSessions, (await ReadAsync(Alice)).SessionsRevokedAt));
    }

    [Fact]
    public async Task What_is_not_there_is_named()
    {
        await SeedAsync();
        var nobody = new AccountId("directory", "D77");
        Assert.Equal(ProblemCode.NoSuchAccount, (await Directory.UnlockAsync(nobody, Token)).Problem?.Code);
        Assert.Equal(ProblemCode.NoSuchAccount, (await Directory.UnlockAsync(AliceInCloud, Token)).Problem?.Code);
        Assert.Equal(ProblemCode.NoSuchAccount, (await Directory.AddMemberAsync(Finance, nobody, Token)).Problem?.Code);
        Assert.Equal(ProblemCode.NoSuchGroup, (await Directory.AddMemberAsync(new GroupId("directory", "G77"), Alice, Token)).Problem?.Code);
        Assert.Equal(ProblemCode.NoSuchAccount, (await Cloud.ResetPasswordAsync(Alice, s_newPassword, true, Token)).Problem?.Code);
        Assert.Empty(State.Effects);
    }
}
