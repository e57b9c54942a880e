using System.Text.Json;
using System.Xml.Linq;
using ItOps.Bot.Accounts;
using ItOps.Bot.Executors.AwsIam;
using ItOps.Bot.Runbooks;
using ItOps.Bot.Secrets;
using ItOps.Bot.Testing.Accounts;
using ItOps.Bot.Testing.Aws;
using ItOps.Bot.Testing.Time;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Executors.Tests.AwsIam;

/// <summary>
/// Against moto: the role of infra/aws is assumed by its trust policy, each request is signed, and each action must be in the shipped policy. moto looks at no
/// resources of IAM and at no conditions, so here the policy's actions are allowed everywhere; what the resources hold back is seen in <see cref="AwsChangesTests"/>.
/// </summary>
public sealed class MotoTests(MotoServer moto) : IAsyncLifetime, IClassFixture<MotoServer>
{
    private const string ExternalId = "itops-7f3a";
    private const string Role = $"arn:aws:iam::{MotoServer.Account}:role/itops-bot";
    private static readonly Secret<string> s_newPassword = new("Kx7m-W?4t-Hn9q-3cRv");

    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow()) { ShortWait = TimeSpan.FromSeconds(5) };
    private Uri _address = null!;
    private (string Id, string Secret) _keys;
    private ServiceProvider? _provider;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private AwsIamDirectory Directory => (AwsIamDirectory)_provider!.GetServices<IAccountDirectory>().Single(d => d.System == "aws-iam");

    public async ValueTask InitializeAsync()
    {
        _address = await moto.EmptyAsync();
        await moto.AskAsync("CreateUser", ("UserName", "host"));
        await moto.AskAsync("PutUserPolicy", ("UserName", "host"), ("PolicyName", "assume"), ("PolicyDocument", Read("assume-policy.json")));
        var key = await moto.AskAsync("CreateAccessKey", ("UserName", "host"));
        _keys = (Value(key, "AccessKeyId"), Value(key, "SecretAccessKey"));
        var trust = Read("trust-policy.json").Replace("arn:aws:iam::BOT_ACCOUNT:role/BOT_ROLE", $"arn:aws:iam::{MotoServer.Account}:user/host", StringComparison.Ordinal).Replace("EXTERNAL_ID", ExternalId, StringComparison.Ordinal);
        await moto.AskAsync("CreateRole", ("RoleName", "itops-bot"), ("AssumeRolePolicyDocument", trust));
        await AllowAsync(new AwsPolicy(AwsTestBase.ShippedPolicy).Allowed);
        await moto.AskAsync("CreateUser", ("UserName", "alice"));
        await moto.AskAsync("CreateLoginProfile", ("UserName", "alice"), ("Password", "An-old-password-1"));
        await moto.AskAsync("CreateUser", ("UserName", "bob"));
        await moto.AskAsync("CreateGroup", ("GroupName", "team"), ("Path", "/requestable/"));
        Start();
    }

    public async ValueTask DisposeAsync()
    {
        if (_provider is not null)
            await _provider.DisposeAsync();
    }

    [Fact]
    public async Task A_password_is_reset_and_must_be_changed()
    {
        await moto.BeStrictAsync();
        var alice = await FindAsync("alice");

        AssertDone(await Directory.ResetPasswordAsync(alice.Id, s_newPassword, mustChange: true, Token));

        Assert.True((await FindAsync("alice")).MustChangePassword);
        Assert.Equal(PasswordState.Untold, (await Directory.CheckPasswordAsync(alice.Id, s_newPassword, _time.GetUtcNow(), Token)).State);
    }

    /// <summary>moto forgets, unlike AWS, that a first password must be changed.</summary>
    [Fact]
    public async Task A_missing_console_password_is_made()
    {
        await moto.BeStrictAsync();
        var bob = await FindAsync("bob");
        Assert.Equal(["no console password; a reset gives it one"], bob.Remarks);
        AssertDone(await Directory.ResetPasswordAsync(bob.Id, s_newPassword, mustChange: true, Token));
        Assert.Empty((await FindAsync("bob")).Remarks);
    }

    [Fact]
    public async Task A_user_is_blocked_by_AWSs_own_policy_and_then_not_unlocked()
    {
        await moto.BeStrictAsync();
        var bob = await FindAsync("bob");
        AssertDone(await Directory.BlockAsync(bob.Id, Token));
        AssertDone(await Directory.BlockAsync(bob.Id, Token));
        Assert.False((await FindAsync("bob")).IsEnabled);
        Assert.Equal(ProblemCode.PolicyRefused, (await Directory.UnlockAsync(bob.Id, Token)).Problem?.Code);
    }

    [Fact]
    public async Task The_only_key_of_a_user_without_password_is_switched_on()
    {
        var key = Value(await moto.AskAsync("CreateAccessKey", ("UserName", "bob")), "AccessKeyId");
        await moto.AskAsync("UpdateAccessKey", ("UserName", "bob"), ("AccessKeyId", key), ("Status", "Inactive"));
        await moto.BeStrictAsync();
        var bob = await FindAsync("bob");
        Assert.True(bob.IsLocked);
        AssertDone(await Directory.UnlockAsync(bob.Id, Token));
        Assert.False((await FindAsync("bob")).IsLocked);
    }

    [Fact]
    public async Task A_group_is_joined_and_left()
    {
        await moto.BeStrictAsync();
        var (alice, group) = (await FindAsync("alice"), Assert.Single(await Directory.GroupsAsync(Token)));
        Assert.False(group.IsPrivileged);
        AssertDone(await Directory.AddMemberAsync(group.Id, alice.Id, Token));
        Assert.True(await Directory.IsMemberAsync(group.Id, alice.Id, direct: true, Token));
        AssertDone(await Directory.RemoveMemberAsync(group.Id, alice.Id, Token));
        Assert.False(await Directory.IsMemberAsync(group.Id, alice.Id, direct: true, Token));
    }

    [Fact]
    public async Task Power_is_seen_in_what_moto_calls_policies_as_well()
    {
        await moto.AskAsync("AttachUserPolicy", ("UserName", "alice"), ("PolicyArn", "arn:aws:iam::aws:policy/IAMFullAccess"));
        await moto.AskAsync("PutUserPolicy", ("UserName", "bob"), ("PolicyName", "p"), ("PolicyDocument", """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iam:Put*","Resource":"*"}]}"""));
        var own = await moto.AskAsync("CreatePolicy", ("PolicyName", "own"), ("PolicyDocument", """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}"""));
        await moto.AskAsync("AttachGroupPolicy", ("GroupName", "team"), ("PolicyArn", Value(own, "Arn")));
        await moto.BeStrictAsync();

        Assert.True((await FindAsync("alice")).IsPrivileged);
        Assert.True((await FindAsync("bob")).IsPrivileged);
        Assert.True(Assert.Single(await Directory.GroupsAsync(Token)).IsPrivileged);
    }

    [Fact]
    public async Task Without_its_permission_a_change_is_refused()
    {
        await AllowAsync(new AwsPolicy(AwsTestBase.ShippedPolicy).Allowed.Where(a => a != "iam:UpdateLoginProfile"));
        await moto.BeStrictAsync();
        var refused = await Directory.ResetPasswordAsync((await FindAsync("alice")).Id, s_newPassword, mustChange: true, Token);
        Assert.Equal(ProblemCode.PolicyRefused, refused.Problem?.Code);
        Assert.Contains("iam:UpdateLoginProfile", refused.Problem?.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SecretAccessKey", "wrong")]
    [InlineData("AccessKeyId", "AKIAWRONG")]
    [InlineData("Accounts:0:ExternalId", "wrong")]
    public async Task Without_the_right_keys_nobody_is_found_and_doctor_says_so(string key, string value)
    {
        Start((key, value));
        await moto.BeStrictAsync();
        await Assert.ThrowsAsync<IamRefusedException>(() => Directory.FindByNameAsync("alice", Token));
        var check = Assert.Single(await _provider!.GetServices<ISelfCheck>().Single(c => c.Name == "aws-iam").ExamineAsync(Token));
        Assert.Contains($"{Role} could not be assumed", check.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_shows_whom_moto_takes_the_bot_for()
    {
        await moto.BeStrictAsync();
        var check = Assert.Single(await _provider!.GetServices<ISelfCheck>().Single(c => c.Name == "aws-iam").ExamineAsync(Token));
        Assert.Equal((null, $"is asked as arn:aws:sts::{MotoServer.Account}:assumed-role/itops-bot/itops-bot"), (check.Problem, check.Well));
    }

    private void Start(params (string Key, string Value)[] more)
    {
        _provider?.Dispose();
        var settings = new Dictionary<string, string?>
        {
            ["Executors:Sandbox:Enabled"] = "true",
            ["Executors:AwsIam:Enabled"] = "true",
            ["Executors:AwsIam:IamUrl"] = _address.ToString(),
            ["Executors:AwsIam:StsUrl"] = _address.ToString(),
            ["Executors:AwsIam:AccessKeyId"] = _keys.Id,
            ["Executors:AwsIam:SecretAccessKey"] = _keys.Secret,
            ["Executors:AwsIam:Accounts:0:Id"] = MotoServer.Account,
            ["Executors:AwsIam:Accounts:0:RoleArn"] = Role,
            ["Executors:AwsIam:Accounts:0:ExternalId"] = ExternalId,
            ["Executors:AwsIam:Groups:0:Name"] = "team",
        };
        foreach (var (key, value) in more)
            settings[$"Executors:AwsIam:{key}"] = value;
        _provider = new ServiceCollection()
            .AddSingleton<TimeProvider>(_time)
            .AddSingleton(new RunbookCatalog([], []))
            .AddSingleton<ISandboxState>(new InMemorySandboxState())
            .AddSingleton(new SandboxSeed { PracticePassword = new Secret<string>("Practice-makes-perfect") })
            .AddExecutors(new ExecutorsOptions(new ConfigurationBuilder().AddInMemoryCollection(settings).Build().GetSection("Executors"), Path.GetTempPath(), IsDevelopment: true, PeopleSource: "Sandbox"))
            .BuildServiceProvider();
    }

    private Task<XElement> AllowAsync(IEnumerable<string> actions) => moto.AskAsync(
        "PutRolePolicy",
        ("RoleName", "itops-bot"),
        ("PolicyName", "itops-bot"),
        ("PolicyDocument", JsonSerializer.Serialize(new { Version = "2012-10-17", Statement = new[] { new { Effect = "Allow", Action = actions, Resource = "*" } } })));

    private async Task<AccountSnapshot> FindAsync(string name) => Assert.Single(await Directory.FindByNameAsync(name, Token));

    private static string Read(string file) => File.ReadAllText(Repository.File($"infra/aws/{file}"));

    private static string Value(XElement answer, string name) => answer.Descendants().First(e => e.Name.LocalName == name).Value;

    private static void AssertDone(Result<Done> result) => Assert.False(result.Failed, result.Problem?.ToString());
}
