using System.DirectoryServices.Protocols;
using System.Text;
using ItOps.Bot.Accounts;
using ItOps.Bot.Executors.ActiveDirectory.Connections;
using ItOps.Bot.Executors.ActiveDirectory.Queries;
using ItOps.Bot.Secrets;

namespace ItOps.Bot.Executors.ActiveDirectory.Objects;

/// <summary>Sets a password, and finds out whether one is in force by signing in with it.</summary>
internal sealed class PasswordSetter(DomainConnections connections, AccountReader accounts, ActiveDirectoryOptions options)
{
    // LDAP_SERVER_POLICY_HINTS_OID (MS-ADTS 3.1.1.3.4.1.27): a sequence of the number 1.
    private const string PolicyHints = "1.2.840.113556.1.4.2239";
    private static readonly byte[] s_obeyHistory = [0x30, 0x03, 0x02, 0x01, 0x01];

    public async Task<Result<Done>> ResetAsync(string objectId, Secret<string> password, bool mustChange, CancellationToken cancellationToken)
    {
        if (await accounts.EntryAsync(objectId, cancellationToken) is not { } account)
            return new Problem(ProblemCode.NoSuchAccount, $"{objectId} is not in {ActiveDirectoryAccounts.Name} below {options.BaseDn}.");
        var name = AccountAttributes.NameOf(account);
        if (AccountAttributes.ResetRefusal(account) is { } refusal)
            return new Problem(ProblemCode.PolicyRefused, $"{name}: {refusal}.");
        if (await IsDoneAsync(account, password, mustChange, cancellationToken))
            return Done.Value;

        var change = new ModifyRequest(ObjectName.Of(objectId), [Replace("unicodePwd", Encoding.Unicode.GetBytes($"\"{password.Reveal()}\""))]);
        if (mustChange)
            change.Modifications.Add(Replace("pwdLastSet", "0"u8.ToArray()));
        if (AccountAttributes.IsLocked(account))
            change.Modifications.Add(Replace("lockoutTime", "0"u8.ToArray()));
        if (options.PasswordHistory)
            change.Controls.Add(new DirectoryControl(PolicyHints, s_obeyHistory, isCritical: true, serverSide: true));
        return await connections.ChangeAsync(change, cancellationToken);
    }

    public async Task<PasswordCheck> CheckAsync(string objectId, Secret<string> password, CancellationToken cancellationToken)
    {
        if (await accounts.EntryAsync(objectId, cancellationToken) is not { } account)
            return new(PasswordState.NotInForce, MustChange: false, "the account is not there any more");
        var mustChange = AccountAttributes.MustChangePassword(account);
        var (state, text) = await connections.SignInAsync(account.Name, password, cancellationToken) switch
        {
            null => (PasswordState.InForce, "a sign-in with the new password succeeds"),
            SignInCode.MustChange => (PasswordState.InForce, "a sign-in with the new password is accepted"),
            SignInCode.PasswordExpired => (PasswordState.InForce, "a sign-in with the new password is accepted, and the password has expired"),
            SignInCode.WrongPassword or SignInCode.NoSuchUser => (PasswordState.NotInForce, "a sign-in with the new password is refused as wrong"),
            SignInCode.Locked => (PasswordState.Untold, "the account is locked, so that no sign-in tells whether the new password is in force"),
            SignInCode.Disabled => (PasswordState.Untold, "the account is disabled, so that no sign-in tells whether the new password is in force"),
            SignInCode.AccountExpired => (PasswordState.Untold, "the account has expired, so that no sign-in tells whether the new password is in force"),
            SignInCode.LogonHours or SignInCode.Workstation => (PasswordState.Untold, "the account may not sign in here or now, so that no sign-in tells whether the new password is in force"),
            { } other => (PasswordState.Untold, $"the sign-in is refused for another reason (data {other:x}), so that it does not tell whether the new password is in force"),
        };
        return new(state, mustChange, text);
    }

    /// <summary>
    /// Whether an earlier attempt of the same reset has reached the domain. Only an account in the state that a reset leaves is asked: anywhere else the question
    /// would count as a wrong password.
    /// </summary>
    private async Task<bool> IsDoneAsync(Entry account, Secret<string> password, bool mustChange, CancellationToken cancellationToken) =>
        mustChange && AccountAttributes.MustChangePassword(account) && !AccountAttributes.IsLocked(account)
        && await connections.SignInAsync(account.Name, password, cancellationToken) == SignInCode.MustChange;

    private static DirectoryAttributeModification Replace(string attribute, byte[] value)
    {
        var modification = new DirectoryAttributeModification { Name = attribute, Operation = DirectoryAttributeOperation.Replace };
        modification.Add(value);
        return modification;
    }
}
