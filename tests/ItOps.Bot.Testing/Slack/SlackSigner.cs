using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ItOps.Bot.Testing.Slack;

/// <summary>Signs as Slack does; shares no code with the bot's verification.</summary>
public static class SlackSigner
{
    public static string Sign(string secret, DateTimeOffset at, string body)
    {
        using var hmac = new HMACSHA256(Encoding.ASCII.GetBytes(secret));
        var hash = hmac.ComputeHash(Encoding.UTF8.GetBytes(string.Join(':', "v0", Timestamp(at), body)));
        return "v0=" + string.Concat(hash.Select(b => b.ToString("x2", CultureInfo.InvariantCulture)));
    }

    public static string Timestamp(DateTimeOffset at) => at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
}
