using ItOps.Bot.Requests;
using ItOps.Bot.Runbooks;
using ItOps.Bot.Runbooks.Library;
using ItOps.Bot.Tests.Runbooks.Setup;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Tests.Runbooks;

/// <summary>What began with a version keeps it, its steps and its scripts, whatever is published meanwhile.</summary>
public sealed class RunningRequestsTests
{
    [Fact]
    public async Task A_guide_that_began_with_the_first_version_keeps_its_steps_while_others_get_the_second()
    {
        await using var stage = await LibraryStage.StartAsync();
        var (alice, bob) = (stage.Bot.Person("alice"), stage.Bot.Person("bob"));
        await alice.Says("the garage gate is stuck");
        await alice.Sees("Push the green button.");

        await stage.PublishesAsync(LibraryStage.Gate, LibraryStage.GateText("Pull the red lever.", "Shout."));
        await bob.Says("the garage gate is stuck");
        await bob.Sees("Pull the red lever.");
        await alice.Taps("That didn't work");

        await alice.Sees("Call the guard.");
        Assert.Equal(1, (await alice.RequestsAsync())[0].RunbookVersion);
        Assert.Equal(2, (await bob.RequestsAsync())[0].RunbookVersion);
    }

    [Fact]
    public async Task It_keeps_them_across_a_restart_and_while_the_runbook_is_switched_off()
    {
        await using var stage = await LibraryStage.StartAsync();
        var alice = stage.Bot.Person("alice");
        await alice.Says("the garage gate is stuck");
        await stage.PublishesAsync(LibraryStage.Gate, LibraryStage.GateText("Pull the red lever.", "Shout."));
        await stage.Decisions.EnableAsync(await stage.PersonAsync("ruth"), LibraryStage.Gate, enabled: false, CancellationToken.None);

        await stage.Bot.RestartAsync();
        await alice.Taps("That didn't work");

        await alice.Sees("Call the guard.");
        Assert.Null(stage.Catalog.Find(LibraryStage.Gate));
        Assert.Equal(["Push the green button.", "Call the guard."], stage.Catalog.Find(LibraryStage.Gate, 1)!.Steps.OfType<GuideStep>().Select(s => s.Text));
    }

    [Fact]
    public async Task A_check_runs_the_script_of_the_version_that_was_agreed_to()
    {
        await using var stage = await LibraryStage.StartAsync();
        var (alice, bob) = (stage.Bot.Person("alice"), stage.Bot.Person("bob"));
        await alice.Says("the sliding door is slow");
        await alice.Sees("check the door");

        await stage.PublishesAsync(LibraryStage.Door, LibraryStage.DoorText, "# Reads: the door\necho finding door problem The new script looked.\n");
        await stage.Bot.RestartAsync();
        await alice.Taps("Yes");
        await bob.Says("the sliding door is slow");
        await bob.Taps("Yes");

        await alice.Sees("The old script looked.");
        await bob.Sees("The new script looked.");
    }

    [Fact]
    public async Task A_script_that_was_tampered_with_beside_the_store_is_put_back_before_it_runs()
    {
        await using var stage = await LibraryStage.StartAsync();
        var scripts = stage.Bot.Services.GetRequiredService<IRunbookScripts>();
        var file = scripts.Find("site/door_slow@1/scripts/check.sh").Value;
        Assert.DoesNotContain(LibraryStage.Door, file.File, StringComparison.Ordinal);
        File.Delete(file.File);
        await File.WriteAllTextAsync(file.File, "echo finding door problem Evil.\n", TestContext.Current.CancellationToken);

        var again = scripts.Find("site/door_slow@1/scripts/check.sh").Value;

        Assert.Equal((file.File, file.Hash), (again.File, again.Hash));
        Assert.Contains("The old script", await File.ReadAllTextAsync(again.File, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_script_behind_a_link_or_of_no_step_is_not_run()
    {
        await using var stage = await LibraryStage.StartAsync();
        var scripts = stage.Bot.Services.GetRequiredService<IRunbookScripts>();
        var file = scripts.Find("site/door_slow@1/scripts/check.sh").Value.File;
        var elsewhere = file + ".elsewhere";
        File.Copy(file, elsewhere);
        File.Delete(file);
        File.CreateSymbolicLink(file, elsewhere);

        Assert.All(
            [
                "site/door_slow@1/scripts/check.sh", "site/door_slow@1/scripts/other.sh", "site/gate_stuck@1/scripts/check.sh", "site/../site/door_slow@1/scripts/check.sh", "/etc/passwd", "", null,
                "site/door_slow@1/scripts/check.sh\n", "other/door_slow@1/scripts/check.sh", "site/door_slow@1/scripts/../scripts/check.sh",
            ],
            path => Assert.Equal(ProblemCode.InvalidArguments, scripts.Find(path).Problem?.Code));
    }

    [Fact]
    public async Task What_was_switched_off_is_not_found_and_is_found_again_when_it_is_on()
    {
        await using var stage = await LibraryStage.StartAsync();
        var (ruth, alice) = (await stage.PersonAsync("ruth"), stage.Bot.Person("alice"));

        await stage.Decisions.EnableAsync(ruth, LibraryStage.Gate, enabled: false, CancellationToken.None);
        await alice.Says("the garage gate is stuck");
        await alice.DoesNotSee("Push the green button.");
        Assert.Empty(await alice.RequestsAsync());

        await stage.Decisions.EnableAsync(ruth, LibraryStage.Gate, enabled: true, CancellationToken.None);
        await alice.Says("the garage gate is stuck");
        await alice.Sees("Push the green button.");
        Assert.Equal(["runbook.disabled", "runbook.enabled"], (await stage.Bot.AuditedAsync()).Where(a => a is "runbook.disabled" or "runbook.enabled").Order());
    }

    [Fact]
    public async Task Another_process_notices_and_finds_the_new_words()
    {
        await using var stage = await LibraryStage.StartAsync();
        await using (var other = await stage.AnotherAsync())
        {
            await stage.PublishesAsync(LibraryStage.Gate, LibraryStage.GateText("Push the green button.", "Call the guard.", utterance: "bollard sunk below the ramp"));
            Assert.Equal(1, other.Services.GetRequiredService<RunbookCatalog>().Find(LibraryStage.Gate)!.Version);

            await other.Services.GetRequiredService<LiveRunbooks>().RefreshAsync(TestContext.Current.CancellationToken);

            Assert.Equal(2, other.Services.GetRequiredService<RunbookCatalog>().Find(LibraryStage.Gate)!.Version);
            Assert.Equal(LibraryStage.Gate, (await other.Services.GetRequiredService<Knowledge.IRetriever>().RetrieveAsync("bollard sunk below the ramp", TestContext.Current.CancellationToken)).Ranked[0].RunbookId);
        }
    }
}
