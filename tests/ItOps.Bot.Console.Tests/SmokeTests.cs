using ItOps.Bot.Console.Tests.Hosting;

namespace ItOps.Bot.Console.Tests;

public sealed class SmokeTests
{
    [Fact]
    public async Task Alice_signs_in_and_sees_her_chat()
    {
        await using var host = await ConsoleHost.StartAsync();
        using var alice = await host.SignInAsync("alice");

        var page = await alice.OpenAsync("/chat");

        Assert.Contains("aria-label=\"Message\"", page);
    }
}
