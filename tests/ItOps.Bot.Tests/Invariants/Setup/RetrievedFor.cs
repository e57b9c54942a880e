using ItOps.Bot.Knowledge;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Tests.Invariants.Setup;

/// <summary>Which runbooks the bot itself found, and would ask the person about, whoever chose the words.</summary>
internal sealed class RetrievedFor
{
    private const int MostAskedAbout = 3;

    public HashSet<string> Ids { get; } = [];

    public void Watch(IServiceCollection services)
    {
        var inner = services.Last(d => d.ServiceType == typeof(IRetriever)).ImplementationFactory!;
        services.AddSingleton<IRetriever>(p => new Remembering(this, (IRetriever)inner(p)));
    }

    private sealed class Remembering(RetrievedFor found, IRetriever inner) : IRetriever
    {
        public async Task<Retrieval> RetrieveAsync(string text, CancellationToken cancellationToken)
        {
            var retrieval = await inner.RetrieveAsync(text, cancellationToken);
            found.Ids.UnionWith(retrieval.Ranked.Take(MostAskedAbout).Select(r => r.RunbookId));
            return retrieval;
        }
    }
}
