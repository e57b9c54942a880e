using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ItOps.Bot.Benchmarks.Load;

/// <summary>A slash command as Slack sends it, signed for the moment it is sent; but for the path the very same bytes go to every bot that is measured.</summary>
internal static class SlackRequest
{
    public const string SigningSecret = "benchmark-signing-secret";

    private static readonly byte[] s_key = Encoding.UTF8.GetBytes(SigningSecret);

    public static byte[] Make(int number, string path)
    {
        var user = BenchmarkPeople.SlackUser(number);
        var text = Uri.EscapeDataString(Questions.Of(number));
        var body = string.Create(CultureInfo.InvariantCulture, $"token=x&team_id={BenchmarkPeople.Team}&team_domain=lab&channel_id={BenchmarkPeople.SlackConversation(user)}&channel_name=directmessage&user_id={user}&user_name=someone&command=%2Fitops&text={text}&api_app_id=A1&is_enterprise_install=false&response_url=http%3A%2F%2F127.0.0.1%2Fnowhere&trigger_id=1.2.{Guid.NewGuid():N}");
        var at = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return Encoding.UTF8.GetBytes(
            $"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\nX-Slack-Request-Timestamp: {at}\r\nX-Slack-Signature: {Sign(at, Encoding.UTF8.GetBytes(body))}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");
    }

    private static string Sign(string timestamp, byte[] body) =>
        "v0=" + Convert.ToHexStringLower(HMACSHA256.HashData(s_key, (byte[])[.. Encoding.UTF8.GetBytes($"v0:{timestamp}:"), .. body]));
}
