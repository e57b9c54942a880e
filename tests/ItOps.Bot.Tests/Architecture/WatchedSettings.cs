using Microsoft.Extensions.Configuration;

namespace ItOps.Bot.Tests.Architecture;

/// <summary>Settings that remember which of them were asked for, set or not.</summary>
internal sealed class WatchedSettings : ConfigurationProvider, IConfigurationSource
{
    private readonly string _prefix;
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);

    public WatchedSettings(IEnumerable<KeyValuePair<string, string>> settings, string prefix)
    {
        _prefix = prefix;
        foreach (var (key, value) in settings)
            Data[prefix + key] = value;
        Root = new ConfigurationBuilder().Add(this).Build();
    }

    public IConfigurationRoot Root { get; }

    /// <summary>Without the prefix.</summary>
    public IReadOnlySet<string> Read => _read;

    public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

    public override bool TryGet(string key, out string? value)
    {
        if (key.StartsWith(_prefix, StringComparison.Ordinal))
            _read.Add(key[_prefix.Length..]);
        return base.TryGet(key, out value);
    }
}
