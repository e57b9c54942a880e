using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ItOps.Bot.Channels.Teams;
using ItOps.Bot.Channels.Tests.Teams.Setup;
using ItOps.Bot.Testing.Teams;

namespace ItOps.Bot.Channels.Tests.Teams;

public sealed class TeamsOptionsTests
{
    [Theory]
    [InlineData("AppId", "", "Channels:Teams:AppId")]
    [InlineData("AppId", "itops", "Channels:Teams:AppId")]
    [InlineData("TenantId", "", "Channels:Teams:TenantId")]
    [InlineData("TenantId", "common", "Channels:Teams:TenantId")]
    [InlineData("TenantId", "5b0c9a1e-6f47-4d02-8c3a-71e2d94fb650,*", "Channels:Teams:TenantId")]
    [InlineData("ClientSecret", "", "Channels:Teams:ClientSecret")]
    [InlineData("ManagedIdentity", "system", "Channels:Teams:ManagedIdentity")]
    [InlineData("CertificatePath", "/no/such/file.pfx", "Channels:Teams:CertificatePath")]
    [InlineData("OpenIdMetadata", "http://login.example.com/keys", "Channels:Teams:OpenIdMetadata")]
    [InlineData("OpenIdMetadata", "ftp://127.0.0.1/keys", "Channels:Teams:OpenIdMetadata")]
    [InlineData("TokenAuthority", "http://login.example.com/", "Channels:Teams:TokenAuthority")]
    [InlineData("AllowUnauthenticatedLoopback", "maybe", "Channels:Teams:AllowUnauthenticatedLoopback")]
    public async Task A_setting_that_is_missing_or_wrong_stops_the_start_by_name(string key, string value, string named)
    {
        await using var teams = await FakeBotConnector.StartAsync(TimeProvider.System);

        var refused = Assert.Throws<SettingException>(() => TeamsHost.Options(teams, new() { [key] = value }));

        Assert.StartsWith(named, refused.Message);
        Assert.DoesNotContain(FakeBotConnector.ClientSecret, refused.Message);
    }

    [Fact]
    public async Task In_Production_even_a_loopback_address_needs_TLS()
    {
        await using var teams = await FakeBotConnector.StartAsync(TimeProvider.System);

        var refused = Assert.Throws<SettingException>(() => TeamsHost.Options(teams, [], isDevelopment: false));

        Assert.Contains("must be an absolute https address", refused.Message);
    }

    [Fact]
    public async Task Without_settings_of_its_own_the_platforms_addresses_are_used()
    {
        await using var teams = await FakeBotConnector.StartAsync(TimeProvider.System);

        var options = TeamsHost.Options(teams, new() { ["OpenIdMetadata"] = "", ["TokenAuthority"] = "" }, isDevelopment: false);

        Assert.Equal("https://login.botframework.com/v1/.well-known/openidconfiguration", options.OpenIdMetadata.AbsoluteUri);
        Assert.Equal("https://login.microsoftonline.com/", options.TokenAuthority.AbsoluteUri);
        Assert.False(options.MaySpeakTo(new("http://127.0.0.1:9/")));
        Assert.DoesNotContain(FakeBotConnector.ClientSecret, options.ToString());
    }

    [Theory]
    [InlineData("system", null)]
    [InlineData("6f1d0c52-8a3b-4e7f-9c21-d05b7e8a4310", "6f1d0c52-8a3b-4e7f-9c21-d05b7e8a4310")]
    public async Task A_managed_identity_is_the_systems_or_a_named_one(string value, string? clientId)
    {
        await using var teams = await FakeBotConnector.StartAsync(TimeProvider.System);

        var options = TeamsHost.Options(teams, new() { ["ClientSecret"] = "", ["ManagedIdentity"] = value });

        Assert.Equal(new ManagedIdentity(clientId), options.Credential);
    }

    [Theory]
    [InlineData(true, "right")]
    [InlineData(true, null)]
    [InlineData(false, null)]
    public async Task A_certificate_gets_the_token_as_well(bool isPkcs12, string? password)
    {
        var file = Path.GetTempFileName();
        try
        {
            using var key = RSA.Create(2048);
            using var certificate = new CertificateRequest("CN=itops", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
                .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
            await (isPkcs12
                ? File.WriteAllBytesAsync(file, certificate.Export(X509ContentType.Pkcs12, password), TestContext.Current.CancellationToken)
                : File.WriteAllTextAsync(file, certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem(), TestContext.Current.CancellationToken));
            await using var host = await TeamsHost.StartAsync(new() { ["ClientSecret"] = "", ["CertificatePath"] = file, ["CertificatePassword"] = password });
            await host.Alice.Says("hello");

            await host.SayAsync(host.Alice, new("Signed."));

            Assert.Single(host.Alice.Chat.Posted);
            if (password is not null)
                Assert.Contains("CertificatePassword", (await Assert.ThrowsAsync<SettingException>(() => TeamsHost.StartAsync(new() { ["ClientSecret"] = "", ["CertificatePath"] = file, ["CertificatePassword"] = "wrong" }))).Message);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
