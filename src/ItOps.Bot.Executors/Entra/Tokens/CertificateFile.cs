using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ItOps.Bot.Executors.Http;

namespace ItOps.Bot.Executors.Entra.Tokens;

/// <summary>The app's certificate with its private key, as PKCS#12 or PEM.</summary>
internal static class CertificateFile
{
    /// <exception cref="SettingException">There is no such file, or it does not open.</exception>
    public static X509Certificate2 Load(ExecutorSettings settings)
    {
        var (path, password) = (settings.Needed("CertificatePath"), settings.Optional("CertificatePassword"));
        try
        {
            if (X509Certificate2.GetCertContentType(path) == X509ContentType.Pkcs12)
                return X509CertificateLoader.LoadPkcs12FromFile(path, password);
            return password is null ? X509Certificate2.CreateFromPemFile(path) : X509Certificate2.CreateFromEncryptedPemFile(path, password);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw settings.Wrong("CertificatePath", $"is '{path}', which does not open as a certificate with its private key ({SaidText.Of(e.Message).TrimEnd('.')}); check it and CertificatePassword");
        }
    }
}
