using ItOps.Bot.Accounts;
using ItOps.Bot.Testing.Entra;
using static ItOps.Bot.Executors.Tests.Entra.EntraStage;

namespace ItOps.Bot.Executors.Tests.Entra;

/// <summary>Resetting, signing out, blocking, joining and leaving; and what a refusal means.</summary>
public sealed class EntraChangesTests
{
    private const string Password = "Kx7m-W?4t-Hn9q-3cRv";

    [Fact]
    public async Task A_reset_sets_the_password_once_and_is_seen()
    {
        await using var stage = await StartAsync();
        var alice = stage.Tenant.AddUser("alice");
        var began = stage.Time.GetUtcNow();
        stage.Time.Advance(TimeSpan.FromSeconds(5));

        Assert.False((await stage.Directory.ResetPasswordAsync(Of(alice), new(Password), mustChange: true, Token)).Failed);

        Assert.Equal((Password, true), (stage.Tenant.User(alice.Id).Password, stage.Tenant.User(alice.Id).ForceChange));
        Assert.Equal([new GraphEffect("password", alice.Id)], stage.Tenant.Effects);
        var check = await stage.Directory.CheckPasswordAsync(Of(alice), new(Password), began, Token);
        Assert.Equal((PasswordState.InForce, true), (check.State, check.MustChange));
        Assert.DoesNotContain(stage.Graph.Requests, r => r.Contains(Password, StringComparison.Ordinal));
    }

    /// <summary>Seconds are all that Entra tells, and clocks differ: what may be either is neither.</summary>
    [Theory]
    [InlineData(0, 10, PasswordState.InForce)]
    [InlineData(0, 1, PasswordState.Untold)]
    [InlineData(0, 0, PasswordState.Untold)]
    [InlineData(0, -1, PasswordState.NotInForce)]
    [InlineData(0, -10, PasswordState.NotInForce)]
    [InlineData(90, 10, PasswordState.InForce)]
    [InlineData(90, -10, PasswordState.NotInForce)]
    [InlineData(-90, 10, PasswordState.InForce)]
    [InlineData(-90, 0, PasswordState.Untold)]
    [InlineData(-90, -10, PasswordState.NotInForce)]
    public async Task When_a_password_was_set_is_judged_by_the_clock_of_Entra(int ahead, int setAfterBeginning, PasswordState expected)
    {
        await using var stage = await StartAsync();
        stage.Tenant.Ahead = TimeSpan.FromSeconds(ahead);
        var began = stage.Time.GetUtcNow() + TimeSpan.FromMilliseconds(400);
        var alice = stage.Tenant.AddUser("alice", u => u with { LastPasswordChange = began.AddSeconds(ahead + setAfterBeginning), ForceChange = true });

        Assert.Equal(expected, (await stage.Directory.CheckPasswordAsync(Of(alice), new(Password), began, Token)).State);
    }

    [Fact]
    public async Task A_reading_that_lags_behind_is_looked_at_again()
    {
        await using var stage = await StartAsync();
        var alice = stage.Tenant.AddUser("alice");
        var began = stage.Time.GetUtcNow();
        stage.Time.Advance(TimeSpan.FromSeconds(5));
        stage.Tenant.LagReads = 3;

        await stage.Directory.ResetPasswordAsync(Of(alice), new(Password), mustChange: true, Token);

        Assert.Equal(PasswordState.InForce, (await stage.Directory.CheckPasswordAsync(Of(alice), new(Password), began, Token)).State);
    }

    [Fact]
    public async Task Signing_out_everywhere_shows_at_once_or_a_little_later()
    {
        await using var stage = await StartAsync();
        var alice = stage.Tenant.AddUser("alice");
        stage.Tenant.LagReads = 2;
        stage.Time.Advance(TimeSpan.FromMilliseconds(700));
        var began = stage.Time.GetUtcNow();

        Assert.False((await stage.Directory.RevokeSessionsAsync(Of(alice), Token)).Failed);

        Assert.True((await stage.Directory.ReadAsync(Of(alice), Token))!.SessionsRevokedAt >= began);
        Assert.Equal([new GraphEffect("revoke", alice.Id)], stage.Tenant.Effects);
    }

    [Fact]
    public async Task What_ended_the_sessions_within_the_same_second_may_have_been_something_else()
    {
        await using var stage = await StartAsync();
        var alice = stage.Tenant.AddUser("alice");
        await stage.Directory.ResetPasswordAsync(Of(alice), new(Password), mustChange: true, Token);
        stage.Time.Advance(TimeSpan.FromMilliseconds(300));
        var began = stage.Time.GetUtcNow();

        var same = (await stage.Directory.ReadAsync(Of(alice), Token))!;
        Assert.True(same.SessionsRevokedAt >= began);
        Assert.True(same.SessionsRevokedNotBefore < began);

        stage.Time.Advance(TimeSpan.FromSeconds(5));
        await stage.Directory.RevokeSessionsAsync(Of(alice), Token);
        Assert.True((await stage.Directory.ReadAsync(Of(alice), Token))!.SessionsRevokedNotBefore >= began);
    }

    [Fact]
    public async Task Blocking_twice_blocks_once()
    {
        await using var stage = await StartAsync();
        var alice = stage.Tenant.AddUser("alice");

        Assert.False((await stage.Directory.BlockAsync(Of(alice), Token)).Failed);
        Assert.False((await stage.Directory.BlockAsync(Of(alice), Token)).Failed);

        Assert.False((await stage.Directory.ReadAsync(Of(alice), Token))!.IsEnabled);
        Assert.Single(stage.Tenant.Effects);
    }

    [Fact]
    public async Task There_is_nothing_to_unlock()
    {
        await using var stage = await StartAsync();
        var alice = stage.Tenant.AddUser("alice");

        Assert.False(stage.Directory.Abilities.HasFlag(AccountAbilities.Unlock));
        Assert.Equal(ProblemCode.NotOffered, (await stage.Directory.UnlockAsync(Of(alice), Token)).Problem!.Code);
        Assert.Empty(stage.Graph.Requests);
    }

    [Fact]
    public async Task Joining_and_leaving_is_done_once_however_often_it_is_asked_for()
    {
        await using var stage = await StartAsync();
        var alice = stage.Tenant.AddUser("alice");
        var inner = stage.Tenant.AddGroup("inner");
        var outer = stage.Tenant.AddGroup("outer", inner.Id);

        Assert.False((await stage.Directory.AddMemberAsync(Of(inner), Of(alice), Token)).Failed);
        Assert.False((await stage.Directory.AddMemberAsync(Of(inner), Of(alice), Token)).Failed);
        Assert.True(await stage.Directory.IsMemberAsync(Of(inner), Of(alice), direct: true, Token));
        Assert.False(await stage.Directory.IsMemberAsync(Of(outer), Of(alice), direct: true, Token));
        Assert.True(await stage.Directory.IsMemberAsync(Of(outer), Of(alice), direct: false, Token));
        Assert.False((await stage.Directory.RemoveMemberAsync(Of(inner), Of(alice), Token)).Failed);
        Assert.False((await stage.Directory.RemoveMemberAsync(Of(inner), Of(alice), Token)).Failed);

        Assert.Equal([new("add", alice.Id, inner.Id), new GraphEffect("remove", alice.Id, inner.Id)], stage.Tenant.Effects);
    }

    /// <summary>Somebody else was faster between our look and our call.</summary>
    [Fact]
    public async Task Who_is_there_already_and_who_is_gone_already_is_done()
    {
        await using var stage = await StartAsync();
        var alice = stage.Tenant.AddUser("alice");
        var group = stage.Tenant.AddGroup("drive");
        stage.Graph.Writes.FailAfterEffect(503);
        await Assert.ThrowsAnyAsync<Exception>(() => stage.Directory.AddMemberAsync(Of(group), Of(alice), Token));
        Assert.Single(stage.Tenant.Effects);

        stage.Graph.Writes.Refuse(400, "Request_BadRequest", "One or more added object references already exist for the following modified properties: 'members'.");
        stage.Tenant.Put(group);
        Assert.False((await stage.Directory.AddMemberAsync(Of(group), Of(alice), Token)).Failed);

        stage.Tenant.Put(group with { Members = [alice.Id] });
        stage.Graph.Writes.FailAfterEffect(404);
        Assert.False((await stage.Directory.RemoveMemberAsync(Of(group), Of(alice), Token)).Failed);
    }

    [Theory]
    [InlineData(400, "Request_BadRequest", "The specified password does not comply with password complexity requirements. Please provide a different password.", ProblemCode.PolicyRefused)]
    [InlineData(403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.", ProblemCode.PolicyRefused)]
    [InlineData(404, "Request_ResourceNotFound", "Resource 'x' does not exist or one of its queried reference-property objects are not present.", ProblemCode.NoSuchAccount)]
    [InlineData(409, "Directory_ConcurrencyViolation", "A concurrency violation has occurred.", ProblemCode.SystemUnavailable)]
    public async Task A_refusal_is_told_in_the_words_of_Graph(int status, string code, string message, ProblemCode expected)
    {
        await using var stage = await StartAsync();
        var alice = stage.Tenant.AddUser("alice");
        stage.Graph.Writes.Refuse(status, code, message);

        var problem = (await stage.Directory.ResetPasswordAsync(Of(alice), new(Password), mustChange: true, Token)).Problem!;

        Assert.Equal(expected, problem.Code);
        Assert.Contains($"{code}: {message}", problem.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain(Password, problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_weak_password_is_refused_by_the_tenant_itself()
    {
        await using var stage = await StartAsync();
        var alice = stage.Tenant.AddUser("alice");

        Assert.Equal(ProblemCode.PolicyRefused, (await stage.Directory.ResetPasswordAsync(Of(alice), new("alice-Alice-1"), mustChange: true, Token)).Problem!.Code);
        Assert.Empty(stage.Tenant.Effects);
    }
}
