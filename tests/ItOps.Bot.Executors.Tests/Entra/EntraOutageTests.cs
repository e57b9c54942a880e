using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ItOps.Bot.Executors.Http;
using ItOps.Bot.Testing.Entra;
using static ItOps.Bot.Executors.Tests.Entra.EntraStage;

namespace ItOps.Bot.Executors.Tests.Entra;

/// <summary>A busy platform, a lost answer, a token that is not to be had.</summary>
public sealed class EntraOutageTests
{
    private const string Password = "Kx7m-W?4t-Hn9q-3cRv";

    [Fact]
    public async Task A_busy_platform_is_waited_for_as_long_as_it_asks()
    {
        await using var stage = await StartAsync();
        var alice = stage.Tenant.AddUser("alice");
        var began = stage.Time.GetUtcNow();
        stage.Graph.Writes.Busy(TimeSpan.FromSeconds(7));
        stage.Graph.Writes.Away(TimeSpan.FromSeconds(3));
        stage.Graph.Writes.Busy();

        Assert.False((await stage.Directory.BlockAsync(Of(alice), Token)).Failed);

        Assert.Equal(TimeSpan.FromSeconds(7 + 3 + 4), stage.Time.GetUtcNow() - began);
        Assert.Single(stage.Tenant.Effects);
    }

    [Theory]
    [InlineData(1, 4)]
    [InlineData(600, 1)]
    public async Task A_platform_that_stays_busy_was_not_asked_in_the_end(int seconds, int calls)
    {
        await using var stage = await StartAsync();
        var alice = stage.Tenant.AddUser("alice");
        stage.Graph.Writes.Busy(TimeSpan.FromSeconds(seconds), times: 10);

        Assert.Equal(ProblemCode.SystemUnavailable, (await stage.Directory.BlockAsync(Of(alice), Token)).Problem!.Code);

        Assert.Equal(calls, stage.Graph.Requests.Count(r => r.StartsWith("PATCH", StringComparison.Ordinal)));
        Assert.Empty(stage.Tenant.Effects);
    }

    [Theory]
    [InlineData("502 after", 1)]
    [InlineData("500 before", 0)]
    [InlineData("cut after", 1)]
    [InlineData("cut before", 0)]
    public async Task Without_an_answer_nobody_claims_to_know(string how, int effects)
    {
        await using var stage = await StartAsync();
        var alice = stage.Tenant.AddUser("alice");
        var group = stage.Tenant.AddGroup("drive", alice.Id);
        Func<Task>[] changes =
        [
            () => stage.Directory.ResetPasswordAsync(Of(alice), new(Password), mustChange: true, Token),
            () => stage.Directory.RevokeSessionsAsync(Of(alice), Token),
            () => stage.Directory.RemoveMemberAsync(Of(group), Of(alice), Token),
            () => stage.Directory.AddMemberAsync(Of(stage.Tenant.AddGroup("other")), Of(alice), Token),
            () => stage.Directory.BlockAsync(Of(alice), Token),
        ];
        foreach (var change in changes)
        {
            var before = stage.Tenant.Effects.Count;
            switch (how)
            {
                case "502 after":
                    stage.Graph.Writes.FailAfterEffect();
                    break;
                case "500 before":
                    stage.Graph.Writes.Refuse(500, "Service_InternalServerError", "Encountered an internal server error.");
                    break;
                case "cut after":
                    stage.Graph.Writes.BreakOffAfterEffect();
                    break;
                default:
                    stage.Graph.Writes.BreakOffBeforeEffect();
                    break;
            }

            await Assert.ThrowsAnyAsync<Exception>(change);
            Assert.Equal(effects, stage.Tenant.Effects.Count - before);
        }

        Assert.Equal(5, stage.Graph.Requests.Count(r => !r.StartsWith("GET", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_token_that_is_not_taken_any_more_is_fetched_anew()
    {
        await using var stage = await StartAsync();
        var alice = stage.Tenant.AddUser("alice");
        await stage.Directory.ReadAsync(Of(alice), Token);
        stage.Graph.Tokens.RevokeAll();

        Assert.False((await stage.Directory.BlockAsync(Of(alice), Token)).Failed);
        Assert.Equal(2, stage.Graph.Tokens.Asked);
    }

    /// <summary>What the operator did not grant is refused, and the rest is done.</summary>
    [Fact]
    public async Task Without_the_permission_to_set_passwords_everything_else_is_done()
    {
        await using var stage = await StartAsync();
        var alice = stage.Tenant.AddUser("alice");
        stage.Graph.Tokens.Granted.Remove("User-PasswordProfile.ReadWrite.All");

        Assert.Equal(ProblemCode.PolicyRefused, (await stage.Directory.ResetPasswordAsync(Of(alice), new(Password), mustChange: true, Token)).Problem!.Code);
        Assert.False((await stage.Directory.RevokeSessionsAsync(Of(alice), Token)).Failed);
        Assert.Equal([new GraphEffect("revoke", alice.Id)], stage.Tenant.Effects);
    }

    [Fact]
    public async Task A_certificate_proves_the_app_as_well_as_a_secret()
    {
        using var key = RSA.Create(2048);
        using var certificate = new CertificateRequest("CN=itops", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), new(2099, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var folder = Directory.CreateTempSubdirectory("itops-entra-").FullName;
        var pem = Path.Combine(folder, "app.pem");
        await File.WriteAllTextAsync(pem, certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem(), Token);
        await using var stage = await StartAsync("ClientSecret=", $"CertificatePath={pem}");
        Directory.Delete(folder, recursive: true);
        var alice = stage.Tenant.AddUser("alice");

        Assert.False((await stage.Directory.BlockAsync(Of(alice), Token)).Failed);
    }

    [Fact]
    public async Task Without_a_token_nothing_is_sent_and_the_reason_is_named()
    {
        await using var stage = await StartAsync();
        var alice = stage.Tenant.AddUser("alice");
        stage.Graph.Tokens.Refuses = true;

        var thrown = await Assert.ThrowsAsync<NotSentException>(() => stage.Directory.ReadAsync(Of(alice), Token));

        Assert.Contains("AADSTS7000222", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("Executors:Entra:ClientSecret", stage.Check.Problem, StringComparison.Ordinal);
        Assert.DoesNotContain(FakeGraph.ClientSecret, thrown.ToString(), StringComparison.Ordinal);
        Assert.Empty(stage.Graph.Requests);
    }

    [Fact]
    public async Task The_token_goes_nowhere_else_even_if_an_answer_says_so()
    {
        await using var stage = await StartAsync();
        stage.Tenant.AddUser("alice");
        stage.Tenant.AddUser("bob");
        stage.Graph.PageSize = 1;
        stage.Graph.NextPages = new("http://127.0.0.2:9/");

        var thrown = await Assert.ThrowsAsync<NotSentException>(() => stage.People.AllAsync(Token));

        Assert.StartsWith("127.0.0.2:9 is not 127.0.0.1", thrown.Message, StringComparison.Ordinal);
        Assert.Single(stage.Graph.Requests);
    }

    [Fact]
    public async Task A_platform_that_is_not_there_was_not_asked()
    {
        var stage = await StartAsync();
        var alice = stage.Tenant.AddUser("alice");
        await stage.Directory.ReadAsync(Of(alice), Token);
        await stage.Graph.DisposeAsync();

        await Assert.ThrowsAsync<NotSentException>(() => stage.Directory.BlockAsync(Of(alice), Token));
    }
}
