using ItOps.Bot.Host.Composition;
using Microsoft.Extensions.Logging.Console;
using Serilog;
using Serilog.Extensions.Logging;
using Serilog.Formatting.Json;

namespace ItOps.Bot.Host.Observing;

/// <summary>Structured logs: JSON lines on the console and in files that roll each day, with the trace and request ids of what they belong to.</summary>
internal static class BotLogging
{
    private const int FilesKept = 14;
    private const long FileSizeLimit = 64L * 1024 * 1024;

    public static void AddBotLogging(this ILoggingBuilder logging, BotSettings settings)
    {
        logging.ClearProviders();
        logging.Configure(options => options.ActivityTrackingOptions = ActivityTrackingOptions.TraceId | ActivityTrackingOptions.SpanId);
        logging.AddJsonConsole(options =>
        {
            options.UseUtcTimestamp = true;
            options.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
            options.IncludeScopes = true;
        });

        // The key ring is a file of the bot's own user beside its database; encrypting it is the platform's matter (docs/security.md).
        logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Error);
        logging.AddFilter("Quartz", LogLevel.Warning);
        logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        if (settings.LogFolder is { } folder)
        {
            var file = new LoggerConfiguration().MinimumLevel.Information().Enrich.FromLogContext().WriteTo.File(
                new JsonFormatter(renderMessage: true),
                Path.Combine(folder, "itops-.jsonl"),
                rollingInterval: RollingInterval.Day,
                rollOnFileSizeLimit: true,
                fileSizeLimitBytes: FileSizeLimit,
                retainedFileCountLimit: FilesKept);
            // Not by AddSerilog: it brings a rule of its own that lets every category through, and the framework's request lines hold paths with tokens.
            logging.AddProvider(new SerilogLoggerProvider(file.CreateLogger(), dispose: true));
        }
    }
}
