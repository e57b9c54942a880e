namespace ItOps.Bot.Knowledge.Chroma;

/// <summary>A collection as the server knows it. <paramref name="Dimension"/> is none until it holds a vector.</summary>
internal sealed record ChromaCollection(string Id, string Name, int? Dimension, ChromaCollectionMetadata? Metadata);

/// <param name="Owner">Who made the collection; what somebody else made is left alone.</param>
internal sealed record ChromaCollectionMetadata(string? Owner, string? Model, string? Version);

/// <summary>One vector with what is known of it.</summary>
internal sealed record ChromaVector(string Id, float[] Vector, ChromaMetadata Metadata);

/// <param name="Of">How many vectors the runbook has.</param>
internal sealed record ChromaMetadata(string? Runbook, int Ordinal, int Of, string? Hash, int Version, string? Category);

/// <summary>A record without its vector.</summary>
internal sealed record ChromaEntry(string Id, ChromaMetadata Metadata);

/// <param name="Distance">One minus the cosine.</param>
internal sealed record ChromaHit(string Id, ChromaMetadata Metadata, double Distance);

internal sealed record GetAnswer(IReadOnlyList<string>? Ids, IReadOnlyList<ChromaMetadata?>? Metadatas);

internal sealed record QueryAnswer(IReadOnlyList<IReadOnlyList<string>?>? Ids, IReadOnlyList<IReadOnlyList<ChromaMetadata?>?>? Metadatas, IReadOnlyList<IReadOnlyList<double?>?>? Distances);

internal sealed record ErrorAnswer(string? Error, string? Message);

/// <summary>Conditions on metadata, as Chroma writes them.</summary>
internal static class Where
{
    public static object Is(string field, object value) => new Dictionary<string, object> { [field] = new Dictionary<string, object> { ["$eq"] = value } };

    public static object IsOneOf(string field, IEnumerable<string> values) => new Dictionary<string, object> { [field] = new Dictionary<string, object> { ["$in"] = values } };

    public static object IsNoneOf(string field, IEnumerable<string> values) => new Dictionary<string, object> { [field] = new Dictionary<string, object> { ["$nin"] = values } };

    public static object All(params object[] conditions) => new Dictionary<string, object> { ["$and"] = conditions };
}
