using ItOps.Bot.People;

namespace ItOps.Bot.Knowledge.Llm;

/// <summary>
/// How many tokens may still be used today, by one person and by all. What is under way counts with what it is expected to take, so that many calls at once do not
/// each see what is left. A day is one of UTC.
/// </summary>
internal sealed class TokenBudget(LlmOptions options, TimeProvider time)
{
    private const int BytesPerToken = 3;

    private readonly Lock _gate = new();
    private readonly Dictionary<PersonId, long> _byPerson = [];
    private DateOnly _day;
    private long _all;

    /// <summary>Rather too many than too few: texts of most languages take three bytes or more for a token.</summary>
    public static long EstimateOf(int length) => (length / BytesPerToken) + 1;

    public bool TryReserve(PersonId person, long tokens)
    {
        lock (_gate)
        {
            Turn();
            var own = _byPerson.GetValueOrDefault(person);
            if (own + tokens > options.TokensPerPersonPerDay || _all + tokens > options.TokensPerDay)
                return false;
            _byPerson[person] = own + tokens;
            _all += tokens;
            return true;
        }
    }

    /// <summary>Puts what was really used in the place of what was reserved.</summary>
    public void Settle(PersonId person, long reserved, long used)
    {
        lock (_gate)
        {
            Turn();
            _byPerson[person] = Math.Max(0, _byPerson.GetValueOrDefault(person) - reserved + used);
            _all = Math.Max(0, _all - reserved + used);
        }
    }

    private void Turn()
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        if (today == _day)
            return;
        _day = today;
        _byPerson.Clear();
        _all = 0;
    }
}
