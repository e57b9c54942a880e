using ItOps.Bot.Execution;
using ItOps.Bot.Runbooks;

namespace ItOps.Bot.Commands;

/// <summary>The commands that there may be: what no form fits is refused (I7).</summary>
public sealed record CommandPolicy(int Version, IReadOnlyList<CommandForm> Forms)
{
    /// <summary>Nothing is allowed.</summary>
    public static readonly CommandPolicy None = new(0, []);

    /// <summary>The form that a line fits whose parameters are filled in, or why there is none.</summary>
    public (CommandMatch? Match, CommandRefusal? Refusal) Allow(string line)
    {
        var (command, refusal) = SimpleCommand.Parse(line);
        if (command is null)
            return (null, refusal);
        if (command.Words.FirstOrDefault(w => w.Parameter is not null) is { } open)
            return (null, new(open.Column, $"the parameter {open.Parameter} has no value that may stand here"));
        var (form, why) = FormOf(command, (rule, word) => rule.Refusal(word.Text));
        return form is null ? (null, why) : (new(form, [.. command.Words.Select(w => w.Text)]), null);
    }

    /// <summary>As <see cref="Allow"/>, for a line of a runbook: a parameter may stand where the form takes one of its kind.</summary>
    public CommandRefusal? Refusal(string line, Func<string, RunbookParameter?> parameter)
    {
        var (command, refusal) = SimpleCommand.Parse(line);
        if (command is null)
            return refusal;
        return FormOf(command, (rule, word) => word.Parameter is { } name ? rule.Refusal(name, parameter(name)) : rule.Refusal(word.Text)).Refusal;
    }

    /// <summary>The form that fits, or what keeps the one from fitting that comes closest.</summary>
    private (CommandForm? Form, CommandRefusal? Refusal) FormOf(SimpleCommand command, Func<ArgumentRule, CommandWord, string?> check)
    {
        var closest = new CommandRefusal(0, $"'{command.Program}' is not in the allow-list{Nearest.Hint(command.Program, Forms.Select(f => f.Program))}");
        foreach (var form in Forms.Where(f => f.Program == command.Program))
        {
            if (form.Refusal(command, check) is not { } refusal)
                return (form, null);
            if (refusal.Column >= closest.Column)
                closest = refusal;
        }

        return (null, closest);
    }
}

/// <summary>A line that is allowed, and its words.</summary>
public sealed record CommandMatch(CommandForm Form, IReadOnlyList<string> Words);

/// <summary>
/// One command that there may be: fixed words and rules, as many as its words, in their order. <paramref name="Programs"/> says where the program is, by
/// <see cref="Platforms"/>; <paramref name="Title"/> is what it does, for the card.
/// </summary>
public sealed record CommandForm(string Program, IReadOnlyList<FormWord> Words, string Title, OperationEffect Effect, IReadOnlyDictionary<string, string> Programs)
{
    /// <summary>As it is written in the allow-list.</summary>
    public string Line => string.Join(' ', Words.Select(w => w.Fixed ?? $"<{w.Rule!.Name}>").Prepend(Program));

    internal CommandRefusal? Refusal(SimpleCommand command, Func<ArgumentRule, CommandWord, string?> check)
    {
        for (var i = 0; i < Words.Count; i++)
        {
            if (command.Words.ElementAtOrDefault(i + 1) is not { } word)
                return new(command.Words[^1].End, $"a word is missing; allowed is '{Line}'");
            if (Words[i].Rule is { } rule)
            {
                if (check(rule, word) is { } why)
                    return new(word.Column, why);
            }
            else if (word.Parameter is not null || word.Text != Words[i].Fixed)
            {
                return new(word.Column, $"'{word.Text}' is not allowed here; allowed is '{Line}'");
            }
        }

        return command.Words.ElementAtOrDefault(Words.Count + 1) is { } more ? new(more.Column, $"there is a word too many; allowed is '{Line}'") : null;
    }
}

/// <summary>Either a word that must stand there, or a rule for what may.</summary>
public sealed record FormWord(string? Fixed, ArgumentRule? Rule);
