using ItOps.Bot.Accounts;
using ItOps.Bot.Knowledge.Runbooks;
using ItOps.Bot.Knowledge.Yaml;
using ItOps.Bot.People;
using ItOps.Bot.Runbooks;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Knowledge.Bindings;

/// <summary>What the operator's own list says: which chat account is which person, and which accounts of the systems are theirs.</summary>
public sealed record WrittenBindings(IReadOnlyList<ChannelBinding> Identities, IReadOnlyList<AccountBinding> Accounts);

/// <summary>Reads the operator's own list. Half a list is none: any problem means that nothing comes back.</summary>
public static class BindingsReader
{
    public static (WrittenBindings? Bindings, IReadOnlyList<SourceProblem> Problems) ReadFile(string path) => File.Exists(path)
        ? Read(path, File.ReadAllBytes(path))
        : (null, [new SourceProblem(path, 1, "there is no such file; set 'Identity:BindingsFile' to the file of bindings, or leave it empty")]);

    public static (WrittenBindings? Bindings, IReadOnlyList<SourceProblem> Problems) Read(string path, ReadOnlySpan<byte> content)
    {
        var problems = new FileProblems(path);
        if (RunbookFile.Decode(content, problems) is not { } text || YamlText.Parse(text, 0, problems) is not { } map)
            return (null, problems.All);

        var root = new YamlObject(map, "", BindingShapes.File, problems);
        AccountForm.Slack.CheckTenant(root);
        AccountForm.Teams.CheckTenant(root);
        var identities = new Dictionary<ChannelIdentity, ChannelBinding>();
        var accounts = new SystemAccounts(path, problems);
        foreach (var person in root.Objects("people", _ => BindingShapes.Person))
        {
            if (!person.Has("slack") && !person.Has("teams") && !person.Has("accounts"))
                person.Refuse("person", "has no account here; add 'slack:', 'teams:' or 'accounts:'");
            foreach (var form in (AccountForm[])[AccountForm.Slack, AccountForm.Teams])
                Bind(person, form, root, path, identities);
            accounts.Read(person);
        }

        return problems.Any ? (null, problems.All) : (new([.. identities.Values], accounts.All), []);
    }

    private static void Bind(YamlObject person, AccountForm form, YamlObject root, string path, Dictionary<ChannelIdentity, ChannelBinding> bindings)
    {
        if (person.Text("person") is not { } name || form.Read(root, person) is not { } identity)
            return;
        var binding = new ChannelBinding(name, identity, $"{path}:{person.LineOf(form.Channel)}");
        if (!bindings.TryAdd(identity, binding))
            person.Refuse(form.Channel, $"{identity} is bound to '{name}' here and to '{bindings[identity].Person}' at {bindings[identity].Origin}; keep the one that is right");
    }
}
