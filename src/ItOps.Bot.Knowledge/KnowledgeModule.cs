using ItOps.Bot.Approvals;
using ItOps.Bot.Knowledge.Chroma;
using ItOps.Bot.Knowledge.Embedded;
using ItOps.Bot.Knowledge.Embedded.Slots;
using ItOps.Bot.Knowledge.Import;
using ItOps.Bot.Knowledge.Policies;
using ItOps.Bot.Knowledge.Runbooks;
using ItOps.Bot.Runbooks;
using ItOps.Bot.Runbooks.Library;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Knowledge;

/// <summary>Registers what the bot knows: runbooks, the approval policy, and the ways to read a message.</summary>
public static class KnowledgeModule
{
    /// <exception cref="PolicyRefusedException">A policy is missing or wrong: without them nobody decides, so nothing starts (I7).</exception>
    public static IServiceCollection AddKnowledge(this IServiceCollection services, KnowledgeOptions options)
    {
        var (policy, problems) = PolicyReader.ReadFile(options.PolicyFile);
        if (policy is null)
            throw new PolicyRefusedException("approval", problems);

        var (assurance, gaps) = AssuranceReader.ReadFile(options.AssuranceFile);
        if (assurance is null)
            throw new PolicyRefusedException("assurance", gaps);

        var folder = RunbookFolder.Read(options.RunbookFolder);
        var catalog = folder.ToCatalog();
        services
            .AddSingleton(policy)
            .AddSingleton(assurance)
            .AddSingleton(options)
            .AddSingleton(folder)
            .AddSingleton(folder.ToFiles())
            .AddSingleton(catalog)
            .AddSingleton<IRunbookReader, WrittenRunbooks>()
            .AddSingleton<IRunbookScripts, ScriptFiles>()
            .AddHostedService<RunbookReport>()
            .AddSingleton<EmbeddedRetriever>()
            .AddSingleton<IRetriever>(provider => provider.GetRequiredService<EmbeddedRetriever>())
            .AddSingleton<IRetrievalExplainer>(provider => provider.GetRequiredService<EmbeddedRetriever>())
            .AddSingleton<IDecomposer, RuleDecomposer>()
            .AddSingleton<ISlotReader, SlotReader>()
            .AddSingleton<IRunbookBundles, RunbookBundles>();
        return options.Chroma is { } chroma ? services.AddChroma(chroma) : services;
    }
}
