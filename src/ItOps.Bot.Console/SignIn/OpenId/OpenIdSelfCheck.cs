namespace ItOps.Bot.Console.SignIn.OpenId;

/// <summary>Whether people can sign in to the console: the provider is read anew.</summary>
internal sealed class OpenIdSelfCheck(OpenIdProvider provider, OpenIdOptions options) : ISelfCheck
{
    public string Name => "sign-in";

    /// <summary>Chat goes on without the console.</summary>
    public string? Problem => null;

    public async Task<IReadOnlyList<CheckResult>> ExamineAsync(CancellationToken cancellationToken)
    {
        try
        {
            var read = await provider.ReadAsync(cancellationToken);
            return [new("provider", null, $"{read.Configuration.Issuer} answers with {read.Keys.Count} keys; it must know {options.Callback} as a redirect address")];
        }
        catch (ProviderUnavailableException e)
        {
            return [new("provider", e.Message)];
        }
    }
}
