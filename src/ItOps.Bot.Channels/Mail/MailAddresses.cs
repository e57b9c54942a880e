using System.Text.RegularExpressions;

namespace ItOps.Bot.Channels.Mail;

/// <summary>Which addresses are written to: the plain form only, with nothing in it that any mail server reads as more than one address or as a command.</summary>
internal static partial class MailAddresses
{
    /// <summary>RFC 5321, 4.5.3.1.3, without the angle brackets.</summary>
    private const int Longest = 254;

    public static bool IsPlain(string address) => address.Length <= Longest && Plain().IsMatch(address);

    [GeneratedRegex(@"\A[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*\z")]
    private static partial Regex Plain();
}
