using System.Globalization;
using ItOps.Bot.Chaos.Histories;
using ItOps.Bot.Chaos.Matrix;
using ItOps.Bot.Chaos.Matrix.Targets;

const string Usage = "usage: ItOps.Bot.Chaos matrix [--directory D] [--story S] [--point P] [--requests N] | histories [--requests N] [--seed S]";

try
{
    return args switch
    {
        ["matrix", .. var rest] => await CrashMatrix.RunAsync(Matrix(Options(rest, "--directory", "--story", "--point", "--requests"))),
        ["histories", .. var rest] when Options(rest, "--requests", "--seed") is var options => await ApprovalHistories.RunAsync(Number(options, "--requests"), Number(options, "--seed")),
        // Only the matrix starts these two.
        ["child-dies", var folder, var point] => await StoryChild.PlayAsync(folder, Enum.Parse<KillPoint>(point)),
        ["child-recovers", var folder] => await StoryChild.RecoverAsync(folder),
        _ => throw new ArgumentException(args.Length == 0 ? Usage : $"'{args[0]}' is not known here; {Usage}"),
    };
}
catch (ArgumentException wrong)
{
    await Console.Error.WriteLineAsync(wrong.Message);
    return 1;
}

static MatrixOptions Matrix(Dictionary<string, string> options) => new(
    OneOf(options, "--directory", TargetKind.All.Select(k => k.Name)),
    OneOf(options, "--story", StoryPlay.All.Select(s => s.Name)),
    OneOf(options, "--point", Enum.GetNames<KillPoint>()) is { } point ? Enum.Parse<KillPoint>(point) : null,
    Number(options, "--requests") ?? 1);

static Dictionary<string, string> Options(string[] rest, params string[] known)
{
    if (rest.Length % 2 != 0 || rest.Where((_, i) => i % 2 == 0).Any(option => !known.Contains(option)))
        throw new ArgumentException(Usage);
    return rest.Chunk(2).ToDictionary(pair => pair[0], pair => pair[1]);
}

static string? OneOf(Dictionary<string, string> options, string name, IEnumerable<string> values) =>
    !options.TryGetValue(name, out var value) || values.Contains(value) ? value : throw new ArgumentException($"{name} is one of {string.Join(", ", values)}.");

static int? Number(Dictionary<string, string> options, string name) =>
    !options.TryGetValue(name, out var text) ? null
    : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value > 0 ? value
    : throw new ArgumentException($"{name} takes a number above 0.");
