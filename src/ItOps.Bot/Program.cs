using ItOps.Bot.Host.Commands;

return await CommandLine.RunAsync(args);
