using System.Buffers;
using System.Security.Cryptography;
using ItOps.Bot.Secrets;

namespace ItOps.Bot.Accounts;

/// <summary>
/// Makes temporary passwords that a person can read off a screen and type: sixteen random characters in four blocks, such as <c>Kx7m-W?4t-Hn9q-3cRv</c>.
/// About 86 bits of entropy (NIST SP 800-63B asks for 20 of an issued secret).
/// </summary>
internal static class PasswordGenerator
{
    // No vowels, so that no word and hardly any name appears; of pairs that are misread (0O 1lI 2Z 5S 8B uv) at most one.
    internal const string Upper = "CDFGHJKLMNPQRTVWX";
    internal const string Lower = "cdfghjkmnpqrtvwx";
    internal const string Digits = "34679";
    internal const string Symbols = "?%#*";

    private const int Length = 16;
    private const int BlockLength = 4;

    private static readonly SearchValues<char> s_upper = SearchValues.Create(Upper);
    private static readonly SearchValues<char> s_lower = SearchValues.Create(Lower);
    private static readonly SearchValues<char> s_digits = SearchValues.Create(Digits);
    private static readonly SearchValues<char> s_symbols = SearchValues.Create(Symbols);

    public static Secret<string> Create()
    {
        // Drawing again until every class occurs keeps the accepted passwords equally likely; putting one of each class in would not.
        Span<char> characters = stackalloc char[Length];
        do
            RandomNumberGenerator.GetItems(Upper + Lower + Digits + Symbols, characters);
        while (!HasEveryClass(characters));

        var blocks = characters.ToArray().Chunk(BlockLength).Select(block => new string(block));
        return new Secret<string>(string.Join('-', blocks));
    }

    private static bool HasEveryClass(ReadOnlySpan<char> characters) =>
        characters.ContainsAny(s_upper) && characters.ContainsAny(s_lower) && characters.ContainsAny(s_digits) && characters.ContainsAny(s_symbols);
}
