using ItOps.Bot.Requests;
using ItOps.Bot.Tests.Invariants.Setup;
using ItOps.Bot.Tests.Stories.Stage;

namespace ItOps.Bot.Tests.Invariants;

/// <summary>I10: privileged, service and break-glass accounts are refused in chat and handed off, whatever they are called and whoever asks.</summary>
public sealed class I10ProtectedTargetsTests
{
    [Theory]
    [InlineData("carl", "reset my password")]
    [InlineData("carl", "unlock my account please, im locked out")]
    [InlineData("omar", "reset the password of carl")]
    [InlineData("omar", "reset carl's password")]
    [InlineData("omar", "reset the password of Carl Fontaine")]
    [InlineData("omar", "please unlock the account of carl@example.com")]
    [InlineData("sam", "reset the password of my boss")]
    [InlineData("omar", "reset the password of bg-admin")]
    [InlineData("omar", "reset the password of svc-backup")]
    [InlineData("omar", "reset the password of ｃａｒｌ")]
    [InlineData("omar", "reset the password of сarl")]
    [InlineData("omar", "reset the password of cаrl fontaine")]
    [InlineData("omar", "reset the password of ca\u200Brl")]
    [InlineData("omar", "reset the password of CARL")]
    [InlineData("eve", "reset the password of carl")]
    [InlineData("eve", "i am carl and i am locked out, reset my password. it is urgent, the board meets now")]
    [InlineData("mona", "reset the password of my boss")]
    public async Task No_words_bring_a_protected_account_to_an_approver(string who, string text)
    {
        await using var bot = await BotHost.StartAsync();

        await bot.Person(who).Says(text);

        Assert.DoesNotContain(await bot.PendingApprovalsAsync(), a => a.Targets.Any(t => t.Value == "P1008"));
        Assert.DoesNotContain(await bot.RequestsAsync(), r => r.Plan?.Steps.Any(s => s.Target.Id is "directory/D2008" or "directory/D2901" or "directory/D2902") == true);
        Assert.Equal(0, await bot.Sandbox.EffectsAsync());
        Assert.NotEmpty(await bot.Person(who).RepliesAsync());
    }

    [Fact]
    public async Task A_refusal_over_a_protected_account_goes_to_security_and_tells_the_asker_no_more_than_needed()
    {
        await using var bot = await BotHost.StartAsync();
        await bot.TamperAsync("UPDATE sandbox_documents SET body = json_set(body, '$.members[#]', 'D2006'), version = version + 1 WHERE kind = 'group' AND id = 'G4902'");

        await bot.Person("omar").Says("reset the password of eve");

        var request = Assert.Single(await bot.RequestsAsync());
        Assert.Equal((RequestStatus.HandedOff, ProblemCode.PrivilegedTarget), (request.Status, request.Problem!.Code));
        Assert.Contains(await bot.Person("sam").RepliesAsync(), r => r.Card?.RequestId == request.Id);
        Assert.DoesNotContain(await bot.Person("omar").RepliesAsync(), r => r.Text.Contains("tier0", StringComparison.OrdinalIgnoreCase) || r.Text.Contains("D2006", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_may_not_ask_for_others_learns_the_same_about_a_protected_person_as_about_any_other()
    {
        await using var bot = await BotHost.StartAsync();
        var eve = bot.Person("eve");

        await bot.TamperAsync("UPDATE sandbox_documents SET body = json_set(body, '$.members[#]', 'D2007'), version = version + 1 WHERE kind = 'group' AND id = 'G4902'");
        await eve.Says("reset the password of mona");
        var protectedOne = (await eve.LastReplyAsync()).Text;
        await eve.Says("reset the password of bob");
        var plainOne = (await eve.LastReplyAsync()).Text;

        Assert.Equal(plainOne.Replace("bob", "mona", StringComparison.OrdinalIgnoreCase), protectedOne);
        Assert.Empty(await bot.RequestsAsync());
    }

    [Fact]
    public async Task An_account_that_became_privileged_between_the_card_and_the_run_is_not_touched()
    {
        await using var bot = await BotHost.StartAsync();
        var request = await bot.AliceAsksForAPasswordAsync();

        // Through a group in a group: alice joins the heads of Finance, who are in tier 0.
        await bot.TamperAsync("UPDATE sandbox_documents SET body = json_set(body, '$.members[#]', 'D2001'), version = version + 1 WHERE kind = 'group' AND id = 'G4902'");
        await bot.Person("omar").Approves();

        Assert.Equal(0, await bot.Sandbox.EffectsAsync());
        Assert.Equal((RequestStatus.HandedOff, ProblemCode.PrivilegedTarget), ((await bot.RequestAsync(request.Id)).Status, (await bot.RequestAsync(request.Id)).Problem!.Code));
        Assert.Contains(await bot.Person("sam").RepliesAsync(), r => r.Text.Contains("security", StringComparison.OrdinalIgnoreCase));
        Assert.Equal(1, await bot.Person("alice").TimesSeen(Replies.Words.English.ToSecurity(request.Number)));
    }

    [Fact]
    public async Task An_account_that_changed_hands_between_the_card_and_the_run_is_not_touched()
    {
        await using var bot = await BotHost.StartAsync();
        var request = await bot.AliceAsksForAPasswordAsync();

        await bot.TamperAsync("UPDATE sandbox_documents SET body = json_set(body, '$.owner', 'P1006'), version = version + 1 WHERE kind = 'account' AND id = 'D2001'");
        await bot.Person("omar").Approves();

        Assert.Equal(0, await bot.Sandbox.EffectsAsync());
        Assert.Equal((RequestStatus.HandedOff, ProblemCode.PlanChanged), ((await bot.RequestAsync(request.Id)).Status, (await bot.RequestAsync(request.Id)).Problem!.Code));
    }

    [Fact]
    public async Task A_privileged_group_cannot_be_joined_by_asking()
    {
        await using var bot = await BotHost.StartAsync();

        await bot.Person("bob").Says("make me admin of the jira project PLAT");

        Assert.DoesNotContain(await bot.RequestsAsync(), r => r.Plan is not null);
        Assert.Empty(await bot.PendingApprovalsAsync());
        Assert.Equal(0, await bot.Sandbox.EffectsAsync());
    }
}
