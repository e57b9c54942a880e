using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Knowledge.Chroma;

/// <summary>The texts of one runbook that get a vector each, and a hash of all that is kept of it: what has the same hash is not embedded again.</summary>
internal sealed record IndexedRunbook(Runbook Runbook, IReadOnlyList<string> Texts, string Hash)
{
    public string Id => Runbook.Id;

    public static IndexedRunbook Of(Runbook runbook)
    {
        List<string> texts = [runbook.Title, .. runbook.Utterances.Append(runbook.Summary).Where(t => !string.IsNullOrWhiteSpace(t) && t != runbook.Title).Distinct(StringComparer.Ordinal)];
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in texts.Prepend(runbook.Category).Prepend(runbook.Version.ToString(CultureInfo.InvariantCulture)).Prepend(runbook.Id))
        {
            var bytes = Encoding.UTF8.GetBytes(part);
            hash.AppendData(BitConverter.GetBytes(bytes.Length));
            hash.AppendData(bytes);
        }

        return new(runbook, texts, Convert.ToHexStringLower(hash.GetHashAndReset())[..32]);
    }

    public IEnumerable<ChromaVector> Vectors(IEnumerable<float[]> embedded) => embedded.Select((vector, i) => new ChromaVector(
        string.Create(CultureInfo.InvariantCulture, $"{Id}#{i}"), vector, new(Id, i, Texts.Count, Hash, Runbook.Version, Runbook.Category)));
}
