namespace ItOps.Bot.Knowledge.Embedded.Language;

internal sealed partial class Vocabulary
{
    private static Vocabulary Load()
    {
        var vocabulary = new Vocabulary();
        var section = "";
        foreach (var line in EmbeddedText.Lines("vocabulary.txt"))
        {
            if (line.StartsWith('['))
                section = line[1..line.IndexOf(']', StringComparison.Ordinal)];
            else if (section is "codes" or "numbers")
                vocabulary.AddCodes(line, section == "numbers");
            else
                vocabulary.AddMeaning(line, Enum.Parse<WordClass>(section, ignoreCase: true));
        }

        foreach (var phrases in vocabulary._phrases.SelectMany(p => p.Values))
            phrases.Sort((a, b) => b.Keys.Length.CompareTo(a.Keys.Length));
        return vocabulary;
    }

    private void AddCodes(string line, bool numbers)
    {
        var (head, list) = Cut(line, ':');
        var meanings = head.Split(' ');
        foreach (var code in list.Split(',', StringSplitOptions.TrimEntries))
        {
            if (numbers)
                _codes.AddNumber(code, meanings);
            else
                _codes.Add(code, meanings);
        }
    }

    private void AddMeaning(string line, WordClass wordClass)
    {
        var (head, lists) = Cut(line, ':');
        if (head.StartsWith("each ", StringComparison.Ordinal))
        {
            foreach (var product in lists.Split(',', StringSplitOptions.TrimEntries))
                AddPhrase(_meanings[product] = new Meaning(product, wordClass, head.Split(' ')[1..]), product, SpokenLanguage.English);
            return;
        }

        var (name, kinds) = Cut(head, '<');
        var meaning = new Meaning(name, wordClass, kinds.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        _meanings.Add(name, meaning);
        foreach (var list in lists.Split('|', StringSplitOptions.TrimEntries))
        {
            var language = list.Split(':')[0] switch
            {
                "de" => SpokenLanguage.German,
                "es" => SpokenLanguage.Spanish,
                "fr" => SpokenLanguage.French,
                _ => SpokenLanguage.English,
            };
            foreach (var text in (language == SpokenLanguage.English ? list : list[3..]).Split(',', StringSplitOptions.TrimEntries))
                AddPhrase(meaning, text, language);
        }
    }

    private void AddPhrase(Meaning meaning, string text, SpokenLanguage language)
    {
        var tokens = Tokenizer.Tokens(text);
        if (meaning.Name == "not")
            _negators.UnionWith(tokens.Select(t => t.Word));
        _words.UnionWith(tokens.Where(t => WordClasses.OfListed(t.Stem) != WordClass.Stop).Select(t => t.Word));
        var keys = tokens.ConvertAll(t => Key(t, language)).ToArray();
        var by = language != SpokenLanguage.English ? WordMatch.Translated
            : keys is [var only] && only == Stemmer.Stem(meaning.Name) ? WordMatch.Word : WordMatch.Synonym;
        var byFirst = _phrases[(int)language];
        var phrases = byFirst.TryGetValue(keys[0], out var list) ? list : byFirst[keys[0]] = [];
        if (!phrases.Exists(p => p.Keys.AsSpan().SequenceEqual(keys)))
            phrases.Add(new Phrase(keys, meaning, by));
    }

    private static (string Head, string Tail) Cut(string text, char at)
    {
        var index = text.IndexOf(at, StringComparison.Ordinal);
        return index < 0 ? (text.Trim(), "") : (text[..index].Trim(), text[(index + 1)..].Trim());
    }
}
