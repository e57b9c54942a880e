namespace ItOps.Bot.Host.Manifests;

/// <summary>The folder <c>manifests/</c>, beside the binary like the data.</summary>
internal static class ManifestFiles
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "manifests");

    public static string Text(string name) => File.ReadAllText(Path.Combine(Folder, name));

    public static byte[] Bytes(string name) => File.ReadAllBytes(Path.Combine(Folder, name));

    /// <exception cref="ManifestException">It is no name of a host that a chat platform can call.</exception>
    public static string Host(string given) =>
        Uri.CheckHostName(given) == UriHostNameType.Dns && given.Contains('.', StringComparison.Ordinal) && !given.EndsWith('.') && given.Length <= 253
            ? given.ToLowerInvariant()
            : throw new ManifestException($"--host is '{given}'; write the name alone at which the platform reaches the bot over https, such as itops.example.com.");
}

/// <summary>What was given to fill a manifest with cannot be right; the message names it.</summary>
internal sealed class ManifestException(string message) : OperatorException(message);
