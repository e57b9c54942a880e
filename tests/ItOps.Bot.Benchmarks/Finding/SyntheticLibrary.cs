using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Benchmarks.Finding;

/// <summary>
/// A library of any size: the shipped runbooks first, then runbooks for systems of a large organisation, each by team, place and thing, asked for with the words
/// that people use. The same in every run.
/// </summary>
internal static class SyntheticLibrary
{
    private static readonly string[] s_teams =
        "payroll warehouse logistics marketing sales procurement legal treasury audit research quality production maintenance packaging export import claims pricing catalogue training security facility energy transport dispatch assembly foundry paint laboratory pharmacy".Split(' ');

    private static readonly string[] s_places =
        "Lisbon Krakow Bergen Seville Turin Lyon Graz Aarhus Porto Leeds Bristol Antwerp Malmo Tampere Riga Gdansk Brno Linz Basel Nantes Bilbao Genoa Trieste Utrecht Ghent Cork Dundee Tallinn Kaunas Varna".Split(' ');

    private static readonly string[] s_things =
        "portal terminal dashboard kiosk scanner gateway archive planner tracker console viewer register mailer scheduler importer exporter calculator designer simulator monitor".Split(' ');

    private static readonly string[] s_troubles =
    [
        "does not start", "is slow", "crashes when I save", "shows an empty page", "asks for my password again and again", "rejects my login", "does not print labels", "freezes after the update",
        "loses the connection", "does not sync with the phone", "says access denied", "cannot be reached from home", "shows an old version", "does not send mails", "has no sound",
    ];

    private static readonly string[] s_questions = ["the {0} {1}", "my {0} {1} since this morning", "error: {0} {1}", "colleagues say that the {0} {1}"];

    public static List<Runbook> Of(IReadOnlyCollection<Runbook> shipped, int count)
    {
        var library = shipped.Where(r => r.IsFound).Take(count).ToList();
        for (var i = 0; library.Count < count; i++)
            library.Add(Made(i));
        return library;
    }

    /// <summary>What somebody writes who means the runbook with this number, in words that do not stand in it that way.</summary>
    public static string Question(int number) => $"hello, since yesterday our {Name(number)} {Trouble(number, 1)}, please help";

    public static string Id(int number) => $"made_{number:00000}";

    private static Runbook Made(int number) => new(Id(number), 1, $"Mend the {Name(number)} when it {Trouble(number, 0)}")
    {
        Category = "made",
        Summary = $"The {Name(number)} {Trouble(number, 0)}",
        Source = $"made/{Id(number)}.md",
        Utterances = [.. Enumerable.Range(0, 24).Select(i => string.Format(null, s_questions[i % s_questions.Length], Name(number), Trouble(number, i / s_questions.Length)))],
        Synonyms = [[Thing(number), "screen of the " + Team(number)], ["start", "launch", "come up"], ["slow", "sluggish"]],
        NotFor = [$"order a new {Thing(number)}", $"who owns the {Name(number)}", $"training for the {Name(number)}"],
    };

    private static string Name(int number) => $"{Team(number)} {Thing(number)} in {Place(number)}";

    private static string Team(int number) => s_teams[number % s_teams.Length];

    private static string Place(int number) => s_places[number / s_teams.Length % s_places.Length];

    private static string Thing(int number) => s_things[number / (s_teams.Length * s_places.Length) % s_things.Length];

    private static string Trouble(int number, int which) => s_troubles[(number + (which * 4)) % s_troubles.Length];
}
