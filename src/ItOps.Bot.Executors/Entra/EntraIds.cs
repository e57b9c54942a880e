namespace ItOps.Bot.Executors.Entra;

/// <summary>Object ids are GUIDs. Anything else never becomes part of an address.</summary>
internal static class EntraIds
{
    /// <summary>In the one form in which ids are compared and stored; none when it is no id.</summary>
    public static string? Read(string? text) => Guid.TryParseExact(text, "D", out var id) ? id.ToString("D") : null;

    /// <summary>
    /// The objectGUID of the Active Directory object that a user is synchronised from: the immutable id is its sixteen bytes in base64. None when it is something else.
    /// </summary>
    public static string? FromImmutable(string? immutableId)
    {
        Span<byte> bytes = stackalloc byte[18];
        return immutableId is { Length: 24 } && Convert.TryFromBase64String(immutableId, bytes, out var written) && written == 16
            ? new Guid(bytes[..16]).ToString("D")
            : null;
    }

    public static string ToImmutable(Guid objectGuid) => Convert.ToBase64String(objectGuid.ToByteArray());
}
