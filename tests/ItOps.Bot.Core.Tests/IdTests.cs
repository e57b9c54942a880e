using ItOps.Bot.Testing.Time;

namespace ItOps.Bot.Core.Tests;

public sealed class IdTests
{
    [Fact]
    public void Ids_are_in_order_while_the_clock_stands_still_and_when_it_goes_back()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(50));
        var ids = Enumerable.Range(0, 10_000).Select(_ => Id.New(time)).ToList();
        ids.Add(Id.New(new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(51))));

        Assert.Equal(ids.Order(StringComparer.Ordinal), ids);
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.All(ids, id => Assert.True(Guid.ParseExact(id, "N").Version == 7 && id.Length == 32));
    }
}
