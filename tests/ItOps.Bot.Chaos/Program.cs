using System.Globalization;
using ItOps.Bot.Chaos.Histories;
using ItOps.Bot.Chaos.Matrix;

const string Usage = "usage: ItOps.Bot.Chaos matrix [--requests N] | histories [--requests N] [--seed S]";

try
{
    return args switch
    {
        ["matrix", .. var rest] => await CrashMatrix.RunAsync(Number(rest, "--requests") ?? 1),
        ["histories", .. var rest] => await ApprovalHistories.RunAsync(Number(rest, "--requests"), Number(rest, "--seed")),
        // Only the matrix starts these two.
        ["child-dies", var folder, var story, var point] => await StoryChild.PlayAsync(folder, StoryPlay.Named(story), Enum.Parse<KillPoint>(point)),
        ["child-recovers", var folder, var story] => await StoryChild.RecoverAsync(folder, StoryPlay.Named(story)),
        _ => throw new ArgumentException(args.Length == 0 ? Usage : $"'{args[0]}' is not known here; {Usage}"),
    };
}
catch (ArgumentException wrong)
{
    await Console.Error.WriteLineAsync(wrong.Message);
    return 1;
}

static int? Number(string[] rest, string name)
{
    if (rest.Length % 2 != 0 || rest.Where((_, i) => i % 2 == 0).Any(option => option is not ("--requests" or "--seed")))
        throw new ArgumentException(Usage);
    var at = Array.IndexOf(rest, name);
    return at < 0 ? null
        : int.TryParse(rest[at + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value > 0 ? value
        : throw new ArgumentException($"{name} takes a number above 0.");
}
