using ItOps.Bot.Accounts;
using ItOps.Bot.Assurance;
using ItOps.Bot.Conversations;
using ItOps.Bot.People;
using ItOps.Bot.Plans;
using ItOps.Bot.Runbooks;
using ItOps.Bot.Turns;

namespace ItOps.Bot.Core.Tests.Plans;

public sealed class PersonReaderTests
{
    private static readonly Person Alice = Named("P1", "Alice Arden", "alice", manager: "P3");
    private static readonly Person Mona = Named("P3", "Mona Meyer", "mona", manager: null);
    private static readonly Person Bob = Named("P2", "Bob Brandt", "bob", manager: null);
    private static readonly Person Twin = Named("P4", "Alex Kim", "alexk", manager: null);
    private static readonly Person OtherTwin = Named("P5", "Alex Kim", "akim", manager: null);
    private static readonly Principal Asking = new(Alice, new("console", "sandbox", "alice"), new(AssuranceMethod.PracticePicker, DateTimeOffset.UnixEpoch));

    private readonly PersonReader _reader = new(new Directory(), new AccountDirectories([]), new RunbookCatalog([], []));

    [Fact]
    public async Task Nobody_named_is_oneself_and_nobody_readable_is_not()
    {
        Assert.Equal("P1", (await ReadAsync(null)).Value?.Value);
        Assert.Equal(ProblemCode.NotAPlainName, (await ReadAsync([])).Problem?.Code);
    }

    [Theory]
    [InlineData("me", "P1")]
    [InlineData("mein", "P1")]
    [InlineData("my boss", "P3")]
    [InlineData("mona", "P3")]
    [InlineData("Mona Meyer", "P3")]
    public async Task A_name_or_a_relation_is_the_person_that_the_directory_knows(string words, string id) =>
        Assert.Equal(id, (await ReadAsync([words])).Value?.Value);

    [Fact]
    public async Task Several_others_are_asked_about_and_nobody_is_taken_for_coming_first()
    {
        Assert.Equal(["Mona Meyer", "Bob Brandt"], (await ReadAsync(["mona", "bob"])).Options?.Select(o => o.Value.Display));
        Assert.Equal("P3", (await ReadAsync(["mona", "Mona Meyer", "alice", "nobody"])).Value?.Value);
    }

    [Fact]
    public async Task A_boss_whom_the_directory_does_not_know_is_nobody()
    {
        var read = await _reader.ReadAsync(["my boss"], Asking with { Person = Mona }, null, CancellationToken.None);

        Assert.Equal(ProblemCode.UnknownPerson, read.Problem?.Code);
    }

    [Theory]
    [InlineData("m\u043Ena")] // a Cyrillic o
    [InlineData("m\u03BFna")] // a Greek omicron
    [InlineData("mona|tee /etc/passwd")]
    [InlineData("*)(objectClass=*")]
    [InlineData("mo\u200Bna")]
    [InlineData("\u202Eanom")]
    public async Task What_looks_like_a_name_or_holds_more_than_one_is_not_read_as_one(string words)
    {
        var read = await ReadAsync([words]);

        Assert.Null(read.Value);
        Assert.Contains(read.Problem?.Code, new ProblemCode?[] { ProblemCode.NotAPlainName, ProblemCode.UnknownPerson });
    }

    [Fact]
    public async Task Full_width_letters_are_another_name() =>
        Assert.Null((await ReadAsync(["\uFF4D\uFF4F\uFF4E\uFF41"])).Value);

    [Fact]
    public async Task Between_two_of_one_name_it_asks_and_never_guesses()
    {
        var read = await ReadAsync(["Alex Kim"]);

        Assert.Null(read.Value);
        Assert.Equal(["P4", "P5"], read.Options!.Select(o => o.Value.Value));
    }

    [Fact]
    public async Task Her_is_whoever_was_spoken_of_and_nobody_otherwise()
    {
        Assert.Equal("P3", (await _reader.ReadAsync(["her"], Asking, new Memory { OtherPerson = Mona.Id }, CancellationToken.None)).Value?.Value);
        Assert.Null((await ReadAsync(["her"])).Value);
    }

    private Task<Reading> ReadAsync(IReadOnlyList<string>? words) => _reader.ReadAsync(words, Asking, null, CancellationToken.None);

    private static Person Named(string id, string name, string signInName, string? manager) =>
        new(new(id), name, name.Split(' ')[0], signInName + "@example.com", "IT", manager is null ? null : new PersonId(manager), [signInName, name]);

    private sealed class Directory : IPersonDirectory
    {
        private static readonly Person[] Everybody = [Alice, Bob, Mona, Twin, OtherTwin];

        public Task<Person?> FindAsync(PersonId id, CancellationToken cancellationToken) => Task.FromResult(Array.Find(Everybody, p => p.Id == id));

        public Task<IReadOnlyList<Person>> FindByChannelAsync(ChannelIdentity identity, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<Person>>([]);

        public Task<IReadOnlyList<ChannelIdentity>> IdentitiesOfAsync(PersonId id, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<ChannelIdentity>>([]);

        public Task<IReadOnlyList<Person>> FindByNameAsync(string name, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<Person>>([.. Everybody.Where(p => p.Names.Contains(name, StringComparer.OrdinalIgnoreCase))]);

        public Task<IReadOnlySet<string>> GroupsOfAsync(PersonId id, CancellationToken cancellationToken) => Task.FromResult<IReadOnlySet<string>>(new HashSet<string>());

        public Task<IReadOnlyList<Person>> MembersOfAsync(string group, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<Person>>([]);

        public Task<IReadOnlyList<Person>> AllAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<Person>>(Everybody);
    }
}
