using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Executors;

/// <summary>One executor: a folder with one class that implements this is found by itself and lives when <c>Executors:Name:Enabled</c> is true.</summary>
internal interface IExecutorModule
{
    /// <summary>The name in the settings, such as "Sandbox".</summary>
    string Name { get; }

    /// <summary>Can say who works here, so that <c>Identity:Source</c> may name it.</summary>
    bool OffersPeople => false;

    /// <summary>Adds what the executor offers: account directories, operations, a directory of people.</summary>
    /// <exception cref="SettingException">A setting is missing or wrong.</exception>
    void Register(IServiceCollection services, ExecutorSettings settings);

    /// <summary>While it is not enabled: adds operations by name alone, so that runbooks which use them are right everywhere, and are told what is not connected.</summary>
    void Declare(IServiceCollection services, ExecutorSettings settings)
    {
    }
}
