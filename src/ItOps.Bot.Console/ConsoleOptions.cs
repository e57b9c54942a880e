using ItOps.Bot.Console.SignIn.OpenId;

namespace ItOps.Bot.Console;

/// <summary>How people get into the console.</summary>
/// <param name="SandboxSignIn">
/// Lets anybody at this computer choose whom to be. For practice only: the console then answers nobody but loopback.
/// Without it, and without <see cref="OpenId"/>, the console says that sign-in is not configured.
/// </param>
public sealed record ConsoleOptions(bool SandboxSignIn)
{
    /// <summary>The organisation's own sign-in; takes the place of the practice one.</summary>
    public OpenIdOptions? OpenId { get; init; }
}
