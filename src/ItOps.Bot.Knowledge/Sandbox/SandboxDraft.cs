using ItOps.Bot.Accounts;
using ItOps.Bot.People;
using ItOps.Bot.Secrets;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Knowledge.Sandbox;

/// <summary>The file while it is read: people first, then accounts, then groups, each looked up by name by the ones after it.</summary>
internal sealed class SandboxDraft(SandboxFields root)
{
    private readonly Dictionary<string, PersonId> _people = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<(string System, string Name), string> _accounts = [];
    private readonly Dictionary<(string System, string Name), string> _groups = [];
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private readonly HashSet<ChannelIdentity> _identities = [];

    public SandboxSeed ToSeed()
    {
        var people = root.Mappings("people").ToList();
        var groups = root.Mappings("groups").ToList();
        var organisation = root.Mappings("organisationGroups").ToList();
        foreach (var person in people)
            Name(_people, person, "signInName", person.Text("signInName"), new PersonId(NewId(person)));

        // Read in this order: accounts give names to members, groups to nested groups.
        var seedPeople = people.Select(ReadPerson).ToList();
        var accounts = people.SelectMany(ReadAccounts).Concat(root.Mappings("otherAccounts").Select(ReadOtherAccount)).ToList();
        foreach (var group in groups)
            Name(_groups, group, "name", (System(group), group.Text("name")), NewId(group));
        var organisationNames = organisation.Select(g => g.Text("name")).ToHashSet(StringComparer.Ordinal);

        var seed = new SandboxSeed
        {
            PracticePassword = new Secret<string>(root.Text("practicePassword")),
            People = seedPeople,
            Accounts = accounts,
            Groups = [.. groups.Select(ReadGroup)],
            OrganisationGroups = [.. organisation.Select(g => ReadOrganisationGroup(g, organisationNames))],
        };
        root.NoteUnread();
        return seed;
    }

    private SandboxPerson ReadPerson(SandboxFields fields)
    {
        var (signInName, givenName, fullName, email) = (fields.Text("signInName"), fields.Text("givenName"), fields.Text("fullName"), fields.Text("email"));
        var manager = fields.OptionalText("manager") is { } name ? Person(fields, "manager", name) : (PersonId?)null;
        var identities = new List<ChannelIdentity> { new("console", "sandbox", signInName), new("terminal", "sandbox", signInName) };
        if (fields.OptionalText("slack") is { } slack)
            identities.Add(new ChannelIdentity("slack", root.Text("slackTeam"), slack));
        if (fields.OptionalText("teams") is { } teams)
            identities.Add(new ChannelIdentity("teams", root.Text("teamsTenant"), teams));
        foreach (var identity in identities.Where(identity => !_identities.Add(identity)))
            fields.Note(fields.Keys.Contains(identity.Channel) ? identity.Channel : "signInName", $"{identity} belongs to somebody else already");

        var person = new Person(
            new PersonId(fields.Text("id")), fullName, givenName, email, fields.OptionalText("department"), manager, [signInName, givenName, fullName, email]);
        return new SandboxPerson(person, signInName, identities);
    }

    private IEnumerable<SandboxAccountSeed> ReadAccounts(SandboxFields person)
    {
        // Enumerated once, by ToList above; NoteUnread needs that everything of the person has been read.
        if (person.Mapping("accounts") is { } accounts)
        {
            foreach (var system in SandboxSeed.Systems.Keys)
            {
                if (accounts.Mapping(system) is { } account)
                    yield return ReadAccount(account, system, account.OptionalText("name") ?? person.Text("signInName"), new PersonId(person.Text("id")));
            }

            accounts.NoteUnread();
        }

        person.NoteUnread();
    }

    private SandboxAccountSeed ReadOtherAccount(SandboxFields fields)
    {
        var kind = fields.Text("kind");
        if (kind is not ("service" or "break-glass"))
            fields.Note("kind", "'kind' must be service or break-glass");
        return ReadAccount(fields, System(fields), fields.Text("name"), owner: null) with
        {
            Kind = kind == "service" ? AccountKind.Service : AccountKind.BreakGlass,
        };
    }

    private SandboxAccountSeed ReadAccount(SandboxFields fields, string system, string name, PersonId? owner)
    {
        var id = NewId(fields);
        Name(_accounts, fields, "name", (system, name), id);
        var locked = fields.Whole("lockedMinutes", -1);
        var account = new SandboxAccountSeed(new AccountId(system, id), name, owner)
        {
            Enabled = fields.Flag("enabled", otherwise: true),
            BadAttempts = fields.Whole("badAttempts", 0),
            LockedFor = locked < 0 ? null : TimeSpan.FromMinutes(locked),
            PasswordAge = TimeSpan.FromDays(fields.Whole("passwordAgeDays", 30)),
            Sessions = fields.Whole("sessions", 0),
        };
        fields.NoteUnread();
        return account;
    }

    private SandboxGroupSeed ReadGroup(SandboxFields fields)
    {
        var system = System(fields);
        var group = new SandboxGroupSeed(
            new GroupId(system, fields.Text("id")),
            fields.Text("name"),
            fields.Text("description"),
            [.. fields.Texts("members").Select(name => Object(_accounts, fields, "members", system, name, "account"))],
            [.. fields.Texts("groups").Select(name => Object(_groups, fields, "groups", system, name, "group"))])
        {
            Owners = [.. fields.Texts("owners").Select(name => Person(fields, "owners", name))],
            IsPrivileged = fields.Flag("privileged", otherwise: false),
            Resource = fields.Mapping("resource") is { } resource ? ReadResource(resource) : null,
        };
        fields.NoteUnread();
        return group;
    }

    private static GroupResource ReadResource(SandboxFields fields)
    {
        var resource = new GroupResource(fields.Text("type"), fields.Text("name"), fields.Text("permission"), fields.Texts("aliases"));
        if (resource.Type.Length == 0 || !resource.Type.All(c => char.IsAsciiLetterLower(c) || c == '-'))
            fields.Note("type", "'type' must be small letters and dashes, such as shared-drive, jira-project, shared-mailbox, mailing-list or software");
        fields.NoteUnread();
        return resource;
    }

    private OrganisationGroup ReadOrganisationGroup(SandboxFields fields, HashSet<string> names)
    {
        var group = new OrganisationGroup(
            fields.Text("name"), [.. fields.Texts("people").Select(name => Person(fields, "people", name))], fields.Texts("groups"));
        foreach (var nested in group.Groups.Where(nested => !names.Contains(nested)))
            fields.Note("groups", $"there is no organisation group '{nested}'");
        fields.NoteUnread();
        return group;
    }

    private static string System(SandboxFields fields)
    {
        var system = fields.Text("system");
        if (system.Length > 0 && !SandboxSeed.Systems.ContainsKey(system))
            fields.Note("system", $"'{system}' is not a system; there are {string.Join(", ", SandboxSeed.Systems.Keys)}");
        return system;
    }

    private string NewId(SandboxFields fields)
    {
        var id = fields.Text("id");
        if (id.Length > 0 && !_ids.Add(id))
            fields.Note("id", $"the id '{id}' is used twice");
        return id;
    }

    private static void Name<TKey, TValue>(Dictionary<TKey, TValue> names, SandboxFields fields, string field, TKey key, TValue value)
        where TKey : notnull
    {
        if (!names.TryAdd(key, value))
            fields.Note(field, $"the name '{key}' is used twice");
    }

    private PersonId Person(SandboxFields fields, string field, string name)
    {
        if (_people.TryGetValue(name, out var id))
            return id;
        fields.Note(field, $"there is no person '{name}'");
        return default;
    }

    private static string Object(
        Dictionary<(string System, string Name), string> names, SandboxFields fields, string field, string system, string name, string kind)
    {
        if (names.TryGetValue((system, name), out var id))
            return id;
        fields.Note(field, $"there is no {kind} '{name}' in {system}");
        return "";
    }
}
