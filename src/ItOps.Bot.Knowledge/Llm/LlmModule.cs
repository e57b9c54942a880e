using ItOps.Bot.Agents;
using ItOps.Bot.Replies;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Knowledge.Llm;

/// <summary>The model, where one is configured; without one nothing of it is there.</summary>
public static class LlmModule
{
    /// <exception cref="SettingException">A setting of <c>Knowledge:Llm</c> is missing or wrong.</exception>
    public static IServiceCollection AddLlm(this IServiceCollection services, IConfiguration configuration)
    {
        if (LlmOptions.From(configuration.GetSection(LlmOptions.Path)) is not { } options)
            return services;
        services.AddSingleton(options);
        return options.ChatModel is null ? services : services
            .AddSingleton<LlmConnection>()
            .AddSingleton<ModelExchange>()
            .AddSingleton<TokenBudget>()
            .AddSingleton<ModelCalls>()
            .AddSingleton(new ModelPrompt())
            .AddSingleton<IAgent, ModelAgent>()
            .AddSingleton<ITextTranslator, ModelTranslator>()
            .AddSingleton<ISelfCheck, ModelSelfCheck>();
    }
}
