namespace ItOps.Bot.Executors.Ssh;

/// <summary>Files with the keys that hosts are believed by, one host each, in a folder that only the bot's user can read.</summary>
internal sealed class PinnedKeys : IDisposable
{
    private readonly Lock _gate = new();
    private DirectoryInfo? _folder;

    /// <summary>Written anew where something cleaned it away.</summary>
    public string FileOf(SshHostOptions host)
    {
        if (host.HostKey is not { } key)
            return host.KnownHosts!;
        lock (_gate)
        {
            if (_folder is null || !Directory.Exists(_folder.FullName))
                _folder = Directory.CreateTempSubdirectory("itops-hosts-");
            var file = Path.Combine(_folder.FullName, host.Name);
            if (!File.Exists(file))
                File.WriteAllText(file, $"{host.Name} {key}\n");
            return file;
        }
    }

    public void Dispose() => _folder?.Delete(recursive: true);
}
