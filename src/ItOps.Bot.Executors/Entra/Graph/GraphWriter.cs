using ItOps.Bot.Executors.Http;
using ItOps.Bot.Secrets;
using Microsoft.Graph;
using Microsoft.Kiota.Abstractions;

namespace ItOps.Bot.Executors.Entra.Graph;

/// <summary>The five changes that are ever made. A problem means that Graph did not make it; whatever else is thrown, that nobody knows.</summary>
internal sealed class GraphWriter(EntraOptions options, GraphConnection connection)
{
    private readonly GraphServiceClient _graph = connection.Client;

    public Task<Result<Done>> SetPasswordAsync(string user, Secret<string> password, bool mustChange, Problem missing, CancellationToken cancellationToken) =>
        ChangeAsync(
            () => _graph.Users[user].PatchAsync(new() { PasswordProfile = new() { Password = password.Reveal(), ForceChangePasswordNextSignIn = mustChange } }, cancellationToken: cancellationToken),
            missing);

    public Task<Result<Done>> BlockAsync(string user, Problem missing, CancellationToken cancellationToken) =>
        ChangeAsync(() => _graph.Users[user].PatchAsync(new() { AccountEnabled = false }, cancellationToken: cancellationToken), missing);

    public Task<Result<Done>> RevokeAsync(string user, Problem missing, CancellationToken cancellationToken) =>
        ChangeAsync(() => _graph.Users[user].RevokeSignInSessions.PostAsRevokeSignInSessionsPostResponseAsync(cancellationToken: cancellationToken), missing);

    public async Task<Result<Done>> AddMemberAsync(string group, string user, Problem missing, CancellationToken cancellationToken)
    {
        try
        {
            var reference = new Uri(options.Graph, $"directoryObjects/{user}").AbsoluteUri;
            return await ChangeAsync(() => _graph.Groups[group].Members.Ref.PostAsync(new() { OdataId = reference }, cancellationToken: cancellationToken), missing);
        }
        catch (ApiException e) when (GraphRefusals.IsAlreadyThere(e))
        {
            return Done.Value;
        }
    }

    public Task<Result<Done>> RemoveMemberAsync(string group, string user, Problem missing, CancellationToken cancellationToken) =>
        ChangeAsync(() => _graph.Groups[group].Members[user].Ref.DeleteAsync(cancellationToken: cancellationToken), missing);

    private static async Task<Result<Done>> ChangeAsync(Func<Task> change, Problem missing)
    {
        try
        {
            await change();
            return Done.Value;
        }
        catch (NotSentException e)
        {
            return new Problem(ProblemCode.SystemUnavailable, e.Message);
        }
        catch (ApiException e) when (!GraphRefusals.IsAlreadyThere(e) && GraphRefusals.Of(e, missing) is not null)
        {
            return GraphRefusals.Of(e, missing)!;
        }
    }
}
