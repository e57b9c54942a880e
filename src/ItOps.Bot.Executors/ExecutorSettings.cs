using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace ItOps.Bot.Executors;

/// <summary>The settings of one executor, <c>Executors:Name:*</c>; every mistake names its key.</summary>
internal sealed class ExecutorSettings(IConfigurationSection section, ExecutorsOptions all, string name)
{
    public string RunbookFolder => all.RunbookFolder;

    /// <summary>The calls to AWS that may be made.</summary>
    public Cloud.AwsPolicy Aws => all.Aws;

    public bool IsDevelopment => all.IsDevelopment;

    /// <summary>This executor is the one that says who works here.</summary>
    public bool IsPeopleSource => string.Equals(all.PeopleSource, name, StringComparison.OrdinalIgnoreCase);

    /// <summary>The section itself, for lists and nested settings.</summary>
    public IConfigurationSection Section => section;

    /// <summary>A value that must be there.</summary>
    public string Needed(string key) => Optional(key) ?? throw Wrong(key, "is missing");

    public string? Optional(string key) => section[key] is { Length: > 0 } text ? text.Trim() : null;

    /// <summary>Each value of a list, as <c>Key:0</c>, <c>Key:1</c> and so on.</summary>
    public IReadOnlyList<string> Several(string key) => [.. section.GetSection(key).GetChildren().Select(c => c.Value).OfType<string>().Where(v => v.Length > 0)];

    public bool Flag(string key, bool otherwise) => Optional(key) switch
    {
        null => otherwise,
        var text when bool.TryParse(text, out var value) => value,
        _ => throw Wrong(key, "must be true or false"),
    };

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
