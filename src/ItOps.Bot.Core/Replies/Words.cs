using System.Globalization;
using ItOps.Bot.Agents;
using ItOps.Bot.Assurance;
using ItOps.Bot.Plans;

namespace ItOps.Bot.Replies;

/// <summary>
/// Every sentence the bot says to a person, once. English is complete; another language overrides what it has. Towards employees: short, plain,
/// calm, one question at a time, no jargon and no error texts, always a human to turn to.
/// </summary>
public class Words
{
    public static readonly Words English = new();

    private static readonly Words German = new GermanWords();

    public virtual string Language => "en";

    /// <summary>A sentence in every language but English, by two-letter code, for where it is kept before the reader is known.</summary>
    public static IReadOnlyDictionary<string, string> InOthers(Func<Words, string> sentence) => new Dictionary<string, string> { [German.Language] = sentence(German) };

    public static Words For(string language) => language == "de" ? German : English;

    // Buttons
    public virtual string Yes => "Yes";
    public virtual string No => "No";
    public virtual string TalkToAHuman => "Talk to a person";
    public virtual string ThatWorked => "That worked";
    public virtual string ThatDidNotWork => "That didn't work";
    public virtual string CannotDoThat => "I can't do that";
    public virtual string TryAgain => "Try again";
    public virtual string Approve => "Approve";
    public virtual string Deny => "Deny";
    public virtual string Ask => "Ask";
    public virtual string Answer => "Answer";
    public virtual string TellThem => "Let them know";
    public virtual string AskTheirManager => "Ask their manager";
    public virtual string WhatCanYouDo => "What can you do?";
    public virtual string ItHappened => "It happened";
    public virtual string RunItAgain => "It didn't, do it again";

    // Small moves
    public virtual string Hello => "Hello! Tell me what's wrong in your own words, and I'll see what I can do.";
    public virtual string YoureWelcome => "You're welcome.";
    public virtual string DidNotCatchThat => "I didn't catch that. Could you put it another way?";
    public virtual string QuestionIsClosed => "That question is already closed. Just write what you need.";
    public virtual string NothingIsOpen => "I'm not waiting for an answer right now. What can I do for you?";
    public virtual string StartingOver => "All right, from the top. What's wrong?";
    public virtual string Dropped => "All right, I've dropped that.";
    public virtual string ThenWhat => "Then tell me a little more: what were you doing, and what did you see?";
    public virtual string LetsGetAHuman => "I can't make sense of this one, sorry. A person in IT can.";
    public virtual string GoAhead => "Go ahead, I'll pass on what you write.";
    public virtual string PassedOn => "Thanks, I've passed that on.";
    public virtual string GladItHelped => "Good to hear. I've closed this as resolved.";
    public virtual string TooLong(int limit) => $"That's more than I can read at once. Please keep it under {limit:N0} characters.";
    public virtual string SomethingBroke => "Sorry, something on my side went wrong with that. Nothing was changed. Please try again, or ask for a person.";

    public virtual string NotYourConversation => "This conversation belongs to somebody else. Please write to me in one of your own.";
    public virtual string CannotTellWhoYouAre => "I can't check who you are just now. Please try again in a few minutes.";
    public virtual string NotKnownHere => "I don't know you here, so I can't help with anything yet. Please ask your IT department to add you.";

    // Finding
    public virtual string WhichDoYouMean => "Which of these is it?";
    public virtual string WhatIsWrong => "Sorry about that. Which of these comes closest?";
    public virtual string NowTheOther(string text) => $"Now the other thing: \"{Cut(text, 120)}\".";

    /// <param name="left">What is too much for one message, and is not taken.</param>
    public virtual string OneAfterTheOther(IReadOnlyList<string> texts, IReadOnlyList<string> left) => left.Count == 0
        ? $"That's {Number(texts.Count)} things. I'll take them one at a time:\n{Numbered(texts)}"
        : $"That's {Number(texts.Count + left.Count)} things, and I take {Number(texts.Count)} from one message, one at a time:\n{Numbered(texts)}\nPlease send me these again afterwards:\n{Bullets(left.Select(t => Cut(t, 120)))}";

    public virtual string AboutPart(int number, string text) => $"{number}. \"{Cut(text, 120)}\":";
    public virtual string AsSaidBefore(string words, string person) => $"For \"{Cut(words, 60)}\" I take {person}, as you said.";
    public virtual string OrdinalOf(int number) => $"no. {number} of your list";
    public virtual string StillToCome(string text) => $"\"{Cut(text, 120)}\": still to come";
    public virtual string AskedForAll => "I've asked whoever has to agree; you don't need to do anything. I'll tell you here as each is done.";
    public virtual string WaitsForYourWord => "waits for your word whether to go on";
    public virtual string AllOfIt => "All of it";
    public virtual string Stranded(string number, string title, IReadOnlyList<string> first) =>
        $"{number} ({title}) was to come after {string.Join(" and ", first)}, and that was not done. Shall I go on with it all the same?";

    /// <param name="number">What goes on.</param>
    /// <param name="approved">Whether it is approved already.</param>
    /// <param name="first">Numbers of what it still waits for.</param>
    public virtual string GoesOn(string number, bool approved, IReadOnlyList<string> first) => (approved, first) switch
    {
        (true, []) => $"All right, I'm going on with {number}.",
        (false, []) => $"All right, I'll go on with {number} as soon as it is approved.",
        (true, _) => $"All right, I'll go on with {number} as soon as {string.Join(" and ", first)} is done.",
        _ => $"All right, I'll go on with {number} as soon as it is approved and {string.Join(" and ", first)} is done.",
    };

    public virtual string DidNotGoOn(string number) => $"You didn't say whether to go on with {number}, so it has closed. Nothing was changed.";

    public virtual string ReadWithout(string framework) =>
        $"({AgentName(framework)} that usually helps me understand messages isn't answering, so I'm going by plain keywords. I may ask you a bit more.)";

    protected virtual string AgentName(string framework) => framework == AgentFrameworks.BuiltIn ? "The model" : $"The {framework} agent";

    public virtual string WhatICanDo(IReadOnlyList<string> topics) =>
        "Write what's wrong in your own words. This is what I can do:\n" + Bullets(topics)
        + "\nYou can also write \"status\", \"cancel\", or \"talk to a person\" at any time.";

    public virtual string NotSomethingIDo => "I look after IT, and this is nothing I can do myself. If it is about IT, a person can help you.";

    // What reading an account found, for its owner
    public virtual string IsLocked(string account, DateTimeOffset? since, int attempts) => since is { } at
        ? $"Your account {account} has been locked since {Moment(at)}, after {(attempts == 1 ? "1 wrong password" : $"{attempts} wrong passwords")}."
        : $"Your account {account} is locked.";

    public virtual string IsBlocked(string account, bool blocked) =>
        blocked ? $"Nobody can sign in as {account} now." : $"Sign-in as {account} is allowed.";

    public virtual string IsNotLocked(string account) => $"Your account {account} is not locked.";

    public virtual string PasswordLastSet(string account, DateTimeOffset? at) => at is { } set
        ? $"Your password for {account} was last changed on {Moment(set)}."
        : $"I can't tell when your password for {account} was last changed.";

    public virtual string HasAccess(string account, string what, bool throughAnotherGroup) => throughAnotherGroup
        ? $"Your account {account} has access to {what} already, through another group."
        : $"Your account {account} has access to {what} already.";

    public virtual string HasNoAccess(string account, string what) => $"Your account {account} has no access to {what}.";

    public virtual string IsSignedIn(string account, int? times) => times switch
    {
        null => $"I can't tell where your account {account} is signed in.",
        0 => $"Your account {account} is not signed in anywhere.",
        { } count => $"Your account {account} is signed in {(count == 1 ? "once" : $"{count} times")}.",
    };

    private protected virtual string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("d MMMM, HH:mm 'UTC'", CultureInfo.InvariantCulture);

    public virtual string NothingToDo(string plainState) => plainState.Length == 0
        ? "There is nothing to change there."
        : $"{plainState} What do you see when you try?";

    // Refusals: the same calm words for everybody, and nothing about the target.
    public virtual string Refusal(ProblemCode code, string? about) => code switch
    {
        ProblemCode.UnknownPerson => $"I don't know anybody called \"{Cut(about ?? "that", 60)}\". Who is it? Their full name or sign-in name is best.",
        ProblemCode.AmbiguousPerson => "More than one person could be meant. Could you give me the full name or the e-mail address?",
        ProblemCode.NotAPlainName => "I can't read that name. Please type it in plain letters.",
        ProblemCode.NotYours => "I can only do that for the person themselves. Shall I let them know how to ask me, or ask their manager?",
        ProblemCode.NotAllowed => "That's not something I may do for you. A person in IT can tell you more.",
        ProblemCode.PrivilegedTarget or ProblemCode.ServiceAccount => "That's not something I do in chat. The security team takes care of it and knows that you asked.",
        ProblemCode.IdentityNotProven => "I can't do this from here. A person in IT can help you.",
        ProblemCode.TargetTooOften or ProblemCode.TooSoonAfterAnother => "I can't do this right now. A person in IT can help you.",
        ProblemCode.TooManyRequests => "That's a lot of requests in a short time. Please wait a while, or talk to a person.",
        ProblemCode.NoSuchAccount => "I couldn't find an account for that.",
        ProblemCode.NoSuchGroup => "I couldn't find what you want access to. Could you check the name?",
        ProblemCode.NotOffered => "None of your accounts that I can see lets me do that. A person in IT can look at it.",
        ProblemCode.AccountDisabled => "That account has been switched off, so this needs a person in IT.",
        ProblemCode.NoApprover => "There's nobody who could agree to this right now, so it needs a person in IT.",
        ProblemCode.SystemUnavailable => "I can't reach the system right now. Nothing was changed. Please try again in a few minutes.",
        _ => "I can't do that from here. A person in IT can.",
    };

    // Guides and checks
    public virtual string GuideStep(string text, string? expect) => expect is null ? text : $"{text}\n{ShouldHappen}: {expect}";

    /// <summary>Before what a step should lead to, so that it is not read as one more thing to do.</summary>
    public virtual string ShouldHappen => "What should happen";

    public virtual string PasteStep(string text, string? command) => command is null ? text : $"{text}\n{command}";

    public virtual string HowDidTheStepGo => "I can't make anything of that yet. How did the last step go?";

    /// <param name="lines">What was recognised in a pasted text; empty when nothing was.</param>
    public virtual string ReadInPaste(IReadOnlyList<string> lines) =>
        lines.Count == 0 ? "Thanks. Nothing in there points to a cause, so let's go on." : $"Thanks. I see: {string.Join(" ", lines)}";

    public virtual string MayICheck(string what) => $"May I {Small(what)}? That only reads and changes nothing.";

    public virtual string Checking => "Having a look now.";

    public virtual string WhatIFound(IReadOnlyList<string> findings) =>
        findings.Count == 0 ? "I had a look and everything seems fine there." : "This is what I found:\n" + Bullets(findings);

    public virtual string CheckDidNotRun => "That look didn't work from here, so let's go on without it.";

    // Requests
    public virtual string It => "IT";

    public virtual string AskedApprovers(string state, string who, string number) =>
        $"{Before(state)}I've asked {who} to agree; you don't need to do anything. I'll tell you here as soon as it's done. Your request is {number}.";

    public virtual string ProveItIsYou => "Before I pass this on I need to be sure that it's really you. How would you like to show it?";
    public virtual string ProofWay(Proof proof, string name) => proof switch
    {
        Proof.Code => $"Send me a code by {Named(name)}",
        Proof.Manager => $"Ask {name} to vouch for me",
        _ => "Show myself to IT",
    };

    /// <summary>The code stands behind it.</summary>
    public virtual string YourCode(string channel, TimeSpan validFor) =>
        $"A code for your wish to the IT bot in {channel}.\nIf that wasn't you, tell IT now. Never give it to a person: IT doesn't ask for it. It holds for {validFor.TotalMinutes:0} minutes.\nYour code:";

    public virtual string CodeIsOnItsWay(string channel) => $"I've sent you a code by {channel}. Please write it here.";
    public virtual string CodeDoesNotFit => "That doesn't fit. Please try once more.";
    public virtual string AskedToVouch(string who, string number) => $"I've asked {who} to vouch for you. Then IT decides. The request is {number}.";
    public virtual string AskedToCheckInPerson(string number) => $"Please go to IT, or have them call you on the number they have for you. Once they know it's you, IT decides. The request is {number}.";
    public virtual string AskedToAttest(string who, string number) => $"I've asked {who} to confirm that this is wanted. Then IT decides. The request is {number}.";

    public virtual string Attested(string number) => $"{number} was confirmed. Now IT decides.";

    public virtual string StillWaiting(string number) => $"{number} is taking longer than it should, so I've asked a second team too.";

    public virtual string AskedAgain(string number) => $"Something changed since {number} was approved, so I've asked again. You don't need to do anything.";

    public virtual string DoneAndVerified(string title) => $"{title}: done, and checked.";

    public virtual string DoneNotVerified(string title) => $"{title}: done. I can't see from here whether it had its effect.";

    public virtual string DidThatHelp(string done) => $"{done} Did that help?";

    public virtual string Denied(string by, string? note) => note is null
        ? $"{by} decided against this one. If you still need it, talk to a person."
        : $"{by} decided against this one: \"{Cut(note, 300)}\". If you still need it, talk to a person.";

    public virtual string Expired(string number) => $"Nobody got to {number} in time, so it has closed. Nothing was changed. Just write to me again if you still need it, or talk to a person.";

    public virtual string Failed(ProblemCode? why) => why switch
    {
        ProblemCode.PolicyRefused => "The system didn't allow that, so nothing was changed. A person in IT has it now, with everything they need.",
        ProblemCode.SystemUnavailable => "I couldn't reach the system, so this isn't done. A person in IT has it now, with everything they need.",
        _ => "That didn't work. A person in IT has it now, with everything they need.",
    };

    public virtual string OutcomeUnknown => "I was interrupted and can't tell whether that happened. I've asked IT to look; please don't try again yet.";

    public virtual string ToSecurity(string number) => $"{number} needs the security team now; it was not run. They know about it.";

    public virtual string Questioned(string by, string question) => $"{by} asks: \"{Cut(question, 500)}\" Just write your answer here.";

    public virtual string QuestionedMeanwhile(string by, string question, string number) => $"{by} asks about {number}: \"{Cut(question, 500)}\"";

    public virtual string SecretDelivered => "Here is your link. It shows the new password once, to you alone, for 15 minutes.";

    public virtual string SecretDeliveredFor(string target, string requester) =>
        $"Your password for {target} was reset; {requester} asked for it on your behalf. {SecretDelivered}";

    public virtual string OpenSecret => "Open one-time link";

    public virtual string PasswordFor(string target) => $"Temporary password for {target}";

    public virtual string HandedOff(string number, bool tried) => tried
        ? $"A person in IT has this now as {number}, with everything we tried. They'll get back to you."
        : $"A person in IT has this now as {number}. They'll get back to you.";

    public virtual string Cancelled(string number) => $"{number} is cancelled. Nothing was changed.";

    public virtual string TooLateToCancel(string number) => $"{number} is already running or done, so I can't cancel it.";

    public virtual string NothingToCancel => "There's nothing open that I could cancel.";

    public virtual string WhichToCancel => "Which one shall I cancel?";

    public virtual string NoRequests => "You have no open requests.";

    public virtual string YourRequests(IReadOnlyList<string> lines) => "This is where things stand:\n" + Bullets(lines);

    public virtual string StatusLine(string number, string title, string state) => $"{number}, {title}: {state}";

    public virtual string WaitingFor(string who) => $"waiting for {who}";

    public virtual string WhichToUndo => "Which one shall I take back?";
    public virtual string CannotUndo => "I don't see anything of yours that I could take back.";

    // What a state is called, for everybody
    public virtual string State(Requests.RequestStatus status) => status switch
    {
        Requests.RequestStatus.Draft => "In conversation",
        Requests.RequestStatus.AwaitingApproval => "Waiting for approval",
        Requests.RequestStatus.Approved => "Approved",
        Requests.RequestStatus.Running => "Running",
        Requests.RequestStatus.Verifying => "Checking the result",
        Requests.RequestStatus.Succeeded => "Done and verified",
        Requests.RequestStatus.Failed => "Failed",
        Requests.RequestStatus.Unknown => "Outcome unknown",
        Requests.RequestStatus.Denied => "Denied",
        Requests.RequestStatus.Expired => "Expired",
        Requests.RequestStatus.Cancelled => "Cancelled",
        Requests.RequestStatus.Prepared => "Kept ready",
        _ => "With a person",
    };

    /// <summary>Where a value of a plan comes from, for whoever decides.</summary>
    public virtual string Origin(ParameterValue value) => value switch
    {
        { Evidence: { } words, ReadBy: { } agent } => $"from the words \"{Cut(words, 60)}\", as {(agent == AgentFrameworks.BuiltIn ? "the model" : agent)} read them",
        { Evidence: { } words } => $"from the words \"{Cut(words, 60)}\"",
        { Provenance: Provenance.Default } => "from their own sign-in",
        { Provenance: Provenance.Directory } => "from the directory",
        { Provenance: Provenance.Context } => "from what they asked before",
        { Provenance: Provenance.Chosen } => "picked from a list",
        _ => "in their own words",
    };

    /// <summary>How somebody proved who they are.</summary>
    public virtual string Assurance(AssuranceMethod method, string channel) => method switch
    {
        AssuranceMethod.PracticePicker => "picked in the practice sign-in",
        AssuranceMethod.Terminal => "at the bot's own terminal",
        AssuranceMethod.ChatPlatform => $"signed in to {Named(channel)}",
        AssuranceMethod.SingleSignOn => "signed in with their work account",
        AssuranceMethod.EmailMatch => $"signed in to {Named(channel)}, known only by their e-mail address (weaker)",
        AssuranceMethod.MailedLink => "by a link mailed to them",
        AssuranceMethod.RecentlyBound => $"signed in to {Named(channel)}, with an account that was theirs only a short while (weaker)",
        _ => "",
    };

    public virtual string EvidenceLabel(AssuranceMethod method) => method switch
    {
        AssuranceMethod.Code => "Code",
        AssuranceMethod.InPerson => "Seen by",
        AssuranceMethod.Manager => "Vouched for by",
        _ => "Confirmed by",
    };

    public virtual string Evidence(AssuranceEvidence evidence) => evidence.Method switch
    {
        AssuranceMethod.Code => $"sent by {Named(evidence.Through ?? "")} and read back",
        AssuranceMethod.Manager => $"{evidence.ByName}, the manager",
        AssuranceMethod.Owner => $"{evidence.ByName}, whose account it is",
        _ => evidence.ByName ?? "",
    };

    // Towards approvers: exact
    public virtual string PleaseDecide(string requester) => $"{requester} asks for your approval.";
    public virtual string YesMeans(Proof? proof) => proof switch
    {
        Proof.InPerson => "says that you saw them, or called them on the number in the directory; somebody else decides about the change",
        Proof.Manager => "says that you spoke to them and it is really them; IT decides about the change",
        _ => "says that this is wanted; IT decides about the change",
    };

    public virtual string PleaseVouch(string requester) => $"{requester} asks for this and names you to vouch for them. Please talk to them first, in person or by phone, and approve only if it is really them; IT decides after you.";
    public virtual string PleaseCheckInPerson(string requester) => $"{requester} asks for this and has to be seen. Approve only if you saw them, or called them on the number in the directory, and know that it is them. Somebody else in IT decides after you.";
    public virtual string PleaseAttest(string requester) => $"{requester} asks for this on somebody's behalf. Please approve only if you know that it is wanted; IT decides after you.";

    public virtual string AskedForYou(string asker, string title) =>
        $"{asker} asked me for this on your behalf: \"{title}\". I only do that for you yourself. If you want it, just write to me here.";

    public virtual string AskedForYourReport(string asker, string title, string person) =>
        $"{asker} asked me for this on behalf of {person}: \"{title}\". I only do that for {person}. Please see whether it is needed; they can write to me here, or you can talk to a person in IT.";

    public virtual string PleaseDecideAgain(string requester) => $"Something changed since {requester}'s request was approved. Please look again.";
    public virtual string WhatHappened => "The bot was interrupted in the middle of this step and cannot tell whether it happened. Please look at the system and say.";
    public virtual string Reminder(string title) => $"Still waiting for a decision: {title}.";
    public virtual string NeedsAHuman(string requester) => $"{requester} needs a person.";
    public virtual string NeedsSecurity(string requester, ProblemCode why) => why is ProblemCode.PrivilegedTarget or ProblemCode.ServiceAccount
        ? $"For security: {requester} asked for something that touches a protected account."
        : $"For security: {requester}'s request was stopped, because what was to run is not what was approved.";

    public virtual string NotTyped(string name) => $"That is not approved yet. To approve it, type {name} together with your approval.";

    public virtual string ApproverDecidesTooMuch(string name, int limit) =>
        $"For security: {name} reached the limit of {limit} decisions in an hour, and more are refused for now. Please make sure with them, in person, that it is them.";

    public virtual string ApproversContactChanged(string name, IReadOnlyList<string> routes, DateTimeOffset until) =>
        $"For security: {name}, who decides about requests, is now reached in another way: {string.Join(", ", routes)}. Nothing is decided through it before {Moment(until)}. Please make sure with them, in person, that it is theirs.";

    public virtual string Decision(DecisionOutcome outcome, string? who) => outcome switch
    {
        DecisionOutcome.Approved => "Approved. It is being done now.",
        DecisionOutcome.CountedOneOfMany => "Your approval is counted; more are needed.",
        DecisionOutcome.Confirmed => "Thank you, confirmed.",
        DecisionOutcome.Denied => "Denied. The requester has been told.",
        DecisionOutcome.Asked => "Your question is on its way; the answer will appear on the card.",
        DecisionOutcome.AlreadyByYou => "You have decided this already.",
        DecisionOutcome.AlreadyBy => $"{who} was faster: this is decided.",
        DecisionOutcome.Closed => "This is closed and can no longer be decided.",
        _ => "This has expired and can no longer be decided.",
    };

    public virtual string DecisionRefused(ProblemCode code) => code switch
    {
        ProblemCode.ApproverIsRequester => "You asked for this yourself, so somebody else has to decide.",
        ProblemCode.ApproverIsTarget => "This is about your own account, so somebody else has to decide.",
        ProblemCode.ApproverVouched => "You vouched for them, so somebody else has to decide.",
        ProblemCode.IdentityNotProven => "It is not yet known well enough who asks, so nobody can approve this.",
        ProblemCode.WeakIdentity => "I only know you by your e-mail address, which is not enough to decide. Please ask your IT department to add your account.",
        ProblemCode.TooManyDecisions => "That's a lot of decisions in a short time. Please let a colleague decide, or come back to this in an hour.",
        ProblemCode.RecentlyChanged => "You can't decide this from here just now. Please let a colleague decide, or talk to your security team.",
        ProblemCode.PlanChanged => "The plan is no longer what was shown here. It was not run, and security has been told.",
        _ => "You can't decide this one.",
    };

    // Several things that one message asked for
    public virtual string ApproveAll(int count) => $"Approve all {count}";
    public virtual string DenyAll(int count) => $"Deny all {count}";
    public virtual string RequestsOf(string requester, int count) => $"{count} requests of {requester}";
    public virtual string YourRequestsOf(int count) => $"Your {count} requests";
    public virtual string OpenOf(int open, int count) => open == count ? $"{count} to decide" : $"{open} of {count} to decide";

    /// <summary>"Done and verified: 2, denied: 1".</summary>
    public virtual string InAll(IReadOnlyList<string> states) =>
        states.Distinct().ToList() is [var same] ? same : string.Join(", ", states.GroupBy(s => s).Select((g, i) => $"{(i == 0 ? g.Key : Small(g.Key))}: {g.Count()}"));

    public virtual string PartLabel => "Part";
    public virtual string PartOf(int number, int count) => $"{number} of {count}";
    public virtual string AfterLabel => "Only after";
    public virtual string ApprovedAndWaits(string numbers) => $"Approved; waits for {numbers}";

    /// <param name="settled">Those that this press decided.</param>
    /// <param name="counted">Those where it counts, and others are still needed.</param>
    /// <param name="approved">Whether the press was a yes.</param>
    public virtual string DecidedAll(int settled, int counted, bool approved) => (settled, counted, approved) switch
    {
        (0, 1, _) => "Your approval is counted; more are needed.",
        (0, _, _) => $"Your approval is counted for {counted}; more are needed.",
        (_, > 0, _) => $"{DecidedAll(settled, 0, approved)}\n{DecidedAll(0, counted, approved)}",
        (1, _, true) => "Approved. It is being done now.",
        (1, _, false) => "Denied. The requester has been told.",
        (_, _, true) => $"Approved: {settled}. They are being done now, in their order.",
        _ => $"Denied: {settled}. The requester has been told.",
    };

    public virtual string LeftOut(string number, string why) => $"Not {number}: {why}";
    public virtual string WasNotShown => "it was not on your card yet when you pressed. Please look at it.";
    public virtual string CardHasChanged => "This card has changed since you saw it, so nothing was decided. Please look at it again.";

    // What was done to an account, for its owner and their manager
    public virtual string NotMe => "This wasn't me";
    public virtual string LooksWrong => "This looks wrong";
    public virtual string ReportedBy => "Reported by";

    public virtual string DoneToYourAccount(string title, DateTimeOffset at, string asker, string approvers) =>
        $"For your information: \"{title}\" was done on {Moment(at)}. {Asked(asker, approvers)} If that is right, you don't need to do anything.";

    public virtual string DoneToYourReport(string owner, string title, DateTimeOffset at, string asker, string approvers) =>
        $"For your information, because {owner} reports to you: \"{title}\" was done on {Moment(at)}. {Asked(asker, approvers)} If that is right, you don't need to do anything.";

    public virtual string IfNotYou => "If it wasn't you, press the button: the account is blocked at once, and the security team looks at it.";

    public virtual string IfWrong => "If it looks wrong to you, press the button: the account is blocked at once, and the security team looks at it.";

    public virtual string Reported => "Thank you for saying so. I'm blocking the account now, and the security team knows.";

    public virtual string ReportedAlready => "That was reported already: the security team has it.";

    public virtual string ReportEnded(string title, string number, bool blocked, string? by) =>
        $"{(by is null ? "You" : by)} reported \"{title}\". "
        + (blocked ? "The account is blocked now: nobody can sign in with it until a person at IT lifts that. " : "I couldn't block the account myself. ")
        + $"The security team has this as {number} and calls you back on a number from the directory. They never ask for a password.";

    public virtual string ReportState(Requests.RequestStatus status) => status == Requests.RequestStatus.HandedOff ? "Reported; security has it" : "Reported; blocking it now";

    private protected virtual string Asked(string asker, string approvers) =>
        approvers.Length == 0 ? $"{asker} asked for it." : $"{asker} asked for it and {approvers} approved it.";

    public virtual string ReportedToSecurity(string by, string title, string owner) =>
        $"For security: {by} says that \"{title}\" for {owner} should not have happened. I'm blocking the account now; more follows.";

    public virtual string ReportEndedForSecurity(string by, string title, string owner, Problem? problem, bool nothingOffered) =>
        $"For security: {by} says that \"{title}\" for {owner} should not have happened. " + (problem, nothingOffered) switch
        {
            (null, false) => "The account is blocked until somebody at IT lifts it.",
            (null, true) => "The system does not let me block the account: please see to it now.",
            ({ } why, _) => $"The account could NOT be blocked by me ({why.Detail}) Please see to it now.",
        };

    // When a one-time link is opened where nobody is signed in
    public virtual string LinkWasOpened => "Somebody opened your one-time link";
    public virtual string WasItYou(string number) => $"Somebody opened your link. Is the number on the page {number}?";
    public virtual string NumberOnThePage => "Number on the page";
    public virtual string ShowIt => "Yes, show it";
    public virtual string ThatWasNotMe => "That wasn't me";
    public virtual string PickupConfirmed => "Good. The page shows it now, once.";
    public virtual string CannotConfirmFromHere => "I can't take that from here: this account is too new, or nobody at IT has bound it to you. Please talk to a person in IT.";
    public virtual string PickupIsOver => "That took too long, or it was answered already. Open the link again if you still need it.";
    public virtual string LinkVoided => "The link is void now and nobody saw the password. The security team knows. Just ask me for a new one when you need it.";
    public virtual string LinkVoidedTooLate => "The password was shown on that page already. The security team knows now and will call you; please press \"This wasn't me\" in my message about the reset too.";

    public virtual string LinkOpenedByAStranger(string owner, bool wasShown) => wasShown
        ? $"For security: {owner} says that somebody else opened their one-time link, and the password WAS shown there. Please see to the account now."
        : $"For security: {owner} says that somebody else opened their one-time link. The link is void, and nothing was shown.";

    public virtual string PickupState(Secrets.PickupStatus status) => status switch
    {
        Secrets.PickupStatus.Asked => "Is it you?",
        Secrets.PickupStatus.Confirmed or Secrets.PickupStatus.Shown => "You said it was you",
        Secrets.PickupStatus.Denied => "It wasn't you; the link is void",
        _ => "Not answered in time",
    };

    // Handed to a person: for the one who asked
    public virtual string HasIt(string name, string number) => $"{name} has {number} now and will get back to you here. Just write here if there is more to say.";
    public virtual string HasItAgain(string name) => $"Thanks for telling me. {name} has it again, and knows that it did not help.";
    public virtual string HasTicket(string number, string ticket) => $"{number} is ticket {ticket} as well.";
    public virtual string FromIt(string name, string text) => $"{name} from IT: {text}";
    public virtual string ResolvedByIt(string name, string? note) => note is null ? $"{name} says that this is solved." : $"{name} says that this is solved: \"{Cut(note, 500)}\"";
    public virtual string PassedOnTo(string name) => $"I passed that on to {name}.";
    public virtual string AddedForWhoeverTakesIt => "I added that for whoever in IT takes it.";
    public virtual string TooManyWords(string name) => $"{name} has a lot to read from you already. I did not pass that on; please wait for an answer.";
    public virtual string ThatIsNew => "No, that is something new";
    public virtual string TakenAsNew => "I take that as something new.";
    public virtual string SendItTo(string name) => $"No, send it to {name}";
    public virtual string WithWhom(HandOffs.HandOffCase handOff) => (handOff switch
    {
        { Status: HandOffs.HandOffStatus.Resolved } => $"{handOff.End?.Name ?? It} says that it is solved; tell me whether it is",
        { Holder: { } holder } => $"{holder.Name} has it",
        _ => "waiting for somebody in IT to take it",
    }) + (handOff.Ticket?.Number is { } ticket ? $" (ticket {ticket})" : "");

    // Handed to a person: for the one who has it
    public virtual string Claim => "Claim";
    public virtual string TakeOver => "Take over";
    public virtual string ReplyToThem => "Reply";
    public virtual string ResolveIt => "Resolve";
    public virtual string HasItLabel => "Has it";
    public virtual string TicketLabel => "Ticket";
    public virtual string TicketPending => "pending";
    public virtual string TicketFooter(string number) => $"Opened by the IT bot for {number}. A comment for the customer reaches the person in their chat; a work note does not. When it is solved, the person is asked.";
    public virtual string TheirWords => "Their words";
    public virtual string NotKnown => "not known";
    public virtual string FoundLabel => "Found";
    public virtual string Tried(string action) => action switch { "guide.worked" => "Tried, worked", "guide.skipped" => "Could not be tried", _ => "Tried, did not work" };
    public virtual string HandOffState(HandOffs.HandOffCase handOff) => handOff.Status switch
    {
        HandOffs.HandOffStatus.Open => "Nobody has it yet",
        HandOffs.HandOffStatus.Claimed => $"{handOff.Holder?.Name} has it",
        HandOffs.HandOffStatus.Resolved => $"{handOff.End?.Name} called it solved; not confirmed",
        _ => "Solved, they say",
    };

    public virtual string Says(string requester, string number, string text) => $"{requester} on {number}: {text}";
    public virtual string ItHelped(string requester, string number) => $"{requester} says that {number} is solved. Thank you.";
    public virtual string ItDidNotHelp(string requester, string number) => $"{requester} says that {number} is not solved. It is yours again.";
    public virtual string TakenOverFromYou(string name, string number) => $"{name} took {number} over from you.";
    public virtual string YouHaveItNow(string requester) => $"You have it. {requester} knows.";
    public virtual string YouHaveIt => "You have it already.";
    public virtual string SomebodyHasIt(string name) => $"{name} has it. If you go on with it, take it over first.";
    public virtual string AlreadyResolved(string name) => $"{name} called it solved already, and the person was asked.";
    public virtual string HandOffIsOver => "This is solved, and closed.";
    public virtual string AskedWhetherItHelped(string requester) => $"{requester} is asked whether it helped.";
    public virtual string HandOffRefused(ProblemCode code) => code switch
    {
        ProblemCode.ApproverIsRequester => "You asked for this yourself, so somebody else has to take it.",
        ProblemCode.WeakIdentity => "I only know you by your e-mail address, which is not enough for this. Please ask your IT department to add your account.",
        ProblemCode.RecentlyChanged => "You can't do this from here just now. Please let a colleague do it, or talk to your security team.",
        _ => "This was not handed to you.",
    };

    // Around cards and buttons in chat
    public virtual string Risk => "Risk";
    public virtual string Until => "Until";
    public virtual string NothingWasChanged => "Nothing was changed.";
    public virtual string ShowDetails => "Show details";
    public virtual string Details => "Details";
    public virtual string Steps => "Steps";
    public virtual string Changes => "Changes";
    public virtual string Request => "Request";
    public virtual string OpenInConsole => "Open in the console";
    public virtual string ChooseOne => "Choose one";
    public virtual string WorksOnceUntil => "It works once, until";
    public virtual string MailIsNotRead => "Answers to this mail are not read. Write to the IT bot in your chat, or call IT on a number that you know. IT never asks for a password.";
    public virtual string AndMore(int count) => $"and {count} more";
    public virtual string RiskOf(RiskLevel level) => level.ToString();

    // Forms in chat
    public virtual string Send => "Send";
    public virtual string Close => "Close";
    public virtual string Reason => "Reason";
    public virtual string ReasonHint => "The requester reads this. Say what they can do instead.";
    public virtual string Question => "Question";
    public virtual string QuestionHint => "The requester gets this in their chat, and the answer shows on the card.";
    public virtual string TypeToApprove(string name) => $"To approve, type {name}";
    public virtual string NameToType => "Name";
    public virtual string NameToTypeHint => "Type the name of what this changes, as it stands on the card.";
    public virtual string AskIt => "Ask IT";
    public virtual string WhatShallItLookAt => "What's wrong?";
    public virtual string PleaseWriteSomething => "Please write a few words.";

    // Where the bot is met outside its own conversation
    public virtual string AnsweredInDirect => "I've answered you in our own chat, where nobody else reads.";
    public virtual string OnItInDirect => "On it. I'll answer you in a direct message.";
    public virtual string CannotTakeIn => "I can't take that in right now. Nothing was changed. Please try again in a minute.";
    public virtual string NotFromThere => "I only work for people of this organisation.";
    public virtual string ConsoleIsAt => "Your requests and everything that waits for you, in a browser:";
    public virtual string NotForYou => "That isn't there for you to see.";
    public virtual string WaitsForYou => "Waiting for your decision";
    public virtual string NothingWaitsForYou => "Nothing waits for your decision.";
    public virtual string YourRequestsTitle => "Your requests";
    public virtual string NoRequestsYet => "You haven't asked for anything yet. Write to me under Messages, in your own words.";

    // Where a chat platform has no words of its own
    public virtual string CardNow => "Now";
    public virtual string CardAfter => "After";
    public virtual string SeeTheRequest => "See the request";
    public virtual string SeeAllOfIt => "This is shortened. See all of it";
    public virtual string Decide => "Decide";
    public virtual string WorkingOnIt => "Working on it…";
    public virtual string GotIt => "Got it.";
    public virtual string Choose => "Choose";
    public virtual string NoteLabel(CardAction action) => action switch { CardAction.Ask => Question, CardAction.Reply => "Reply", CardAction.Resolve => "What solved it", _ => Reason };
    public virtual string NoteHint(CardAction action) => action switch
    {
        CardAction.Ask => QuestionHint,
        CardAction.Reply => "The requester gets this in their chat, with your name.",
        CardAction.Resolve => "If you like. The requester reads it and is asked whether it helped.",
        _ => ReasonHint,
    };

    public virtual string NoteFor(CardAction action) => action is CardAction.Reply or CardAction.Resolve ? $"{NoteLabel(action)}. {NoteHint(action)}" : action == CardAction.Ask ? "Your question, which the requester gets in their chat" : "Your reason, which the requester reads";
    public virtual string SendNote(CardAction action) => action switch { CardAction.Ask => "Ask this question", CardAction.Reply => "Send this reply", CardAction.Resolve => "Call it solved", _ => "Deny with this reason" };
    public virtual string UnknownButton => "I don't know that button. Please write to me what you need.";
    public virtual string NoSuchCard => "I don't know this card any more.";

    public static string Named(string channel) => channel.Length == 0 ? channel : char.ToUpperInvariant(channel[0]) + channel[1..];

    private protected static string Small(string text) => text.Length == 0 ? text : char.ToLowerInvariant(text[0]) + text[1..];

    private protected static string Before(string state) => state.Length == 0 ? "" : state + " ";

    private protected static string Bullets(IEnumerable<string> lines) => string.Join('\n', lines.Select(l => "• " + l));

    private protected static string Cut(string text, int length)
    {
        var line = text.ReplaceLineEndings(" ").Trim();
        return line.Length <= length ? line : string.Concat(line.AsSpan(0, length - 1).TrimEnd(), "…");
    }

    private protected static string Numbered(IReadOnlyList<string> texts) => string.Join('\n', texts.Select((t, i) => $"{i + 1}. {Cut(t, 120)}"));

    private static string Number(int n) => n switch { 2 => "two", 3 => "three", 4 => "four", _ => n.ToString(CultureInfo.InvariantCulture) };
}

/// <summary>What came of a press, for choosing the words.</summary>
public enum DecisionOutcome { Approved, CountedOneOfMany, Confirmed, Denied, Asked, AlreadyByYou, AlreadyBy, Closed, Expired }
