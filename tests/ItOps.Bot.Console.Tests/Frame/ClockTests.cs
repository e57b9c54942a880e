using ItOps.Bot.Console.Frame;
using ItOps.Bot.Console.Tests.Hosting;

namespace ItOps.Bot.Console.Tests.Frame;

public sealed class ClockTests
{
    private static readonly Clock Utc = Clock.For(Rendered.Now, zoneId: null);

    [Theory]
    [InlineData(0, "just now")]
    [InlineData(-44, "just now")]
    [InlineData(-45, "1 min ago")]
    [InlineData(-240, "4 min ago")]
    [InlineData(-3570, "1 h ago")]
    [InlineData(-84600, "1 day ago")]
    [InlineData(-259200, "3 days ago")]
    [InlineData(1500, "in 25 min")]
    [InlineData(14400, "in 4 h")]
    public void A_moment_reads_relative_to_now(int seconds, string expected) => Assert.Equal(expected, Utc.Relative(Rendered.Now.AddSeconds(seconds)));

    [Fact]
    public void Without_a_zone_times_are_utc_and_say_so() => Assert.Equal("4 March 2026, 10:42:00 UTC", Utc.Exact(Rendered.Now));

    [Fact]
    public void A_browsers_zone_moves_times_and_the_day() =>
        Assert.Equal("5 March 2026, 00:42:00", Clock.For(Rendered.Now, "Pacific/Kiritimati").Exact(Rendered.Now));

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("Nowhere/Land")]
    [InlineData("")]
    public void A_zone_that_does_not_exist_is_utc(string zone) => Assert.Equal(TimeZoneInfo.Utc, Clock.For(Rendered.Now, zone).Zone);

    [Fact]
    public void The_time_of_another_day_names_the_day() => Assert.Equal("3 Mar 10:42 UTC", Utc.TimeOfDay(Rendered.Now.AddDays(-1)));
}
