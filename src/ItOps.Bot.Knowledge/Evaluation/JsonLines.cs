using System.Text.Json;

namespace ItOps.Bot.Knowledge.Evaluation;

/// <summary>Reads a file of one JSON object per line; empty lines are skipped.</summary>
internal static class JsonLines
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <exception cref="EvaluationFileException">The file is missing, empty, or one of its lines is not what it should be.</exception>
    public static IReadOnlyList<T> Read<T>(string path, string expectation)
    {
        if (!File.Exists(path))
            throw new EvaluationFileException($"{path}: there is no such file");

        var items = new List<T>();
        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
                continue;

            try
            {
                items.Add(JsonSerializer.Deserialize<T>(line, Options) ?? throw new JsonException("null"));
            }
            catch (JsonException)
            {
                throw new EvaluationFileException($"{path}:{number}: this is not {expectation}");
            }
        }

        return items.Count > 0 ? items : throw new EvaluationFileException($"{path}:1: the file is empty; expected {expectation} per line");
    }
}

/// <summary>A file to measure with cannot be used; the message names file and line.</summary>
public sealed class EvaluationFileException(string message) : OperatorException(message);
