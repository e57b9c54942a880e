using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ItOps.Bot.Accounts;
using ItOps.Bot.Executors.Http;
using ItOps.Bot.Testing.Entra;
using static ItOps.Bot.Executors.Tests.Entra.EntraStage;

namespace ItOps.Bot.Executors.Tests.Entra;

/// <summary>Resetting, signing out, blocking, joining and leaving; and what a refusal, a busy platform and a lost answer mean.</summary>
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

    [Fact]
    public async Task A_busy_platform_is_waited_for_as_long_as_it_asks()
    {
        await using var stage = await StartAsync();
        var alice = stage.Tenant.AddUser("alice");
        var began = stage.Time.GetUtcNow();
        stage.Graph.Writes.Busy(TimeSpan.FromSeconds(7));
        stage.Graph.Writes.Away(TimeSpan.FromSeconds(3));
        stage.Graph.Writes.Busy();

        Assert.False((await stage.Directory.BlockAsync(Of(alice), Token)).Failed);

        Assert.Equal(TimeSpan.FromSeconds(7 + 3 + 4), stage.Time.GetUtcNow() - began);
        Assert.Single(stage.Tenant.Effects);
    }

    [Theory]
    [InlineData(1, 4)]
    [InlineData(600, 1)]
    public async Task A_platform_that_stays_busy_was_not_asked_in_the_end(int seconds, int calls)
    {
        await using var stage = await StartAsync();
        var alice = stage.Tenant.AddUser("alice");
        stage.Graph.Writes.Busy(TimeSpan.FromSeconds(seconds), times: 10);

        Assert.Equal(ProblemCode.SystemUnavailable, (await stage.Directory.BlockAsync(Of(alice), Token)).Problem!.Code);

        Assert.Equal(calls, stage.Graph.Requests.Count(r => r.StartsWith("PATCH", StringComparison.Ordinal)));
        Assert.Empty(stage.Tenant.Effects);
    }

    [Theory]
    [InlineData("502 after", 1)]
    [InlineData("500 before", 0)]
    [InlineData("cut after", 1)]
    [InlineData("cut before", 0)]
    public async Task Without_an_answer_nobody_claims_to_know(string how, int effects)
    {
        await using var stage = await StartAsync();
        var alice = stage.Tenant.AddUser("alice");
        var group = stage.Tenant.AddGroup("drive", alice.Id);
        Func<Task>[] changes =
        [
            () => stage.Directory.ResetPasswordAsync(Of(alice), new(Password), mustChange: true, Token),
            () => stage.Directory.RevokeSessionsAsync(Of(alice), Token),
            () => stage.Directory.RemoveMemberAsync(Of(group), Of(alice), Token),
            () => stage.Directory.AddMemberAsync(Of(stage.Tenant.AddGroup("other")), Of(alice), Token),
            () => stage.Directory.BlockAsync(Of(alice), Token),
        ];
        foreach (var change in changes)
        {
            var before = stage.Tenant.Effects.Count;
            switch (how)
            {
                case "502 after":
                    stage.Graph.Writes.FailAfterEffect();
                    break;
                case "500 before":
                    stage.Graph.Writes.Refuse(500, "Service_InternalServerError", "Encountered an internal server error.");
                    break;
                case "cut after":
                    stage.Graph.Writes.BreakOffAfterEffect();
                    break;
                default:
                    stage.Graph.Writes.BreakOffBeforeEffect();
                    break;
            }

            await Assert.ThrowsAnyAsync<Exception>(change);
            Assert.Equal(effects, stage.Tenant.Effects.Count - before);
        }

        Assert.Equal(5, stage.Graph.Requests.Count(r => !r.StartsWith("GET", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_token_that_is_not_taken_any_more_is_fetched_anew()
    {
        await using var stage = await StartAsync();
        var alice = stage.Tenant.AddUser("alice");
        await stage.Directory.ReadAsync(Of(alice), Token);
        stage.Graph.Tokens.RevokeAll();

        Assert.False((await stage.Directory.BlockAsync(Of(alice), Token)).Failed);
        Assert.Equal(2, stage.Graph.Tokens.Asked);
    }

    /// <summary>What the operator did not grant is refused, and the rest is done.</summary>
    [Fact]
    public async Task Without_the_permission_to_set_passwords_everything_else_is_done()
    {
        await using var stage = await StartAsync();
        var alice = stage.Tenant.AddUser("alice");
        stage.Graph.Tokens.Granted.Remove("User-PasswordProfile.ReadWrite.All");

        Assert.Equal(ProblemCode.PolicyRefused, (await stage.Directory.ResetPasswordAsync(Of(alice), new(Password), mustChange: true, Token)).Problem!.Code);
        Assert.False((await stage.Directory.RevokeSessionsAsync(Of(alice), Token)).Failed);
        Assert.Equal([new GraphEffect("revoke", alice.Id)], stage.Tenant.Effects);
    }

    [Fact]
    public async Task A_certificate_proves_the_app_as_well_as_a_secret()
    {
        using var key = RSA.Create(2048);
        using var certificate = new CertificateRequest("CN=itops", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), new(2027, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var folder = Directory.CreateTempSubdirectory("itops-entra-").FullName;
        var pem = Path.Combine(folder, "app.pem");
        await File.WriteAllTextAsync(pem, certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem(), Token);
        await using var stage = await StartAsync("ClientSecret=", $"CertificatePath={pem}");
        Directory.Delete(folder, recursive: true);
        var alice = stage.Tenant.AddUser("alice");

        Assert.False((await stage.Directory.BlockAsync(Of(alice), Token)).Failed);
    }

    [Fact]
    public async Task Without_a_token_nothing_is_sent_and_the_reason_is_named()
    {
        await using var stage = await StartAsync();
        var alice = stage.Tenant.AddUser("alice");
        stage.Graph.Tokens.Refuses = true;

        var thrown = await Assert.ThrowsAsync<NotSentException>(() => stage.Directory.ReadAsync(Of(alice), Token));

        Assert.Contains("AADSTS7000222", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("Executors:Entra:ClientSecret", stage.Check.Problem, StringComparison.Ordinal);
        Assert.DoesNotContain(FakeGraph.ClientSecret, thrown.ToString(), StringComparison.Ordinal);
        Assert.Empty(stage.Graph.Requests);
    }

    [Fact]
    public async Task A_platform_that_is_not_there_was_not_asked()
    {
        var stage = await StartAsync();
        var alice = stage.Tenant.AddUser("alice");
        await stage.Directory.ReadAsync(Of(alice), Token);
        await stage.Graph.DisposeAsync();

        await Assert.ThrowsAsync<NotSentException>(() => stage.Directory.BlockAsync(Of(alice), Token));
    }
}
