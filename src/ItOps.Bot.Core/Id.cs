using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace ItOps.Bot;

/// <summary>Makes identifiers: opaque and ordered for records, short and speakable for requests.</summary>
public static class Id
{
    // Crockford's base 32 without U: nothing that is misread aloud or spells a word.
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private static readonly ConditionalWeakTable<TimeProvider, Order> Orders = [];

    /// <summary>
    /// A UUID version 7 (RFC 9562, counter by method 1) as 32 lower-case hexadecimal digits. What one process makes with one clock is in order, within a millisecond too:
    /// which of two approvals is the newer must not be left to chance.
    /// </summary>
    public static string New(TimeProvider time)
    {
        var (moment, count) = Orders.GetOrCreateValue(time).Next(time.GetUtcNow().ToUnixTimeMilliseconds());
        var id = Guid.CreateVersion7(DateTimeOffset.FromUnixTimeMilliseconds(moment)).ToString("N");
        return string.Concat(id.AsSpan(0, 13), count.ToString("x3", CultureInfo.InvariantCulture), id.AsSpan(16));
    }

    /// <summary>A number that a person can read out, such as <c>IT-7K2QD</c>; 33 million of them.</summary>
    public static string NewRequestNumber() => "IT-" + RandomNumberGenerator.GetString(Alphabet, 5);

    private sealed class Order
    {
        private const int MostInAMillisecond = 0xFFF;

        private readonly Lock _one = new();
        private long _moment;
        private int _count;

        public (long Moment, int Count) Next(long now)
        {
            lock (_one)
            {
                (_moment, _count) = now > _moment ? (now, 0) : _count < MostInAMillisecond ? (_moment, _count + 1) : (_moment + 1, 0);
                return (_moment, _count);
            }
        }
    }
}
