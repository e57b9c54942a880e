using System.Security.Cryptography;

namespace ItOps.Bot;

/// <summary>Makes identifiers: opaque and time-ordered for records, short and speakable for requests.</summary>
public static class Id
{
    // Crockford's base 32 without U: nothing that is misread aloud or spells a word.
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <summary>A UUID version 7 (RFC 9562) as 32 lower-case hexadecimal digits.</summary>
    public static string New(TimeProvider time) => Guid.CreateVersion7(time.GetUtcNow()).ToString("N");

    /// <summary>A number that a person can read out, such as <c>IT-7K2QD</c>; 33 million of them.</summary>
    public static string NewRequestNumber() => "IT-" + RandomNumberGenerator.GetString(Alphabet, 5);
}
