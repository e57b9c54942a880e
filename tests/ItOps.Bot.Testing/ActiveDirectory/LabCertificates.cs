using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ItOps.Bot.Testing.ActiveDirectory;

/// <summary>Authorities and the certificates that they issue, as PEM files.</summary>
public static class LabCertificates
{
    private static readonly DateTimeOffset s_until = new(2099, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset s_from = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Writes <c>name.pem</c>, and <c>name-dc.pem</c> with <c>name-dc.key</c> for a server of these names.</summary>
    /// <returns>The authority's file.</returns>
    public static string Issue(string folder, string name, string dnsName, params IReadOnlyList<IPAddress> addresses)
    {
        using var authorityKey = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name}", authorityKey, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        using var authority = request.CreateSelfSigned(s_from, s_until);

        using var key = RSA.Create(2048);
        var server = new CertificateRequest($"CN={dnsName}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(dnsName);
        foreach (var address in addresses)
            names.AddIpAddress(address);
        server.CertificateExtensions.Add(names.Build());
        server.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new("1.3.6.1.5.5.7.3.1")], critical: false));
        using var certificate = server.Create(authority, s_from, s_until, RandomNumberGenerator.GetBytes(8));

        File.WriteAllText(Path.Combine(folder, $"{name}-dc.pem"), certificate.ExportCertificatePem());
        var keyFile = Path.Combine(folder, $"{name}-dc.key");
        File.WriteAllText(keyFile, key.ExportPkcs8PrivateKeyPem());
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(keyFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var file = Path.Combine(folder, $"{name}.pem");
        File.WriteAllText(file, authority.ExportCertificatePem());
        return file;
    }
}
