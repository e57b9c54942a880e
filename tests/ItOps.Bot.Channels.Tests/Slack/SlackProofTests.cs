using System.Text;
using ItOps.Bot.Channels.Slack;
using ItOps.Bot.Testing.Slack;
using ItOps.Bot.Testing.Time;

namespace ItOps.Bot.Channels.Tests.Slack;

public sealed class SlackProofTests
{
    private const string Secret = "8f742231b10e8888abcd99yyyzzz85a5";
    private const string Body = "token=x&team_id=T0LAB&text=im+locked+out";

    private readonly FakeTimeProvider _time = new();
    private readonly SlackProof _proof;

    public SlackProofTests() => _proof = new(Options(Secret), _time);

    [Fact]
    public void What_Slack_signed_is_believed() => Assert.Null(Refusal(Body));

    // The worked example of Slack's own documentation, "Verifying requests from Slack".
    [Fact]
    public void The_documented_example_is_believed()
    {
        var time = new FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(1531420618));
        const string Documented = "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";
        var proof = new SlackProof(Options("8f742231b10e8888abcd99yyyzzz85a5"), time);

        Assert.Null(proof.Refusal("1531420618", "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503", Encoding.UTF8.GetBytes(Documented)));
    }

    [Fact]
    public void Another_secret_body_or_time_breaks_the_signature()
    {
        var now = _time.GetUtcNow();
        var right = SlackSigner.Sign(Secret, now, Body);

        Assert.Equal("bad signature", _proof.Refusal(SlackSigner.Timestamp(now), SlackSigner.Sign("another secret", now, Body), Bytes(Body)));
        Assert.Equal("bad signature", _proof.Refusal(SlackSigner.Timestamp(now), right, Bytes(Body + "&text=more")));
        Assert.Equal("bad signature", _proof.Refusal(SlackSigner.Timestamp(now.AddSeconds(1)), right, Bytes(Body)));
        Assert.Equal("bad signature", _proof.Refusal(SlackSigner.Timestamp(now), right, []));
    }

    [Theory]
    [InlineData("v1=")]
    [InlineData("V0=")]
    [InlineData("")]
    public void Only_version_0_is_known(string version)
    {
        var now = _time.GetUtcNow();

        Assert.Equal("bad signature", _proof.Refusal(SlackSigner.Timestamp(now), version + SlackSigner.Sign(Secret, now, Body)[3..], Bytes(Body)));
    }

    [Theory]
    [InlineData("v0=")]
    [InlineData("v0=zz")]
    [InlineData("v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b5")]
    [InlineData("v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b50x")]
    [InlineData("v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b50300")]
    [InlineData("v0=ａ2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503")]
    public void What_is_no_hash_is_no_signature(string signature) =>
        Assert.Equal("bad signature", _proof.Refusal(SlackSigner.Timestamp(_time.GetUtcNow()), signature, Bytes(Body)));

    [Theory]
    [InlineData(null, "v0=00")]
    [InlineData("", "v0=00")]
    [InlineData("1531420618", null)]
    [InlineData("1531420618", "")]
    public void Without_both_headers_nothing_is_signed(string? timestamp, string? signature) =>
        Assert.Equal("no signature", _proof.Refusal(timestamp, signature, Bytes(Body)));

    [Theory]
    [InlineData("now")]
    [InlineData("-1531420618")]
    [InlineData("1531420618.5")]
    [InlineData(" 1531420618")]
    [InlineData("99999999999999999999999")]
    public void A_timestamp_is_a_plain_number(string timestamp) => Assert.Equal("bad timestamp", _proof.Refusal(timestamp, "v0=00", Bytes(Body)));

    [Theory]
    [InlineData(-301, "stale")]
    [InlineData(-300, null)]
    [InlineData(300, null)]
    [InlineData(301, "stale")]
    public void Five_minutes_to_either_side_are_near_enough(int seconds, string? refusal) =>
        Assert.Equal(refusal, Refusal(Body, _time.GetUtcNow().AddSeconds(seconds)));

    [Fact]
    public void The_largest_number_is_only_stale() =>
        Assert.Equal("stale", _proof.Refusal(long.MaxValue.ToString(System.Globalization.CultureInfo.InvariantCulture), "v0=00", Bytes(Body)));

    [Fact]
    public void The_same_signature_counts_once_as_long_as_it_is_valid()
    {
        var signedAt = _time.GetUtcNow().AddSeconds(300);
        Assert.Null(Refusal(Body, signedAt));
        Assert.Equal("replayed", Refusal(Body, signedAt));

        _time.Advance(TimeSpan.FromSeconds(599));
        Assert.Equal("replayed", Refusal(Body, signedAt));
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("stale", Refusal(Body, signedAt));
    }

    [Fact]
    public void The_same_signature_in_capital_letters_is_the_same()
    {
        var now = _time.GetUtcNow();
        Assert.Null(Refusal(Body));

        Assert.Equal("replayed", _proof.Refusal(SlackSigner.Timestamp(now), "v0=" + SlackSigner.Sign(Secret, now, Body)[3..].ToUpperInvariant(), Bytes(Body)));
    }

    [Fact]
    public void What_could_not_be_taken_in_may_come_again()
    {
        Assert.Null(Refusal(Body));
        _proof.Forget(SlackSigner.Sign(Secret, _time.GetUtcNow(), Body));

        Assert.Null(Refusal(Body));
    }

    [Fact]
    public void A_forged_signature_is_not_remembered_so_nobody_can_fill_the_memory()
    {
        var now = _time.GetUtcNow();
        for (var i = 0; i < 2; i++)
            Assert.Equal("bad signature", _proof.Refusal(SlackSigner.Timestamp(now), "v0=" + new string('a', 64), Bytes(Body)));
    }

    [Fact]
    public void Without_a_secret_there_is_no_proof() => Assert.Throws<InvalidOperationException>(() => new SlackProof(Options(""), _time));

    internal static SlackOptions Options(string secret) => new()
    {
        BotToken = new("xoxb-1"),
        SigningSecret = new(secret),
        Teams = [FakeSlack.Team],
        ApiBaseUrl = new("https://slack.com/api/"),
        PublicUrl = new("https://itops.example.com/"),
    };

    private string? Refusal(string body, DateTimeOffset? at = null)
    {
        var signedAt = at ?? _time.GetUtcNow();
        return _proof.Refusal(SlackSigner.Timestamp(signedAt), SlackSigner.Sign(Secret, signedAt, body), Bytes(body));
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
