using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ItOps.Bot.Testing.Chroma;

/// <summary>
/// As much of Chroma's v2 REST interface as a client of documents needs, in memory, with what the server refuses: names, vectors of another length, missing collections,
/// too many records at once. The same tests run against the real one.
/// </summary>
public sealed class FakeChroma : IAsyncDisposable
{
    private const int MostAtOnce = 5_461;

    private readonly WebApplication _app;
    private readonly Lock _gate = new();
    private readonly List<Collection> _collections = [];

    private FakeChroma(WebApplication app) => _app = app;

    public Uri Url => new(_app.Urls.Single() + "/");

    /// <summary>Every page of a list is the first one.</summary>
    public bool IgnoresOffset { get; set; }

    public static async Task<FakeChroma> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var fake = new FakeChroma(app);
        app.MapGet("/api/v2/version", () => Results.Json("1.0.0"));
        app.MapGet("/api/v2/heartbeat", () => Results.Json(new { heartbeat = 1 }));
        var database = app.MapGroup("/api/v2/tenants/default_tenant/databases/default_database");
        database.MapGet("", () => Results.Json(new { id = Guid.NewGuid(), name = "default_database", tenant = "default_tenant" }));
        var collections = database.MapGroup("collections");
        collections.MapPost("", (JsonObject body) => fake.Locked(() => fake.Create(body)));
        collections.MapGet("/{name}", (string name) => fake.Locked(() => fake.Named(name, c => Results.Json(c.Shape))));
        collections.MapDelete("/{name}", (string name) => fake.Locked(() => fake.Named(name, c => Done(() => fake._collections.Remove(c)))));
        collections.MapGet("/{id}/count", (string id) => fake.Locked(() => fake.WithId(id, c => Results.Json(c.Records.Count))));
        collections.MapPost("/{id}/upsert", (string id, JsonObject body) => fake.Locked(() => fake.WithId(id, c => Upsert(c, body))));
        collections.MapPost("/{id}/get", (string id, JsonObject body) => fake.Locked(() => fake.WithId(id, c => fake.Get(c, body))));
        collections.MapPost("/{id}/delete", (string id, JsonObject body) => fake.Locked(() => fake.WithId(id, c => Delete(c, body))));
        collections.MapPost("/{id}/query", (string id, JsonObject body) => fake.Locked(() => fake.WithId(id, c => Query(c, body))));
        await app.StartAsync();
        return fake;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private sealed record Record(string Id, float[] Vector, JsonObject Metadata);

    private sealed class Collection(string name, JsonNode? metadata)
    {
        public string Id { get; } = Guid.NewGuid().ToString();

        public string Name => name;

        public int? Dimension { get; set; }

        public Dictionary<string, Record> Records { get; } = [];

        public object Shape => new { id = Id, name, metadata, dimension = Dimension, tenant = "default_tenant", database = "default_database" };
    }

    private IResult Locked(Func<IResult> answer)
    {
        lock (_gate)
            return answer();
    }

    private static IResult Done(Action act)
    {
        act();
        return Results.Json(new { });
    }

    private static IResult Invalid(string message) => Results.Json(new { error = "InvalidArgumentError", message }, statusCode: 400);

    private static IResult Missing(string what) => Results.Json(new { error = "NotFoundError", message = $"Collection [{what}] does not exist" }, statusCode: 404);

    private IResult Named(string name, Func<Collection, IResult> answer) => _collections.Find(c => c.Name == name) is { } found ? answer(found) : Missing(name);

    private IResult WithId(string id, Func<Collection, IResult> answer) =>
        !Guid.TryParse(id, out _) ? Invalid("Collection ID is not a valid UUIDv4") : _collections.Find(c => c.Id == id) is { } found ? answer(found) : Missing(id);

    private IResult Create(JsonObject body)
    {
        var name = (string)body["name"]!;
        if (name.Length is < 3 or > 512 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-') || !char.IsAsciiLetterOrDigit(name[0]) || !char.IsAsciiLetterOrDigit(name[^1]))
            return Invalid("Validation error: name: Expected a name containing 3-512 characters from [a-zA-Z0-9._-]");
        if (_collections.Find(c => c.Name == name) is { } there)
            return (bool?)body["get_or_create"] == true ? Results.Json(there.Shape) : Results.Json(new { error = "UniqueConstraintError", message = "exists" }, statusCode: 409);
        _collections.Add(new(name, body["metadata"]?.DeepClone()));
        return Results.Json(_collections[^1].Shape);
    }

    private static IResult Upsert(Collection collection, JsonObject body)
    {
        var ids = body["ids"]!.AsArray().Select(i => (string)i!).ToList();
        var vectors = body["embeddings"]!.AsArray().Select(v => v!.Deserialize<float[]>()!).ToList();
        if (ids.Count != vectors.Count || ids.Count > MostAtOnce || ids.Distinct().Count() != ids.Count)
            return Invalid("ids and embeddings");
        var length = collection.Dimension ?? vectors[0].Length;
        if (vectors.Find(v => v.Length != length) is { } other)
            return Invalid($"Collection expecting embedding with dimension of {length}, got {other.Length}");
        collection.Dimension = length;
        for (var i = 0; i < ids.Count; i++)
            collection.Records[ids[i]] = new(ids[i], vectors[i], body["metadatas"]?[i]?.DeepClone().AsObject() ?? []);
        return Results.Json(new { });
    }

    private IResult Get(Collection collection, JsonObject body)
    {
        var found = collection.Records.Values.Where(r => Holds(body["where"], r.Metadata)).Skip(IgnoresOffset ? 0 : (int?)body["offset"] ?? 0).Take((int?)body["limit"] ?? int.MaxValue).ToList();
        return Results.Json(new { ids = found.Select(r => r.Id), metadatas = found.Select(r => r.Metadata) });
    }

    private static IResult Delete(Collection collection, JsonObject body)
    {
        var ids = body["ids"]?.AsArray().Select(i => (string)i!).ToHashSet();
        foreach (var record in collection.Records.Values.Where(r => ids is not null ? ids.Contains(r.Id) : Holds(body["where"], r.Metadata)).ToList())
            collection.Records.Remove(record.Id);
        return Results.Json(new { });
    }

    private static IResult Query(Collection collection, JsonObject body)
    {
        var vector = body["query_embeddings"]![0]!.Deserialize<float[]>()!;
        if (collection.Dimension is { } length && vector.Length != length)
            return Invalid($"Collection expecting embedding with dimension of {length}, got {vector.Length}");
        var found = collection.Records.Values.Where(r => Holds(body["where"], r.Metadata)).Select(r => (Record: r, Distance: 1 - Cosine(vector, r.Vector)))
            .OrderBy(r => r.Distance).Take((int?)body["n_results"] ?? 10).ToList();
        return Results.Json(new { ids = new[] { found.Select(f => f.Record.Id) }, metadatas = new[] { found.Select(f => f.Record.Metadata) }, distances = new[] { found.Select(f => f.Distance) } });
    }

    private static double Cosine(float[] a, float[] b)
    {
        double dot = 0, aa = 0, bb = 0;
        for (var i = 0; i < a.Length; i++)
            (dot, aa, bb) = (dot + (a[i] * b[i]), aa + (a[i] * a[i]), bb + (b[i] * b[i]));
        return dot / Math.Sqrt(aa * bb);
    }

    private static bool Holds(JsonNode? where, JsonObject metadata)
    {
        if (where is not JsonObject conditions)
            return true;
        var (field, condition) = conditions.Single();
        if (field == "$and")
            return condition!.AsArray().All(c => Holds(c, metadata));
        var (test, value) = condition!.AsObject().Single();
        return test switch
        {
            "$eq" => JsonNode.DeepEquals(metadata[field], value),
            "$in" => value!.AsArray().Any(v => JsonNode.DeepEquals(metadata[field], v)),
            "$nin" => value!.AsArray().All(v => !JsonNode.DeepEquals(metadata[field], v)),
            _ => throw new InvalidOperationException(test),
        };
    }
}
