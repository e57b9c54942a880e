namespace ItOps.Bot.Host.Commands.Runbooks;

/// <summary>Where a command writes: nothing of anybody's is overwritten.</summary>
internal static class NewPlace
{
    public static void Folder(string path, string called)
    {
        if (File.Exists(path) || (Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any()))
            throw new RunbooksException($"{called} is '{path}', where something is already; name a folder that is new or empty.");
        Directory.CreateDirectory(path);
    }

    public static void OneFile(string path, byte[] content, string called)
    {
        if (Path.Exists(path))
            throw new RunbooksException($"{called} is '{path}', where something is already; name a file that is new.");
        File.WriteAllBytes(path, content);
    }
}
