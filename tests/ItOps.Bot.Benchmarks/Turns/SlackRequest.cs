using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ItOps.Bot.Benchmarks.Turns;

/// <summary>A slash command as Slack sends it, signed for the moment it is sent; the very same bytes go to every bot that is measured.</summary>
internal static class SlackRequest
{
    public const string SigningSecret = "benchmark-signing-secret";

    private const int Conversations = 5_000;

    private static readonly byte[] s_key = Encoding.UTF8.GetBytes(SigningSecret);

    // Out of scope on purpose: read, ranked against every runbook, answered, and no request is opened.
    private static readonly string[] s_questions =
    [
        "what is the best pizza in town", "who won the match last night", "can you write me a poem about autumn", "how tall is the eiffel tower",
        "please book a table for four on friday", "what will the weather be like tomorrow", "tell me a joke", "how many days of leave do i have left",
    ];

    private static readonly string[] s_people = ["U0ALICE", "U0BOB", "U0OMAR", "U0SAM", "U0RUTH", "U0EVE", "U0MONA"];

    /// <summary>The conversation of a message: many, and each comes back after a while.</summary>
    public static string Channel(int number) => string.Create(CultureInfo.InvariantCulture, $"C{number % Conversations:000000}");

    public static byte[] Make(int number)
    {
        var person = s_people[number % Conversations % s_people.Length];
        var text = Uri.EscapeDataString(s_questions[number % s_questions.Length]);
        var body = string.Create(CultureInfo.InvariantCulture, $"token=x&team_id=T0LAB&team_domain=lab&channel_id={Channel(number)}&channel_name=direct&user_id={person}&user_name=someone&command=%2Fitops&text={text}&api_app_id=A1&is_enterprise_install=false&response_url=http%3A%2F%2F127.0.0.1%2Fnowhere&trigger_id=1.2.{number}");
        var at = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return Encoding.UTF8.GetBytes(
            $"POST /slack/events HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\nX-Slack-Request-Timestamp: {at}\r\nX-Slack-Signature: {Sign(at, Encoding.UTF8.GetBytes(body))}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");
    }

    public static string Sign(string timestamp, byte[] body) =>
        "v0=" + Convert.ToHexStringLower(HMACSHA256.HashData(s_key, (byte[])[.. Encoding.UTF8.GetBytes($"v0:{timestamp}:"), .. body]));
}
