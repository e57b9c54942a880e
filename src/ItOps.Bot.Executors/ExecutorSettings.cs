using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace ItOps.Bot.Executors;

/// <summary>The settings of one executor, <c>Executors:Name:*</c>; every mistake names its key.</summary>
internal sealed class ExecutorSettings(IConfigurationSection section, ExecutorsOptions all)
{
    public string RunbookFolder => all.RunbookFolder;

    public bool IsDevelopment => all.IsDevelopment;

    public bool Enabled => section["Enabled"] switch
    {
        null or "" => false,
        var text when bool.TryParse(text, out var value) => value,
        _ => throw Wrong("Enabled", "must be true or false"),
    };

    public int Whole(string key, int otherwise, int atLeast, int atMost)
    {
        if (section[key] is not { Length: > 0 } text)
            return otherwise;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= atLeast && value <= atMost
            ? value
            : throw Wrong(key, string.Create(CultureInfo.InvariantCulture, $"must be a whole number from {atLeast} to {atMost}"));
    }

    public SettingException Wrong(string key, string why) => new($"{section.Path}:{key} {why}.");
}
