using ItOps.Bot.Host.Composition;
using OpenTelemetry;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace ItOps.Bot.Host.Observing;

internal static class ObservingModule
{
    public static IServiceCollection AddObserving(this IServiceCollection services, BotSettings settings)
    {
        services.AddSingleton<MetricsText>();
        if (settings.OtlpEndpoint is null)
            return services;

        // The exporter reads the standard OTEL_* variables by itself.
        return services.AddHostedService(_ => new TracingLifetime(() => Sdk.CreateTracerProviderBuilder()
            .ConfigureResource(resource => resource.AddService(Telemetry.Name))
            .AddSource(Telemetry.Name, "Microsoft.AspNetCore")
            .AddOtlpExporter()
            .Build()));
    }

    public static void MapMetrics(this IEndpointRouteBuilder endpoints)
    {
        // Made now and not at the first scrape: it counts from the start.
        var metrics = endpoints.ServiceProvider.GetRequiredService<MetricsText>();
        endpoints.MapGet("/metrics", () => Results.Text(metrics.Render(), MetricsText.ContentType));
    }

    private sealed class TracingLifetime(Func<TracerProvider> build) : IHostedService
    {
        private TracerProvider? _provider;

        public Task StartAsync(CancellationToken cancellationToken)
        {
            _provider = build();
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken)
        {
            _provider?.Dispose();
            return Task.CompletedTask;
        }
    }
}
