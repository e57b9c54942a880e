using ItOps.Bot.Knowledge.Embedded.Language;
using ItOps.Bot.Knowledge.Embedded.Ranking;

namespace ItOps.Bot.Knowledge.Embeddings;

/// <summary>What a text consists of for the built-in embedder, each with its weight.</summary>
internal static class TextFeatures
{
    private const float Kind = 0.35f;
    private const float WiderKind = 0.2f;
    private const float Said = 0.3f;
    private const float Letters = 0.5f;
    private const float Neighbours = 0.4f;
    private const float Guess = 0.7f;

    public static IEnumerable<(string Feature, float Weight)> Of(string text)
    {
        var features = new Dictionary<string, float>(StringComparer.Ordinal);
        var (meant, _) = Negation.Split(Tokenizer.Tokens(Boilerplate.Without(text)));
        var tokens = meant.ConvertAll(Respelled);
        Reading? before = null;
        foreach (var reading in Vocabulary.Default.Read(tokens))
        {
            var weight = Weight(reading.Class) * reading.Likeness;
            Put(features, "m:" + reading.Meaning, weight);
            var kinds = Vocabulary.Default.Find(reading.Meaning)?.Kinds ?? [];
            if (kinds.Length > 0)
                Put(features, "m:" + kinds[0], weight * Kind);
            if (kinds.Length > 1)
                Put(features, "m:" + kinds[1], weight * WiderKind);
            Put(features, "w" + reading.Surface, weight * Said);
            if (before is { } last && last.Clause == reading.Clause)
                Put(features, $"n:{last.Meaning} {reading.Meaning}", Neighbours * Math.Min(weight, Weight(last.Class)));
            before = reading;
        }

        foreach (var token in meant.Where(IsStrange))
            AddLetters(features, token.Word);
        return features.Select(f => (f.Key, f.Value));
    }

    private static void Put(Dictionary<string, float> features, string feature, float weight) =>
        features[feature] = Math.Max(features.GetValueOrDefault(feature), weight);

    private static void AddLetters(Dictionary<string, float> features, string word)
    {
        var padded = $"^{word}$";
        var weight = Letters / MathF.Sqrt(padded.Length - 2);
        for (var i = 0; i + 3 <= padded.Length; i++)
            Put(features, $"t:{padded.AsSpan(i, 3)}", weight);
    }

    private static Token Respelled(Token token)
    {
        if (!IsStrange(token) || !token.Word.All(char.IsAsciiLetter))
            return token;
        if ((SpellingIndex.OfVocabulary.Nearest(token.Word) ?? SpellingIndex.OfVocabulary.Nearest(token.Stem)) is { Length: > 4 } nearest)
            return token.As(nearest, WordMatch.Respelled, Guess);
        return TrigramIndex.OfVocabulary.Nearest(token.Word) is { } similar ? token.As(similar.Word, WordMatch.Similar, Guess * similar.Likeness) : token;
    }

    private static bool IsStrange(Token token) => WordClasses.OfListed(token.Stem) == WordClass.Unknown && !Vocabulary.Default.Knows(token);

    private static float Weight(WordClass wordClass) => wordClass switch
    {
        WordClass.Stop => 0.04f,
        WordClass.Trouble => 0.25f,
        WordClass.Intent => 0.3f,
        WordClass.Common or WordClass.Generic => 0.3f,
        WordClass.Thing => 1,
        WordClass.Symptom => 0.9f,
        WordClass.Known => 0.6f,
        _ => 0.7f,
    };
}
