using System.Text.RegularExpressions;

namespace ItOps.Bot.Channels.Mail;

/// <summary>What mail servers take, and what people's lists of mails show.</summary>
internal static partial class MailLimits
{
    /// <summary>More than any list of mails shows.</summary>
    public const int Subject = 120;

    /// <summary>RFC 5321, 4.5.3.1.3, without the angle brackets.</summary>
    private const int Longest = 254;

    /// <summary>The plain form of an address only, with nothing in it that any mail server reads as more than one address or as a command.</summary>
    public static bool IsPlain(string address) => address.Length <= Longest && Plain().IsMatch(address);

    [GeneratedRegex(@"\A[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*\z")]
    private static partial Regex Plain();
}
