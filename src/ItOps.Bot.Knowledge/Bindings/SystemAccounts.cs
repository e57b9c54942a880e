using ItOps.Bot.Accounts;
using ItOps.Bot.Knowledge.Yaml;

namespace ItOps.Bot.Knowledge.Bindings;

/// <summary>Collects what stands below <c>accounts:</c> of each person: a system, and the account there or a list of them.</summary>
internal sealed class SystemAccounts(string path, FileProblems problems)
{
    private const int LongestKey = 256;

    // Some systems take names in any case. Two lines that differ only in that would be two owners there.
    private readonly Dictionary<(string System, string Key), AccountBinding> _bindings = [];

    public IReadOnlyList<AccountBinding> All => [.. _bindings.Values];

    public void Read(YamlObject person)
    {
        var name = person.Text("person");
        foreach (var (system, line, keys) in person.TextsMap("accounts"))
        {
            if (!system.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
                problems.Add(line, $"'{system}' is not a system; write its key in lower case, such as aws-iam or local");
            else if (name is not null)
                Bind(name, system, line, keys);
        }
    }

    private void Bind(string person, string system, int line, IReadOnlyList<string> keys)
    {
        foreach (var key in keys)
        {
            if (key.Length > LongestKey || key.Any(char.IsWhiteSpace))
            {
                problems.Add(line, $"the account of '{system}' is none: write its id or its name there, without spaces");
                continue;
            }

            var binding = new AccountBinding(person, system, Guid.TryParseExact(key, "D", out var id) ? id.ToString("D") : key, $"{path}:{line}");
            if (!_bindings.TryAdd((system, key.ToUpperInvariant()), binding))
            {
                var other = _bindings[(system, key.ToUpperInvariant())];
                problems.Add(line, $"'{key}' of {system} is the account of '{person}' here and of '{other.Person}' at {other.Origin}; keep the one that is right");
            }
        }
    }
}
