namespace ItOps.Bot.Knowledge.Embeddings;

/// <summary>Turns texts into vectors of one length, so that texts that mean the same point the same way. Vectors of two models, or versions, have nothing to do with each other.</summary>
internal interface IEmbedder
{
    /// <summary>Such as "built-in" or "text-embedding-3-small".</summary>
    string Model { get; }

    /// <summary>Raised whenever the same text would get another vector.</summary>
    string Version { get; }

    /// <summary>How long a vector is; none until the first answer says it.</summary>
    int? Dimensions { get; }

    /// <returns>A vector of length 1 for each text, in their order.</returns>
    /// <param name="use">How long it may take: somebody waits for a question, and for documents nobody does.</param>
    /// <exception cref="EmbeddingFailedException">There are none, whatever the reason.</exception>
    Task<IReadOnlyList<float[]>> EmbedAsync(IReadOnlyList<string> texts, EmbeddingUse use, CancellationToken cancellationToken);
}

internal enum EmbeddingUse { Question, Documents }

/// <summary>The message is for whoever operates the bot.</summary>
internal sealed class EmbeddingFailedException(string message, Exception? inner = null) : OperatorException(message, inner)
{
    /// <summary>The endpoint did not take the text that it was given, and may well take another one.</summary>
    public bool IsOfText { get; init; }
}
