using System.Collections.Immutable;
using System.Globalization;
using System.Xml.Linq;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ItOps.Bot.Testing.Aws;

/// <summary>
/// An AWS on loopback: IAM's Query API and as much of STS as assuming a role needs. Every signature is verified, every call is held against the role's policy, reads may
/// lag behind writes, and calls can be throttled, fail or lose their connection before or after the effect.
/// </summary>
public sealed class FakeAws : IAsyncDisposable
{
    public const string Account = "111122223333";
    public const string OtherAccount = "444455556666";
    public const string ExternalId = "itops-7f3a";
    public const string KeyId = "AKIAFAKEITOPSBOT0001";
    public const string SecretKey = "fake/secret+KEY/of+the/bot/0123456789abcdef";

    private readonly WebApplication _app;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (string Secret, FakeAwsRole Role, DateTimeOffset Until)> _sessions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Queue<AwsTrouble>> _troubles = new(StringComparer.Ordinal);
    private readonly List<string> _calls = [];
    private readonly List<AwsEffect> _effects = [];
    private readonly Dictionary<string, FakeAwsRole> _roles = new(StringComparer.Ordinal);
    private AwsState _now = new(ImmutableDictionary<(string, string), FakeAwsUser>.Empty, ImmutableDictionary<(string, string), FakeAwsGroup>.Empty);
    private AwsState? _before;
    private int _staleReads;
    private int _number;

    private FakeAws(TimeProvider time, string policy)
    {
        _time = time;
        foreach (var account in new[] { Account, OtherAccount })
            _roles[RoleOf(account)] = new(RoleOf(account), ExternalId, new AwsPolicy(policy));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.MapPost("/", AnswerAsync);
    }

    public Uri Address { get; private set; } = null!;

    /// <summary>How many reads after each change still see what was before it.</summary>
    public int Lag { get; set; }

    public int MinimumPasswordLength { get; set; } = 14;

    /// <summary>Members of a list in one answer; IAM's own limit is 100.</summary>
    public int PageSize { get; set; } = 100;

    /// <summary>Told of each change that IAM was asked for, those included that changed nothing.</summary>
    public Action<string, FakeAwsUser>? Changed { get; set; }

    /// <summary>Awaited when a change was made, before its answer leaves.</summary>
    public Func<Task>? BeforeAnswer { get; set; }

    /// <summary>Every call as <c>service:Action subject</c>, in order.</summary>
    public IReadOnlyList<string> Calls => Locked(() => _calls.ToArray());

    public IReadOnlyList<AwsEffect> Effects => Locked(() => _effects.ToArray());

    /// <param name="policy">What the assumed role may do, such as the text of infra/aws/itops-bot-policy.json.</param>
    public static async Task<FakeAws> StartAsync(string policy, TimeProvider? time = null)
    {
        var aws = new FakeAws(time ?? TimeProvider.System, policy);
        await aws._app.StartAsync();
        aws.Address = new(aws._app.Urls.Single() + "/");
        return aws;
    }

    public static string RoleOf(string account) => $"arn:aws:iam::{account}:role/itops-bot";

    /// <summary>The settings of a bot that works in these accounts.</summary>
    public Dictionary<string, string> Settings(params string[] accounts)
    {
        var settings = new Dictionary<string, string>
        {
            ["Executors:AwsIam:Enabled"] = "true",
            ["Executors:AwsIam:IamUrl"] = Address.ToString(),
            ["Executors:AwsIam:StsUrl"] = Address.ToString(),
            ["Executors:AwsIam:AccessKeyId"] = KeyId,
            ["Executors:AwsIam:SecretAccessKey"] = SecretKey,
        };
        foreach (var (i, account) in (accounts is [] ? [Account] : accounts).Index())
        {
            var key = $"Executors:AwsIam:Accounts:{i.ToString(CultureInfo.InvariantCulture)}";
            (settings[$"{key}:Id"], settings[$"{key}:Name"], settings[$"{key}:RoleArn"], settings[$"{key}:ExternalId"]) = (account, i == 0 ? "Production" : "Lab", RoleOf(account), ExternalId);
        }

        return settings;
    }

    /// <summary>Adds or replaces a user; another id each time, as IAM gives one.</summary>
    public FakeAwsUser AddUser(string name, string path = "/", string account = Account, string? password = null) => Locked(() =>
    {
        var user = new FakeAwsUser(account, name, NewId("AIDA"), path) { Password = password, ProfileCreated = password is null ? null : _time.GetUtcNow() };
        _now = _now with { Users = _now.Users.SetItem((account, name), user) };
        return user;
    });

    public FakeAwsGroup AddGroup(string name, string path = "/requestable/", string account = Account) => Locked(() =>
    {
        var group = new FakeAwsGroup(account, name, NewId("AGPA"), path);
        _now = _now with { Groups = _now.Groups.SetItem((account, name), group) };
        return group;
    });

    /// <summary>A policy that the organisation wrote.</summary>
    public string AddPolicy(string name, string document) => Locked(() =>
    {
        var arn = $"arn:aws:iam::{Account}:policy/{name}";
        _now = _now with { Policies = _now.Policies.SetItem(arn, document) };
        return arn;
    });

    public FakeAwsUser User(string name, string account = Account) => Locked(() => _now.Users[(account, name)]);

    public FakeAwsGroup Group(string name) => Locked(() => _now.Groups[(Account, name)]);

    /// <summary>Somebody else changes a user, past the bot.</summary>
    public FakeAwsUser Change(string name, Func<FakeAwsUser, FakeAwsUser> change, string account = Account) => Locked(() =>
    {
        var user = change(_now.Users[(account, name)]);
        _now = _now with { Users = _now.Users.SetItem((account, name), user) };
        return user;
    });

    public void ChangeGroup(string group, Func<FakeAwsGroup, FakeAwsGroup> change) =>
        Locked(() => _now = _now with { Groups = _now.Groups.SetItem((Account, group), change(_now.Groups[(Account, group)])) });

    public void Remove(string user) => Locked(() => _now = _now with { Users = _now.Users.Remove((Account, user)) });

    /// <summary>What happens to the next calls of an action, one after the other.</summary>
    public void Next(string action, params AwsTrouble[] troubles) => Locked(() =>
    {
        var queue = _troubles[action] = _troubles.GetValueOrDefault(action) ?? new();
        foreach (var trouble in troubles)
            queue.Enqueue(trouble);
        return queue;
    });

    /// <summary>The keys of every assumed role are void from now on.</summary>
    public void ExpireSessions() => Locked(() =>
    {
        foreach (var (id, session) in _sessions.ToList())
            _sessions[id] = session with { Until = DateTimeOffset.MinValue };
        return 0;
    });

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var buffer = new MemoryStream();
        await context.Request.Body.CopyToAsync(buffer);
        var body = buffer.ToArray();
        var form = context.Request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.Ordinal) == true
            ? Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(System.Text.Encoding.UTF8.GetString(body)).ToDictionary(p => p.Key, p => p.Value.Single() ?? "", StringComparer.Ordinal)
            : [];
        var action = form.GetValueOrDefault("Action") ?? "";
        var iam = form.GetValueOrDefault("Version") == FakeIam.Version;
        var trouble = Locked(() => _troubles.GetValueOrDefault(action)?.TryDequeue(out var next) == true ? next : (AwsTrouble?)null);
        context.Response.Headers.Date = (iam ? _time : TimeProvider.System).GetUtcNow().ToString("R", CultureInfo.InvariantCulture);
        try
        {
            Raise(trouble, before: true);
            var effects = Effects.Count;
            var answer = iam ? Locked(() => Iam(context.Request, body, action, form)) : Locked(() => Sts(context.Request, body, action, form));
            if (Effects.Count > effects && BeforeAnswer is { } hold)
                await hold();
            Raise(trouble, before: false);
            context.Response.ContentType = "text/xml";
            await context.Response.WriteAsync(answer.ToString(SaveOptions.DisableFormatting));
        }
        catch (AwsErrorException e)
        {
            context.Response.StatusCode = e.Status;
            context.Response.ContentType = "text/xml";
            XNamespace space = iam ? FakeIam.Space : FakeSts.Space;
            await context.Response.WriteAsync(new XElement(
                space + "ErrorResponse",
                new XElement(space + "Error", new XElement(space + "Type", e.Status < 500 ? "Sender" : "Receiver"), new XElement(space + "Code", e.Code), new XElement(space + "Message", e.Message)),
                new XElement(space + "RequestId", "7a62c49f-347e-4fc4-9331-6e8eEXAMPLE")).ToString(SaveOptions.DisableFormatting));
        }
        catch (ConnectionAbortedException)
        {
            context.Abort();
        }
    }

    private static void Raise(AwsTrouble? trouble, bool before)
    {
        switch (trouble)
        {
            case AwsTrouble.Throttled when before:
                throw new AwsErrorException(400, "Throttling", "Rate exceeded");
            case AwsTrouble.Unmodifiable when before:
                throw new AwsErrorException(409, "EntityTemporarilyUnmodifiable", "The user is being modified. Try again in a few minutes.");
            case AwsTrouble.NotFound when before:
                throw new AwsErrorException(404, "NoSuchEntity", "The entity cannot be found.");
            case AwsTrouble.FailsBefore when before:
            case AwsTrouble.FailsAfter when !before:
                throw new AwsErrorException(500, "ServiceFailure", "The request processing has failed because of an unknown error.");
            case AwsTrouble.DroppedBefore when before:
            case AwsTrouble.DroppedAfter when !before:
                throw new ConnectionAbortedException();
        }
    }

    private XElement Sts(HttpRequest request, byte[] body, string action, Dictionary<string, string> form)
    {
        _calls.Add($"sts:{action} {form.GetValueOrDefault("RoleArn")}");

        // The SDK signs for STS by the machine's clock.
        var role = Caller(request, body, "sts", TimeProvider.System.GetUtcNow());
        if (action == "GetCallerIdentity")
            return FakeSts.Caller(role);
        if (action != "AssumeRole")
            throw new AwsErrorException(400, "InvalidAction", $"Could not find operation {action}");
        if (role is not null || !_roles.TryGetValue(form["RoleArn"], out var wanted) || form.GetValueOrDefault("ExternalId") != wanted.ExternalId)
            throw new AwsErrorException(403, "AccessDenied", $"User: arn:aws:iam::{Account}:user/itops-bot is not authorized to perform: sts:AssumeRole on resource: {form["RoleArn"]}");
        var life = int.Parse(form.GetValueOrDefault("DurationSeconds") ?? "3600", CultureInfo.InvariantCulture);
        if (life is < 900 or > 43200)
            throw new AwsErrorException(400, "ValidationError", "durationSeconds is out of range");
        var (id, secret, until) = (NewId("ASIA"), $"secret-{NewId("")}", _time.GetUtcNow().AddSeconds(life));
        _sessions[id] = (secret, wanted, until);
        return FakeSts.Assumed(wanted, id, secret, $"token-of-{id}", until);
    }

    private XElement Iam(HttpRequest request, byte[] body, string action, Dictionary<string, string> form)
    {
        _calls.Add($"iam:{action} {form.GetValueOrDefault("UserName") ?? form.GetValueOrDefault("GroupName") ?? form.GetValueOrDefault("PolicyArn")}");
        var role = Caller(request, body, "iam", _time.GetUtcNow()) ?? throw new AwsErrorException(403, "AccessDenied", $"User: arn:aws:iam::{Account}:user/itops-bot is not authorized to perform: iam:{action}");
        var iam = new FakeIam(role.Arn.Split(':')[4], _time.GetUtcNow(), MinimumPasswordLength, PageSize);
        var call = FakeIam.Understand(action, form);
        var stale = !call.Changes && _staleReads > 0 && _before is not null;
        if (stale)
            _staleReads--;
        var state = stale ? _before! : _now;
        var resource = iam.Resource(call, state, form);
        if (!role.Policy.Allows($"iam:{action}", resource, form.GetValueOrDefault("PolicyArn")))
            throw new AwsErrorException(403, "AccessDenied", $"User: {role.Arn.Replace(":iam:", ":sts:", StringComparison.Ordinal)}/itops-bot is not authorized to perform: iam:{action} on resource: {resource}");

        var (answer, next) = iam.Do(call, state, form);
        if (next is not null)
            Changed?.Invoke(action, next.Users[(iam.Account, form["UserName"])]);
        if (next is not null && next != state)
        {
            (_before, _staleReads, _now) = (_now, Lag, next);
            _effects.Add(new(action, form["UserName"], form.GetValueOrDefault("GroupName") ?? form.GetValueOrDefault("PolicyArn") ?? form.GetValueOrDefault("AccessKeyId") ?? ""));
        }

        return answer;
    }

    /// <summary>The role that signed; none for the bot's own keys.</summary>
    private FakeAwsRole? Caller(HttpRequest request, byte[] body, string service, DateTimeOffset now)
    {
        if (AwsSignature.Parse(request.Headers.Authorization.ToString()) is not { } signature)
            throw new AwsErrorException(403, "MissingAuthenticationToken", "Request is missing Authentication Token");
        if (signature.Scope != service || signature.Region != "us-east-1")
            throw new AwsErrorException(403, "SignatureDoesNotMatch", $"Credential should be scoped to service {service} and region us-east-1.");
        var token = request.Headers["x-amz-security-token"].ToString();
        if (signature.KeyId == KeyId)
            return Check(SecretKey, null);
        if (!_sessions.TryGetValue(signature.KeyId, out var session) || token != $"token-of-{signature.KeyId}")
            throw new AwsErrorException(403, "InvalidClientTokenId", "The security token included in the request is invalid.");
        if (_time.GetUtcNow() >= session.Until)
            throw new AwsErrorException(403, "ExpiredToken", "The security token included in the request is expired");
        return Check(session.Secret, session.Role);

        FakeAwsRole? Check(string secret, FakeAwsRole? role) =>
            signature.Flaw(request, body, secret, now) is { } flaw ? throw new AwsErrorException(403, "SignatureDoesNotMatch", flaw) : role;
    }

    private string NewId(string prefix) => $"{prefix}{Interlocked.Increment(ref _number).ToString("D16", CultureInfo.InvariantCulture)}";

    private T Locked<T>(Func<T> work)
    {
        lock (_gate)
            return work();
    }

    private sealed class ConnectionAbortedException : Exception;
}
