using System.Globalization;

namespace ItOps.Bot.Benchmarks.Measuring;

/// <summary>Times in milliseconds, and what is said of them.</summary>
internal sealed class Figures(IEnumerable<double> milliseconds)
{
    private readonly double[] _sorted = [.. milliseconds.Order()];

    public int Count => _sorted.Length;

    public double Min => At(0);

    public double P50 => At(0.5);

    public double P99 => At(0.99);

    public double Max => At(1);

    public static string Show(double value) => value.ToString(value < 10 ? "0.00" : "#,0", CultureInfo.InvariantCulture);

    public object ToJson() => new { p50 = Round(P50), p99 = Round(P99), max = Round(Max) };

    public static double Round(double value) => Math.Round(value, 3);

    /// <summary>The nearest rank: a value that was measured, never one between two.</summary>
    private double At(double part) => _sorted.Length == 0 ? double.NaN : _sorted[Math.Max(0, (int)Math.Ceiling(part * _sorted.Length) - 1)];
}
