namespace ItOps.Bot.Executors.ActiveDirectory.Connections;

/// <summary>No domain controller could be asked. Nothing was sent that could have an effect.</summary>
internal sealed class DirectoryUnavailableException(string message, Exception? inner = null) : IOException(message, inner);
