using ItOps.Bot.Knowledge.Runbooks;
using ItOps.Bot.Knowledge.Yaml;
using ItOps.Bot.People;
using ItOps.Bot.Runbooks;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Knowledge.Bindings;

/// <summary>Reads which chat account is which person. Half a list is none: any problem means that nothing comes back.</summary>
public static class BindingsReader
{
    public static (IReadOnlyList<ChannelBinding>? Bindings, IReadOnlyList<SourceProblem> Problems) ReadFile(string path) => File.Exists(path)
        ? Read(path, File.ReadAllBytes(path))
        : (null, [new SourceProblem(path, 1, "there is no such file; set 'Identity:BindingsFile' to the file of bindings, or leave it empty")]);

    public static (IReadOnlyList<ChannelBinding>? Bindings, IReadOnlyList<SourceProblem> Problems) Read(string path, ReadOnlySpan<byte> content)
    {
        var problems = new FileProblems(path);
        if (RunbookFile.Decode(content, problems) is not { } text || YamlText.Parse(text, 0, problems) is not { } map)
            return (null, problems.All);

        var root = new YamlObject(map, "", BindingShapes.File, problems);
        AccountForm.Slack.CheckTenant(root);
        AccountForm.Teams.CheckTenant(root);
        var bindings = new Dictionary<ChannelIdentity, ChannelBinding>();
        foreach (var person in root.Objects("people", _ => BindingShapes.Person))
        {
            if (!person.Has("slack") && !person.Has("teams"))
                person.Refuse("person", "has no account here; add 'slack:' or 'teams:'");
            foreach (var form in (AccountForm[])[AccountForm.Slack, AccountForm.Teams])
                Bind(person, form, root, path, bindings);
        }

        return problems.Any ? (null, problems.All) : ([.. bindings.Values], []);
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
