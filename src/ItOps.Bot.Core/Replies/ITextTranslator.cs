using ItOps.Bot.People;

namespace ItOps.Bot.Replies;

/// <summary>Puts texts that are the same for everybody into a person's language. It never gets to see anything that is about a person.</summary>
public interface ITextTranslator
{
    /// <summary>In bounded time, and nothing is thrown for what fails: a text without a translation that can be trusted is left out.</summary>
    /// <param name="language">Two letters.</param>
    /// <param name="reader">Whose budget it is.</param>
    Task<IReadOnlyDictionary<string, string>> TranslateAsync(IReadOnlyCollection<string> texts, string language, PersonId reader, CancellationToken cancellationToken);
}
