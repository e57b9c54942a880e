namespace ItOps.Bot.Knowledge.Evaluation;

/// <summary>Precision, recall and their harmonic mean, each from 0 to 1.</summary>
public sealed record Scores(double Precision, double Recall, double F1)
{
    public static Scores Of(int right, int given, int wanted)
    {
        var precision = given == 0 ? 0 : (double)right / given;
        var recall = wanted == 0 ? 0 : (double)right / wanted;
        var f1 = precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall);
        return new Scores(Math.Round(precision, 4), Math.Round(recall, 4), Math.Round(f1, 4));
    }
}
