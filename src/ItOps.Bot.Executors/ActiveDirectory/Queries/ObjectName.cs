namespace ItOps.Bot.Executors.ActiveDirectory.Queries;

/// <summary>Names by which the directory finds one object whatever it is called and wherever it lies (MS-ADTS 3.1.1.3.1.2.4).</summary>
internal static class ObjectName
{
    /// <summary>None unless the id is written exactly as the bot writes ids.</summary>
    public static string? Of(string objectId) =>
        Guid.TryParseExact(objectId, "D", out var guid) && guid.ToString("D") == objectId ? $"<GUID={objectId}>" : null;

    public static byte[] Bytes(string objectId) => Guid.ParseExact(objectId, "D").ToByteArray();
}
