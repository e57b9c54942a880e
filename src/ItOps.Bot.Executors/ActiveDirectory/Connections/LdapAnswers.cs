using System.DirectoryServices.Protocols;
using System.Globalization;
using System.Text.RegularExpressions;

namespace ItOps.Bot.Executors.ActiveDirectory.Connections;

/// <summary>What a domain controller's answers mean, in exact words for approvers (MS-ADTS 3.1.1.3.1.9, winerror.h).</summary>
internal static partial class LdapAnswers
{
    private const int InvalidCredentials = 49;

    // What libldap reports when there was no answer (ldap.h; negative outside Windows).
    private static readonly HashSet<int> s_lost = [-1, -5, -11, 51, 52, 81, 85, 91];

    /// <summary>The connection is of no use any more, or never was; another one may do.</summary>
    public static bool IsLost(LdapException e) => s_lost.Contains(e.ErrorCode);

    public static bool IsBusy(DirectoryResponse? response) => response?.ResultCode is ResultCode.Busy or ResultCode.Unavailable;

    /// <summary>
    /// The refusal that an answer states. A modification is done as a whole or not at all (RFC 4511, 4.6), so that nothing has happened; none where the answer
    /// does not say what became of it.
    /// </summary>
    public static Problem? Refusal(DirectoryResponse response)
    {
        var said = $"{(int)response.ResultCode} {Name(response.ResultCode)}{Code(response.ErrorMessage)}";
        return (response.ResultCode, Win32(response.ErrorMessage)) switch
        {
            (ResultCode.TimeLimitExceeded or ResultCode.Other, _) => null,
            (_, 0x52D) => new(ProblemCode.PolicyRefused, $"The domain's password policy refuses the new password: length, complexity, history or minimum age ({said})."),
            (_, 0x1F) => new(ProblemCode.PolicyRefused, $"The domain controller sets passwords over encrypted connections only, and holds this one to be open ({said})."),
            (ResultCode.InsufficientAccessRights, _) => new(ProblemCode.PolicyRefused, $"The bot's service account lacks the right to do this to this object ({said}); see docs/connecting-active-directory.md."),
            (ResultCode.NoSuchObject, _) => new(ProblemCode.NoSuchAccount, $"The object is gone ({said})."),
            (ResultCode.Busy or ResultCode.Unavailable, _) => new(ProblemCode.SystemUnavailable, $"The domain controller takes no changes at the moment ({said})."),
            (ResultCode.Referral or ResultCode.ReferralV2, _) => new(ProblemCode.PolicyRefused, $"Another domain holds the object, and referrals are not followed ({said}); connect that domain instead."),
            (ResultCode.UnavailableCriticalExtension, _) => new(ProblemCode.PolicyRefused, $"The domain controller cannot obey the password history in a reset ({said}); set Executors:ActiveDirectory:PasswordHistory to false."),
            (ResultCode.UnwillingToPerform or ResultCode.ConstraintViolation, _) => new(ProblemCode.PolicyRefused, $"The domain does not allow this change ({said})."),
            _ => new(ProblemCode.PolicyRefused, $"The domain controller refused ({said})."),
        };
    }

    /// <summary>Why a sign-in was refused, as the number after "data", or 0 where there is none; null when it was not the sign-in that failed.</summary>
    public static int? SignInRefusal(LdapException e) =>
        DataPart().Match(e.ServerErrorMessage ?? "") is { Success: true } match ? int.Parse(match.Groups[1].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture)
        : e.ErrorCode == InvalidCredentials ? 0
        : null;

    /// <summary>What keeps the bot itself from connecting, and what mends it.</summary>
    public static string WhyNotOpened(LdapException e, ActiveDirectoryOptions options) => SignInRefusal(e) switch
    {
        SignInCode.WrongPassword or SignInCode.NoSuchUser => $"the service account {options.ServiceAccount} is not known by this password; correct Executors:ActiveDirectory:ServiceAccount or Password",
        SignInCode.Locked => $"the service account {options.ServiceAccount} is locked; unlock it, and correct Executors:ActiveDirectory:Password",
        SignInCode.Disabled => $"the service account {options.ServiceAccount} is disabled",
        SignInCode.AccountExpired => $"the service account {options.ServiceAccount} has expired",
        SignInCode.PasswordExpired or SignInCode.MustChange => $"the password of the service account {options.ServiceAccount} has expired or must be changed; set a new one and put it into Executors:ActiveDirectory:Password",
        { } other => string.Create(CultureInfo.InvariantCulture, $"the sign-in of {options.ServiceAccount} is refused (data {other:x})"),
        null when IsLost(e) => $"no encrypted connection: the server ends it, or its certificate is not issued for this name by an authority in {options.CaFile ?? "the machine's trust store"}, or has expired",
        null => string.Create(CultureInfo.InvariantCulture, $"{e.Message} ({e.ErrorCode})"),
    };

    private static int? Win32(string? message) =>
        CodePart().Match(message ?? "") is { Success: true } match ? int.Parse(match.Groups[1].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture) : null;

    private static string Code(string? message) => CodePart().Match(message ?? "") is { Success: true } match ? $", {match.Groups[1].Value}" : "";

    private static string Name(ResultCode code) => char.ToLowerInvariant(code.ToString()[0]) + code.ToString()[1..];

    [GeneratedRegex(@"^([0-9A-Fa-f]{8}):")]
    private static partial Regex CodePart();

    [GeneratedRegex(@"\bdata ([0-9a-fA-F]{1,8})\b")]
    private static partial Regex DataPart();
}

/// <summary>Why a sign-in is refused (winerror.h), as Active Directory adds it to result 49.</summary>
internal static class SignInCode
{
    public const int NoSuchUser = 0x525;
    public const int WrongPassword = 0x52E;
    public const int LogonHours = 0x530;
    public const int Workstation = 0x531;
    public const int PasswordExpired = 0x532;
    public const int Disabled = 0x533;
    public const int AccountExpired = 0x701;
    public const int MustChange = 0x773;
    public const int Locked = 0x775;
}
