using System.Security.Cryptography;
using System.Text;
using ItOps.Bot.Knowledge.Embedded.Language;

namespace ItOps.Bot.Knowledge.Embeddings;

/// <summary>
/// Vectors without a model and without a network, from what the bot knows about words of IT in four languages: what a word means, what that is a kind of, the word
/// itself, neighbours, and for strange words their letters. What a word weighs depends on no library, so a vector stays what it is when runbooks change.
/// </summary>
internal sealed class BuiltInEmbedder : IEmbedder
{
    private const int Length = 512;

    // Raise the number whenever the same text gets another vector although the lists stayed the same.
    private static readonly string s_version = "1-" + Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', ((string[])["vocabulary.txt", "words.txt"]).SelectMany(EmbeddedText.Lines)))))[..8];

    public string Model => "built-in";

    /// <summary>With what the vectors are made from: another word in a list makes other vectors.</summary>
    public string Version => s_version;

    public int? Dimensions => Length;

    public Task<IReadOnlyList<float[]>> EmbedAsync(IReadOnlyList<string> texts, EmbeddingUse use, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<float[]>>([.. texts.Select(Embed)]);

    public static float[] Embed(string text)
    {
        var vector = new float[Length];
        foreach (var (feature, weight) in TextFeatures.Of(text))
            Add(vector, feature, weight);
        var norm = MathF.Sqrt(vector.Sum(v => v * v));

        // A text without a word that says anything is like nothing; Chroma takes no vector of zeros for a direction.
        if (norm == 0)
            (vector[0], norm) = (1, 1);
        for (var i = 0; i < Length; i++)
            vector[i] /= norm;
        return vector;
    }

    /// <summary>Each feature at two places, with a sign each: two features that meet by accident at one of them cancel out as often as they add up.</summary>
    private static void Add(float[] vector, string feature, float weight)
    {
        var hash = Hash(feature);
        for (var place = 0; place < 2; place++)
        {
            var part = (uint)(hash >> (32 * place));
            vector[part % Length] += (part & 0x8000_0000) == 0 ? weight : -weight;
        }
    }

    /// <summary>FNV-1a with a last stir, the same in every process.</summary>
    private static ulong Hash(string feature)
    {
        var hash = 14695981039346656037;
        foreach (var c in feature)
            hash = unchecked((hash ^ c) * 1099511628211);
        hash ^= hash >> 33;
        hash = unchecked(hash * 0xff51afd7ed558ccd);
        return hash ^ (hash >> 33);
    }
}
