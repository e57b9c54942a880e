using System.Diagnostics;
using System.Text.Json;
using ItOps.Bot.Executors.AwsCli;
using ItOps.Bot.Executors.Tests.AwsIam;
using ItOps.Bot.Testing.Time;

namespace ItOps.Bot.Executors.Tests.AwsCli;

/// <summary>The real <c>aws</c> program against moto, an emulator that nobody here wrote.</summary>
public sealed class AwsCliMotoTests(MotoServer moto) : IClassFixture<MotoServer>, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("aws-cli-");
    private readonly FakeTimeProvider _clock = new();
    private Uri _address = null!;
    private string _program = "";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_instance_is_read_in_plain_words_and_rebooted_once()
    {
        using var stage = await StageAsync();
        var instance = (await SetUpAsync("ec2", "run-instances", "--image-id", "ami-12c6146b", "--instance-type", "t2.micro")).GetProperty("Instances")[0].GetProperty("InstanceId").GetString()!;

        var read = (await stage.ExecuteAsync("aws.ec2.instance-status", "instance", instance)).Value;
        Assert.Contains("The server is switched on.", read.Findings.Select(f => f.Text));
        Assert.Equal("running", read.Facts["instance_state"]);
        Assert.Null((await stage.ExecuteAsync("aws.ec2.console-output", "instance", instance)).Problem);

        var reboot = stage.Operation("aws.ec2.reboot");
        var preview = (await reboot.PreviewAsync(AwsStage.Step("instance", instance).Arguments, Token)).Value;
        Assert.Equal(($"ec2/{instance}", $"EC2 instance {instance}", "AWS"), (preview.Target.Id, preview.Target.Display, preview.Target.SystemName));
        Assert.Contains("The server is switched on.", preview.Changes[0].Before, StringComparison.Ordinal);
        Assert.Equal(["AWS took it: ec2 reboot-instances"], (await reboot.ExecuteAsync(AwsStage.Step("instance", instance), Token)).Value.Lines);
        var verified = await reboot.VerifyAsync(AwsStage.Step("instance", instance), Token);
        Assert.Equal((true, false), (verified.Passed, verified.IsProof));
    }

    [Fact]
    public async Task A_server_that_is_off_or_not_there_is_said_so_and_not_rebooted()
    {
        using var stage = await StageAsync();
        var instance = (await SetUpAsync("ec2", "run-instances", "--image-id", "ami-12c6146b", "--instance-type", "t2.micro")).GetProperty("Instances")[0].GetProperty("InstanceId").GetString()!;
        await SetUpAsync("ec2", "stop-instances", "--instance-ids", instance);

        Assert.Contains("instance-stopped", (await stage.ExecuteAsync("aws.ec2.instance-status", "instance", instance)).Value.Findings.Select(f => f.Id));
        Assert.Equal(ProblemCode.NotOffered, (await stage.Operation("aws.ec2.reboot").PreviewAsync(AwsStage.Step("instance", instance).Arguments, Token)).Problem?.Code);

        const string Nobody = "i-0123456789abcdef0";
        Assert.Equal(["instance-missing"], (await stage.ExecuteAsync("aws.ec2.instance-status", "instance", Nobody)).Value.Findings.Select(f => f.Id));
        Assert.Equal(ProblemCode.PolicyRefused, (await stage.ExecuteAsync("aws.ec2.reboot", "instance", Nobody)).Problem?.Code);
    }

    [Fact]
    public async Task Buckets_databases_and_keys_are_read_in_plain_words()
    {
        using var stage = await StageAsync();
        await SetUpAsync("s3api", "create-bucket", "--bucket", "quarterly-reports");
        await SetUpAsync("rds", "create-db-instance", "--db-instance-identifier", "orders", "--db-instance-class", "db.t3.micro", "--engine", "postgres", "--allocated-storage", "20", "--master-username", "root1", "--master-user-password", "practice1");
        await SetUpAsync("iam", "create-user", "--user-name", "alice");

        Assert.Null((await stage.ExecuteAsync("aws.s3.bucket-status", "bucket", "quarterly-reports")).Problem);
        Assert.Equal(["bucket-missing"], (await stage.ExecuteAsync("aws.s3.bucket-status", "bucket", "nobodys-reports")).Value.Findings.Select(f => f.Id));

        var database = (await stage.ExecuteAsync("aws.rds.instance-status", "database", "orders")).Value;
        Assert.Contains("database-available", database.Findings.Select(f => f.Id));
        Assert.Equal(("available", "20"), (database.Facts["database_state"], database.Facts["storage_gb"]));
        Assert.Equal(["database-missing"], (await stage.ExecuteAsync("aws.rds.instance-status", "database", "nothing")).Value.Findings.Select(f => f.Id));

        Assert.Contains("key-missing", (await stage.ExecuteAsync("aws.iam.access-keys", "user", "alice")).Value.Findings.Select(f => f.Id));
        await SetUpAsync("iam", "create-access-key", "--user-name", "alice");
        _clock.Advance(DateTimeOffset.UtcNow.AddDays(100) - _clock.GetUtcNow());
        Assert.Equal(["key-old", "key-active", "key-room"], (await stage.ExecuteAsync("aws.iam.access-keys", "user", "alice")).Value.Findings.Select(f => f.Id));
        Assert.Equal(["user-missing"], (await stage.ExecuteAsync("aws.iam.access-keys", "user", "nobody")).Value.Findings.Select(f => f.Id));
    }

    [Fact]
    public async Task An_address_where_nobody_answers_and_keys_that_are_missing_mean_that_nothing_happened()
    {
        using var nobody = await StageAsync(o => o with { EndpointUrl = new("http://127.0.0.1:1/") });
        Assert.Equal(ProblemCode.SystemUnavailable, (await nobody.ExecuteAsync("aws.ec2.reboot", "instance", "i-0123456789abcdef0")).Problem?.Code);
        using var keyless = await StageAsync(o => o with { CredentialsFile = "/dev/null" });
        Assert.Equal(ProblemCode.SystemUnavailable, (await keyless.ExecuteAsync("aws.ec2.reboot", "instance", "i-0123456789abcdef0")).Problem?.Code);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private async Task<AwsStage> StageAsync(Func<AwsCliOptions, AwsCliOptions>? change = null)
    {
        _program = AwsStage.Installed() ?? "";
        Assert.SkipWhen(_program.Length == 0, "The AWS CLI is not installed; apt-get install awscli, or pip install awscli and set ITOPS_AWS to the program.");
        _address = await moto.EmptyAsync();
        var credentials = Path.Combine(_folder.FullName, "credentials");
        await File.WriteAllTextAsync(credentials, $"[default]\naws_access_key_id = {AwsStage.Key}\naws_secret_access_key = practice\n", Token);
        var options = new AwsCliOptions(_program, "us-east-1", TimeSpan.FromSeconds(50)) { CredentialsFile = credentials, EndpointUrl = _address };
        return new AwsStage(change?.Invoke(options) ?? options, _clock);
    }

    private async Task<JsonElement> SetUpAsync(params string[] words)
    {
        var start = new ProcessStartInfo(_program, [.. words, "--output", "json", "--region", "us-east-1", "--endpoint-url", _address.ToString()]) { RedirectStandardOutput = true };
        (start.Environment["AWS_ACCESS_KEY_ID"], start.Environment["AWS_SECRET_ACCESS_KEY"]) = (AwsStage.Key, "practice");
        using var process = Process.Start(start)!;
        var text = await process.StandardOutput.ReadToEndAsync(Token);
        await process.WaitForExitAsync(Token);
        Assert.Equal(0, process.ExitCode);
        return JsonDocument.Parse(text.Length == 0 ? "{}" : text).RootElement;
    }
}
