namespace ItOps.Bot;

/// <summary>
/// An expected failure, as a value. <see cref="Code"/> is stable (tests, metrics and the audit log use it);
/// the words that a person reads for it are in <c>Replies/Words</c>. <see cref="Detail"/> is exact and technical:
/// it is shown to approvers and in the log, never to the requester. It must not contain a secret.
/// </summary>
public sealed record Problem(ProblemCode Code, string Detail)
{
    public override string ToString() => $"{Code}: {Detail}";
}

/// <summary>The one catalogue of expected failures.</summary>
public enum ProblemCode
{
    // Identity
    UnknownPerson,
    AmbiguousPerson,
    NotAPlainName,
    WeakIdentity,
    IdentityNotProven,
    RecentlyChanged,

    // Who may ask for what
    NotYours,
    NotAllowed,
    PrivilegedTarget,
    ServiceAccount,
    TooManyRequests,
    TargetTooOften,
    TooSoonAfterAnother,

    // Targets
    NoSuchAccount,
    NoSuchGroup,
    NotOffered,
    AccountDisabled,

    // Plans and approvals
    UnknownOperation,
    InvalidArguments,
    PlanChanged,
    NoApprover,
    ApproverIsRequester,
    ApproverIsTarget,
    ApproverVouched,
    NotAnApprover,
    ApprovalClosed,
    ApprovalExpired,
    NotTyped,
    TooManyDecisions,

    // Running
    PolicyRefused,
    SystemUnavailable,
    VerificationFailed,
    ProgramFailed,
    OutcomeUnknown,
    Superseded,

    // Secrets
    SecretGone,
    SecretNotYours,
}
