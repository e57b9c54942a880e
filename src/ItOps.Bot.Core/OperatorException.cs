namespace ItOps.Bot;

/// <summary>
/// A fault of settings, files or surroundings. Its message is for whoever operates the bot: it names the thing and how to mend it. Employees never see one.
/// </summary>
public abstract class OperatorException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>A setting is missing or wrong; the message names its key.</summary>
public sealed class SettingException(string message, Exception? inner = null) : OperatorException(message, inner);
