using ItOps.Bot.Console;
using ItOps.Bot.Console.SignIn.OpenId;

namespace ItOps.Bot.Host.Composition;

/// <summary>How people sign in to the console: with the organisation's own provider, in the practice sign-in, or not at all.</summary>
internal static class SignInComposition
{
    /// <summary>What has no sensible value of its own.</summary>
    private static readonly string[] Needed = ["Authority", "ClientId", "ClientSecret", "PersonClaim"];

    /// <exception cref="SettingException">A setting is missing or wrong.</exception>
    public static ConsoleOptions Options(BotSettings settings, IConfiguration configuration)
    {
        var section = configuration.GetSection("Console:SignIn");
        return section.GetChildren().All(c => string.IsNullOrEmpty(c.Value))
            ? new(settings.SandboxEnabled)
            : new(SandboxSignIn: false) { OpenId = OpenId(section, settings.PublicUrl) };
    }

    private static OpenIdOptions OpenId(IConfigurationSection section, Uri publicUrl)
    {
        if (Needed.FirstOrDefault(key => string.IsNullOrWhiteSpace(section[key])) is { } missing)
            throw new SettingException($"Console:SignIn:{missing} is missing; sign-in needs {string.Join(", ", Needed)}. See docs/connecting-sign-in.md.");
        if (!Uri.TryCreate(section["Authority"], UriKind.Absolute, out var authority) || (authority.Scheme != Uri.UriSchemeHttps && !authority.IsLoopback))
            throw new SettingException($"Console:SignIn:Authority is '{section["Authority"]}'; it must be the https address of your provider, such as https://login.microsoftonline.com/<tenant>/v2.0.");
        if (!Enum.TryParse<PersonClaimKind>(section["PersonIs"] ?? nameof(PersonClaimKind.Id), ignoreCase: true, out var kind) || !Enum.IsDefined(kind))
            throw new SettingException($"Console:SignIn:PersonIs is '{section["PersonIs"]}'; it must be id or name.");
        var scopes = section["Scopes"] is { Length: > 0 } wished ? wished : "openid profile";
        return scopes.Split(' ').Contains("openid")
            ? new(authority, section["ClientId"]!, section["ClientSecret"]!, section["PersonClaim"]!, publicUrl)
            {
                PersonIs = kind,
                Scopes = scopes,
                ApiAudience = section["ApiAudience"] is { Length: > 0 } audience ? audience : null,
            }
            : throw new SettingException($"Console:SignIn:Scopes is '{scopes}'; without 'openid' the provider says nothing about who signs in.");
    }
}
