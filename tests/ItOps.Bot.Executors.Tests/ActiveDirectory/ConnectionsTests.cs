using System.DirectoryServices.Protocols;
using System.Text;
using ItOps.Bot.Accounts;
using ItOps.Bot.Testing.ActiveDirectory;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Executors.Tests.ActiveDirectory;

/// <summary>Whom the bot talks to, whom it does not, and what becomes of a connection that breaks.</summary>
public sealed class ConnectionsTests(SambaFixture samba) : SambaTest(samba)
{
    [Theory]
    [InlineData("Ldaps", 636)]
    [InlineData("StartTls", 389)]
    public async Task Both_ways_of_encryption_work_and_no_password_is_seen_on_the_wire(string encryption, int port)
    {
        await using var relay = new LdapRelay(Domain.Address, port);
        using var connected = Samba.Connect(("Encryption", encryption), ("Servers:0", $"127.0.0.1:{relay.Port}"));

        Assert.NotEmpty(await DirectoryOf(connected).FindByNameAsync("alice", Now));

        Assert.NotEmpty(relay.Sent);
        Assert.DoesNotContain(SambaDomain.BotPassword, Encoding.Latin1.GetString(relay.Sent), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Ldaps", 636)]
    [InlineData("StartTls", 389)]
    public async Task A_certificate_of_another_authority_is_refused_before_a_password_is_sent(string encryption, int port)
    {
        await using var relay = new LdapRelay(Domain.Address, port);
        using var connected = Samba.Connect(("Encryption", encryption), ("Servers:0", $"127.0.0.1:{relay.Port}"), ("CaFile", Domain.OtherCaFile));

        await Assert.ThrowsAnyAsync<IOException>(() => DirectoryOf(connected).FindByNameAsync("alice", Now));

        Assert.DoesNotContain(SambaDomain.BotPassword, Encoding.Latin1.GetString(relay.Sent), StringComparison.Ordinal);
        Assert.Contains("certificate", Assert.Single(connected.GetServices<ISelfCheck>()).Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Ldaps", 636)]
    [InlineData("StartTls", 389)]
    public async Task A_certificate_for_another_name_is_refused_before_a_password_is_sent(string encryption, int port)
    {
        await using var relay = new LdapRelay(Domain.Address, port);
        using var connected = Samba.Connect(("Encryption", encryption), ("Servers:0", $"localhost:{relay.Port}"));

        await Assert.ThrowsAnyAsync<IOException>(() => DirectoryOf(connected).FindByNameAsync("alice", Now));

        Assert.DoesNotContain(SambaDomain.BotPassword, Encoding.Latin1.GetString(relay.Sent), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_CA_file_the_machine_decides_and_does_not_know_this_authority()
    {
        using var connected = Samba.Connect(("CaFile", null));

        await Assert.ThrowsAnyAsync<IOException>(() => DirectoryOf(connected).FindByNameAsync("alice", Now));
    }

    [Fact]
    public async Task A_CA_file_that_holds_no_certificate_opens_nothing_and_is_named()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "not a certificate", Now);
        using var connected = Samba.Connect(("CaFile", file));

        var thrown = await Assert.ThrowsAnyAsync<IOException>(() => DirectoryOf(connected).FindByNameAsync("alice", Now));

        Assert.Contains(file, thrown.Message, StringComparison.Ordinal);
        Assert.Contains(file, Assert.Single(connected.GetServices<ISelfCheck>()).Problem, StringComparison.Ordinal);
        File.Delete(file);
    }

    [Fact]
    public async Task A_connection_that_was_cut_while_idle_is_opened_again_without_a_word()
    {
        await using var relay = new LdapRelay(Domain.Address, 636);
        using var connected = Samba.Connect(("Servers:0", $"127.0.0.1:{relay.Port}"));
        var id = await IdAsync("alice");
        Assert.NotNull(await DirectoryOf(connected).ReadAsync(id, Now));

        relay.Cut();
        Assert.NotNull(await DirectoryOf(connected).ReadAsync(id, Now));
        relay.Cut();
        Assert.Null((await DirectoryOf(connected).UnlockAsync(id, Now)).Problem);
    }

    [Fact]
    public async Task A_connection_is_used_again()
    {
        await using var relay = new LdapRelay(Domain.Address, 636);
        using var connected = Samba.Connect(("Servers:0", $"127.0.0.1:{relay.Port}"));
        var id = await IdAsync("alice");
        for (var i = 0; i < 5; i++)
            Assert.NotNull(await DirectoryOf(connected).ReadAsync(id, Now));

        // One to see whether the server is there, and one that is kept.
        Assert.Equal(2, relay.Accepted);
    }

    [Fact]
    public async Task Many_at_once_get_their_own_answers()
    {
        var ids = await Task.WhenAll(new[] { "alice", "bob", "omar", "sam", "grace" }.Select(IdAsync));

        var read = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => Directory.ReadAsync(ids[i % ids.Length], Now)));

        Assert.All(read.Select((account, i) => (account, i)), r => Assert.Equal(ids[r.i % ids.Length], r.account!.Id));
    }

    [Fact]
    public async Task The_next_domain_controller_is_asked_when_one_is_away_and_kept()
    {
        await using var first = new LdapRelay(Domain.Address, 636);
        await using var second = new LdapRelay(Domain.Address, 636);
        using var connected = Samba.Connect(("Servers:0", $"127.0.0.1:{first.Port}"), ("Servers:1", $"127.0.0.1:{second.Port}"));
        var id = await IdAsync("alice");
        Assert.NotNull(await DirectoryOf(connected).ReadAsync(id, Now));
        Assert.Equal(0, second.Accepted);

        first.GoDown();
        Assert.NotNull(await DirectoryOf(connected).ReadAsync(id, Now));
        first.Mend();
        var before = first.Accepted;
        Assert.NotNull(await DirectoryOf(connected).ReadAsync(id, Now));

        Assert.Equal(before, first.Accepted);
        Assert.NotEqual(0, second.Accepted);
    }

    [Fact]
    public async Task Where_no_domain_controller_answers_a_change_certainly_did_not_happen_and_readiness_says_so()
    {
        await using var relay = new LdapRelay(Domain.Address, 636);
        using var connected = Samba.Connect(("Servers:0", $"127.0.0.1:{relay.Port}"));
        var check = Assert.Single(connected.GetServices<ISelfCheck>());
        Assert.NotEmpty(await DirectoryOf(connected).FindByNameAsync("alice", Now));
        Assert.Null(check.Problem);

        relay.GoDown();
        await Assert.ThrowsAnyAsync<IOException>(() => DirectoryOf(connected).FindByNameAsync("alice", Now));
        Assert.Contains("No domain controller can be used", check.Problem, StringComparison.Ordinal);

        relay.Mend();
        Assert.NotEmpty(await DirectoryOf(connected).FindByNameAsync("alice", Now));
        Assert.Null(check.Problem);
    }

    [Fact]
    public async Task An_answer_that_is_lost_is_an_exception_since_the_change_may_have_happened()
    {
        await Domain.LockAsync("omar");
        var id = await IdAsync("omar");
        await using var relay = new LdapRelay(Domain.Address, 636);
        using var connected = Samba.Connect(("Servers:0", $"127.0.0.1:{relay.Port}"));
        Assert.True((await DirectoryOf(connected).ReadAsync(id, Now))!.IsLocked);

        // It reads the account, sees that the connection lives, and changes.
        relay.SwallowAnswerTo(request: 3);
        await Assert.ThrowsAsync<LdapException>(() => DirectoryOf(connected).UnlockAsync(id, Now));

        relay.Mend();
        Assert.False((await DirectoryOf(connected).ReadAsync(id, Now))!.IsLocked);
        Assert.Null((await DirectoryOf(connected).UnlockAsync(id, Now)).Problem);
        Assert.Equal("", await Domain.SignInAsync("omar", SambaDomain.PeoplePassword));
    }

    [Fact]
    public async Task A_wrong_password_of_the_bot_is_tried_once_and_then_waited_with()
    {
        await using var relay = new LdapRelay(Domain.Address, 636);
        using var connected = Samba.Connect(("Servers:0", $"127.0.0.1:{relay.Port}"), ("Password", "not-the-password"));

        for (var i = 0; i < SambaDomain.LockoutThreshold + 2; i++)
        {
            var thrown = await Assert.ThrowsAnyAsync<IOException>(() => DirectoryOf(connected).FindByNameAsync("alice", Now));
            Assert.Contains("Executors:ActiveDirectory:ServiceAccount or Password", thrown.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("not-the-password", thrown.ToString(), StringComparison.Ordinal);
        }

        Assert.Equal(2, relay.Accepted);
        Assert.Equal("", await Domain.SignInAsync("itops-bot", SambaDomain.BotPassword));
    }

    private static IAccountDirectory DirectoryOf(IServiceProvider connected) => connected.GetRequiredService<AccountDirectories>().Find("active-directory")!;
}
