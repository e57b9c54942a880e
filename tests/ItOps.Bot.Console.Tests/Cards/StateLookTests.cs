using ItOps.Bot.Console.Cards;
using ItOps.Bot.Console.Frame;
using ItOps.Bot.Console.Tests.Hosting;
using ItOps.Bot.Replies;
using ItOps.Bot.Requests;

namespace ItOps.Bot.Console.Tests.Cards;

public sealed class StateLookTests
{
    [Fact]
    public async Task Every_state_has_a_shape_that_can_be_drawn()
    {
        var looks = Enum.GetValues<CardState>().Select(StateLook.Of)
            .Concat(Enum.GetValues<RequestStatus>().Select(StateLook.Of))
            .Concat(Enum.GetValues<RiskLevel>().Select(StateLook.Of));
        foreach (var look in looks)
        {
            var html = await Rendered.AsHtmlAsync<Icon>(Rendered.Frame, ("Name", look.Icon));
            Assert.Matches("<(path|circle|g)", html);
        }
    }

    [Fact]
    public void No_two_endings_share_a_shape()
    {
        CardState[] endings = [CardState.Succeeded, CardState.Failed, CardState.Denied, CardState.Expired, CardState.Cancelled, CardState.Unknown, CardState.HandedOff];

        Assert.Equal(endings.Length, endings.Select(s => StateLook.Of(s).Icon).Distinct().Count());
    }
}
