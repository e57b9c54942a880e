using ItOps.Bot.Approvals;
using ItOps.Bot.Runbooks;
using ItOps.Bot.Testing.Time;
using ItOps.Bot.Tickets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Executors.Tests.Tickets;

/// <summary>The adapter of a ticket system as the module makes it, before a fake of the system.</summary>
internal static class DeskStage
{
    public static FakeTimeProvider NewTime() => new(new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.Zero)) { ShortWait = TimeSpan.FromSeconds(60) };

    public static ServiceProvider Provide(IEnumerable<KeyValuePair<string, string>> settings, TimeProvider time)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Append(new("Executors:Sandbox:Enabled", "true")).Select(s => KeyValuePair.Create(s.Key, (string?)s.Value))).Build();
        return new ServiceCollection()
            .AddSingleton(time)
            .AddSingleton(new RunbookCatalog([], []))
            .AddSingleton(new ApprovalPolicy(1, []) { HandOffGroup = "it-approvers", SecurityGroup = "security" })
            .AddExecutors(new(configuration.GetSection("Executors"), Path.GetTempPath(), IsDevelopment: true, PeopleSource: "Sandbox"))
            .BuildServiceProvider();
    }

    public static TicketDraft Draft(string summary = "IT-7K2QD: Talk to a person", string description = "Their words: help") =>
        new("0193f5a0000070008000000000000001", "IT-7K2QD", summary, description);
}
