using ItOps.Bot.Execution;
using ItOps.Bot.Executors.AwsCli;
using ItOps.Bot.Testing.Linux;
using ItOps.Bot.Testing.Time;

namespace ItOps.Bot.Executors.Tests.AwsCli;

/// <summary>What the <c>aws</c> program is given, seen by a stand-in that writes it down.</summary>
public sealed class AwsOperationTests : IDisposable
{
    private const string Instance = "i-0123456789abcdef0";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("aws-fake-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_program_gets_words_and_an_environment_of_our_own()
    {
        using var stage = Stage("""printf '%s\n' "$@" >"$AWS_CONFIG_FILE.words"; env >"$AWS_CONFIG_FILE.env"; ls -A "$HOME" >>"$AWS_CONFIG_FILE.words"; echo '{"InstanceStatuses": [{"InstanceState": {"Name": "running"}}]}'""");

        var output = (await stage.ExecuteAsync("aws.ec2.instance-status", "instance", Instance)).Value;

        Assert.Equal(["instance-running"], output.Findings.Select(f => f.Id));
        Assert.Equal(
            $"ec2 describe-instance-status --include-all-instances --instance-ids {Instance} --output json --region eu-central-1 --cli-connect-timeout 5 --cli-read-timeout 15 --endpoint-url http://127.0.0.1:1/",
            string.Join(' ', await File.ReadAllLinesAsync(Path.Combine(_folder.FullName, "config.words"), Token)));
        var names = (await File.ReadAllLinesAsync(Path.Combine(_folder.FullName, "config.env"), Token)).Select(line => line.Split('=')[0]);
        Assert.Equal(
            ["AWS_CONFIG_FILE", "AWS_MAX_ATTEMPTS", "AWS_PAGER", "AWS_PROFILE", "AWS_SHARED_CREDENTIALS_FILE", "HOME", "ITOPS_RUN", "LANG", "PATH"],
            names.Except(["_", "PWD", "SHLVL", "OLDPWD"]).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("aws.ec2.reboot", "instance", "i-0123456789abcdef0 i-0123456789abcdef1")]
    [InlineData("aws.ec2.reboot", "instance", "i-0123456789abcdef0; id")]
    [InlineData("aws.ec2.reboot", "instance", "file:///etc/passwd")]
    [InlineData("aws.ec2.reboot", "instance", "--no-sign-request")]
    [InlineData("aws.ec2.reboot", "instance", "i-0123456789abcdef0\n")]
    [InlineData("aws.s3.bucket-status", "bucket", "a/../b")]
    [InlineData("aws.iam.access-keys", "user", "$(id)")]
    [InlineData("aws.iam.access-keys", "person", "alice")]
    public async Task What_does_not_fit_its_pattern_never_reaches_the_program(string id, string name, string value)
    {
        using var stage = Stage("touch \"$AWS_CONFIG_FILE.ran\"; echo '{}'");
        Assert.Equal(ProblemCode.InvalidArguments, (await stage.Operation(id).PreviewAsync(AwsStage.Step(name, value).Arguments, Token)).Problem?.Code);
        Assert.Equal(ProblemCode.InvalidArguments, (await stage.ExecuteAsync(id, name, value)).Problem?.Code);
        Assert.False(File.Exists(Path.Combine(_folder.FullName, "config.ran")));
    }

    [Theory]
    [InlineData("An error occurred (IncorrectInstanceState) when calling the RebootInstances operation: no", ProblemCode.PolicyRefused)]
    [InlineData("aws: [ERROR]: An error occurred (UnauthorizedOperation) when calling the RebootInstances operation: no", ProblemCode.PolicyRefused)]
    [InlineData("Could not connect to the endpoint URL: \"https://ec2.eu-central-1.amazonaws.com/\"", ProblemCode.SystemUnavailable)]
    [InlineData("Unable to locate credentials. You can configure credentials by running \"aws configure\".", ProblemCode.SystemUnavailable)]
    [InlineData("An error occurred (InternalError) when calling the RebootInstances operation: oh", null)]
    [InlineData("Read timeout on endpoint URL: \"https://ec2.eu-central-1.amazonaws.com/\"", null)]
    [InlineData("Connection was closed before we received a valid response", null)]
    public async Task A_change_that_AWS_refused_did_not_happen_and_one_without_an_answer_is_not_known(string said, ProblemCode? code)
    {
        using var stage = Stage($"cat >&2 <<'E'\n{said}\nE\nexit 254");
        var reboot = stage.ExecuteAsync("aws.ec2.reboot", "instance", Instance);
        if (code is null)
            await Assert.ThrowsAsync<TimeoutException>(() => reboot);
        else
            Assert.Equal(code, (await reboot).Problem?.Code);
    }

    [Fact]
    public async Task While_AWS_is_not_connected_every_call_says_so()
    {
        using var stage = new AwsStage(null, new FakeTimeProvider());
        Assert.All(AwsStage.Shipped.Calls, call => Assert.Equal(call.Id, stage.Operation(call.Id).Descriptor.Id));
        Assert.Equal(ProblemCode.NotOffered, (await stage.Operation("aws.ec2.instance-status").PreviewAsync(AwsStage.Step("instance", Instance).Arguments, Token)).Problem?.Code);
    }

    [Fact]
    public void These_calls_are_shipped() => Assert.Equal(
        [
            "aws.ec2.instance-status ReadsOnly Idempotent None instance",
            "aws.ec2.console-output ReadsOnly Idempotent None instance",
            "aws.ec2.reboot Changes Never Medium instance",
            "aws.s3.bucket-status ReadsOnly Idempotent None bucket",
            "aws.rds.instance-status ReadsOnly Idempotent None database",
            "aws.iam.access-keys ReadsOnly Idempotent None user",
        ],
        AwsStage.Shipped.Calls.Select(c => new AwsStage(null, new FakeTimeProvider()).Operation(c.Id).Descriptor).Select(d => $"{d.Id} {d.Effect} {d.Replay} {d.Risk.Level} {string.Join(' ', d.Arguments.Select(a => a.Name))}"));

    public void Dispose() => _folder.Delete(recursive: true);

    private AwsStage Stage(string script)
    {
        var program = Path.Combine(_folder.FullName, "aws");
        DisposableUser.WriteProgram(program, "#!/bin/bash\n" + script + "\n");
        return new(
            new AwsCliOptions(program, "eu-central-1", TimeSpan.FromSeconds(30)) { ConfigFile = Path.Combine(_folder.FullName, "config"), Profile = "bot", EndpointUrl = new("http://127.0.0.1:1/") },
            new FakeTimeProvider());
    }
}
