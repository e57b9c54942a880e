using ItOps.Bot.Testing.Chroma;

namespace ItOps.Bot.Knowledge.Tests.Chroma;

/// <summary>Against the server in memory.</summary>
public sealed class FakeChromaTests(FakeChromaTests.Fixture fixture) : ChromaIndexTests, IClassFixture<FakeChromaTests.Fixture>
{
    public sealed class Fixture : IAsyncLifetime
    {
        public FakeChroma Fake { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Fake = await FakeChroma.StartAsync();

        public ValueTask DisposeAsync() => Fake.DisposeAsync();
    }

    protected override Uri Server() => fixture.Fake.Url;
}
