using System.IO.Compression;
using System.Text;

namespace ItOps.Bot.Host.Manifests;

/// <summary>The Teams app as it is uploaded: the manifest, filled in, and its two icons in one zip. The same input gives the same bytes.</summary>
internal static class TeamsPackage
{
    /// <summary>The earliest that a zip can say.</summary>
    private static readonly DateTimeOffset Timestamp = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <exception cref="ManifestException">The app id or the host cannot be right.</exception>
    public static byte[] Create(string appId, string host)
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(zip, "manifest.json", Encoding.UTF8.GetBytes(Manifest(appId, host)));
            Add(zip, "color.png", ManifestFiles.Bytes("teams/color.png"));
            Add(zip, "outline.png", ManifestFiles.Bytes("teams/outline.png"));
        }

        return memory.ToArray();
    }

    public static string Manifest(string appId, string host)
    {
        if (!Guid.TryParseExact(appId, "D", out var id) || id == Guid.Empty)
            throw new ManifestException($"--app-id is '{appId}'; write the application (client) id of the app registration in Entra, such as 8f14e45f-ceea-4672-9f0c-6d3a8d8b7a11.");
        return ManifestFiles.Text("teams/manifest.json")
            .Replace("${{APP_ID}}", id.ToString("D"), StringComparison.Ordinal)
            .Replace("${{HOST}}", ManifestFiles.Host(host), StringComparison.Ordinal);
    }

    private static void Add(ZipArchive zip, string name, byte[] content)
    {
        var entry = zip.CreateEntry(name, CompressionLevel.Optimal);
        entry.LastWriteTime = Timestamp;
        using var stream = entry.Open();
        stream.Write(content);
    }
}
