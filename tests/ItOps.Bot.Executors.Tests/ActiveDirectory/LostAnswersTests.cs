using System.DirectoryServices.Protocols;
using ItOps.Bot.Accounts;
using ItOps.Bot.Testing.ActiveDirectory;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Executors.Tests.ActiveDirectory;

/// <summary>I9 on the wire: each change, cut off at the first and at the last requests that it takes. What is told is true, and a second call leads to one effect in all.</summary>
public sealed class LostAnswersTests(SambaFixture samba) : SambaTest(samba)
{
    public enum Change { Unlock, Reset, Block, Add, Remove }

    public static TheoryData<Change> Changes => [.. Enum.GetValues<Change>()];

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task A_change_that_is_cut_off_happens_once_when_it_is_made_again(Change change)
    {
        await using var relay = new LdapRelay(Domain.Address, 636);
        using var connected = Samba.Connect(("Servers:0", $"127.0.0.1:{relay.Port}"));
        var directory = connected.GetRequiredService<AccountDirectories>().Find("active-directory")!;
        var needed = await CountRequestsAsync(directory, relay, change);
        foreach (var request in new SortedSet<int> { 1, needed - 2, needed - 1, needed })
        {
            await PrepareAsync(change);
            Assert.NotNull(await directory.ReadAsync(await IdAsync("grace"), Now));
            var before = await VersionAsync(change);

            // The last but one asks whether the connection lives; the last is the change.
            relay.SwallowAnswerTo(request);
            var outcome = await OutcomeAsync(() => ChangeAsync(directory, change));
            relay.Mend();

            Assert.Equal(request == needed ? "lost" : request == needed - 1 ? "SystemUnavailable" : "not asked", outcome);
            Assert.Equal(request == needed ? EffectOf(change) : 0, await VersionAsync(change) - before);
            Assert.Null((await ChangeAsync(directory, change)).Problem);
            Assert.Equal(EffectOf(change), await VersionAsync(change) - before);
        }

        if (change is Change.Reset or Change.Block)
            await PrepareAsync(change);
    }

    private async Task<int> CountRequestsAsync(IAccountDirectory directory, LdapRelay relay, Change change)
    {
        await PrepareAsync(change);
        Assert.NotNull(await directory.ReadAsync(await IdAsync("grace"), Now));
        var before = relay.Requests;
        Assert.Null((await ChangeAsync(directory, change)).Problem);
        return relay.Requests - before;
    }

    private static async Task<string> OutcomeAsync(Func<Task<Result<Done>>> change)
    {
        try
        {
            return (await change()).Problem?.Code.ToString() ?? "done";
        }
        catch (LdapException)
        {
            return "lost";
        }
        catch (IOException)
        {
            return "not asked";
        }
    }

    // Samba writes userAccountControl twice for one request.
    private static int EffectOf(Change change) => change == Change.Block ? 2 : 1;

    private async Task PrepareAsync(Change change)
    {
        const string Grace = "dn: CN=grace," + SambaDomain.Staff + "\nchangetype: modify\n";
        const string Group = "dn: CN=Finance-Team," + SambaDomain.Groups + "\nchangetype: modify\n";
        await (change switch
        {
            Change.Unlock => Domain.LockAsync("grace"),
            Change.Reset => Domain.SetPasswordAsync("grace", SambaDomain.PeoplePassword),
            Change.Block => Domain.ChangeAsync(Grace + "replace: userAccountControl\nuserAccountControl: 512\n"),
            Change.Add when await Domain.IsMemberAsync("Finance-Team", "grace") => Domain.ChangeAsync(Group + $"delete: member\nmember: CN=grace,{SambaDomain.Staff}\n"),
            Change.Remove when !await Domain.IsMemberAsync("Finance-Team", "grace") => Domain.ChangeAsync(Group + $"add: member\nmember: CN=grace,{SambaDomain.Staff}\n"),
            _ => Task.CompletedTask,
        });
    }

    private Task<int> VersionAsync(Change change) => change switch
    {
        Change.Unlock => Domain.VersionAsync("grace", "lockoutTime"),
        Change.Reset => Domain.VersionAsync("grace", "unicodePwd"),
        Change.Block => Domain.VersionAsync("grace", "userAccountControl"),
        _ => Domain.MembershipVersionAsync("Finance-Team", "grace"),
    };

    private async Task<Result<Done>> ChangeAsync(IAccountDirectory directory, Change change)
    {
        var (account, group) = (await IdAsync("grace"), await GroupAsync("Finance-Team"));
        return await (change switch
        {
            Change.Unlock => directory.UnlockAsync(account, Now),
            Change.Reset => directory.ResetPasswordAsync(account, new("Kestrel-7-orbits-quietly"), mustChange: true, Now),
            Change.Block => directory.BlockAsync(account, Now),
            Change.Add => directory.AddMemberAsync(group, account, Now),
            _ => directory.RemoveMemberAsync(group, account, Now),
        });
    }
}
