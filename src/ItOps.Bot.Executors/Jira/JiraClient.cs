using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ItOps.Bot.Executors.Http;

namespace ItOps.Bot.Executors.Jira;

/// <summary>The calls of Jira Cloud's REST API, version 3, that the bot makes. There is none that replaces the members of a role.</summary>
internal sealed class JiraClient : IDisposable
{
    private const int PageSize = 50;

    private readonly HttpClient _http;

    public JiraClient(JiraOptions options, TimeProvider time)
    {
        _http = new(new PatientHandler("Jira", options.TimeOut, time, PatientHandler.Connections())) { BaseAddress = new(options.Url, "rest/api/3/"), Timeout = Timeout.InfiniteTimeSpan };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.Email}:{options.ApiToken.Reveal()}")));
        _http.DefaultRequestHeaders.Accept.Add(new("application/json"));
    }

    public void Dispose() => _http.Dispose();

    public async Task<JiraUser> MyselfAsync(CancellationToken cancellationToken) =>
        await ReadAsync("myself", JiraJson.Default.JiraUser, cancellationToken) ?? throw new JiraException("Jira does not say who the bot is.");

    public Task<JiraUser?> UserAsync(string accountId, CancellationToken cancellationToken) =>
        ReadAsync($"user?accountId={Escape(accountId)}&expand=applicationRoles", JiraJson.Default.JiraUser, cancellationToken);

    public async Task<IReadOnlyList<JiraGroup>> GroupsOfAsync(string accountId, CancellationToken cancellationToken) =>
        await ReadAsync($"user/groups?accountId={Escape(accountId)}", JiraJson.Default.JiraGroupArray, cancellationToken) ?? [];

    /// <summary>Everybody whose name or address has something of the text: the caller compares.</summary>
    public async Task<IReadOnlyList<JiraUser>> SearchAsync(string text, CancellationToken cancellationToken)
    {
        var found = new List<JiraUser>();
        for (var page = await Page(0); page.Length > 0; page = page.Length < PageSize ? [] : await Page(found.Count))
            found.AddRange(page);
        return found;

        async Task<JiraUser[]> Page(int startAt) => await ReadAsync(
            string.Create(CultureInfo.InvariantCulture, $"user/search?query={Escape(text)}&startAt={startAt}&maxResults={PageSize}"), JiraJson.Default.JiraUserArray, cancellationToken) ?? [];
    }

    public async Task<IReadOnlyList<JiraProject>> ProjectsAsync(CancellationToken cancellationToken)
    {
        var all = new List<JiraProject>();
        for (var page = await Page(0); page?.Values is { Count: > 0 } values; page = page.IsLast ? null : await Page(all.Count))
            all.AddRange(values);
        return all;

        Task<JiraProjects?> Page(int startAt) => ReadAsync(
            string.Create(CultureInfo.InvariantCulture, $"project/search?startAt={startAt}&maxResults={PageSize}&orderBy=key"), JiraJson.Default.JiraProjects, cancellationToken);
    }

    public Task<JiraProject?> ProjectAsync(string key, CancellationToken cancellationToken) => ReadAsync($"project/{Escape(key)}", JiraJson.Default.JiraProject, cancellationToken);

    /// <summary>The addresses of a project's roles by their names.</summary>
    public async Task<IReadOnlyDictionary<string, string>> RolesAsync(string project, CancellationToken cancellationToken) =>
        await ReadAsync($"project/{Escape(project)}/role", JiraJson.Default.DictionaryStringString, cancellationToken) ?? [];

    public Task<JiraRole?> RoleAsync(string project, string role, CancellationToken cancellationToken) =>
        ReadAsync($"project/{Escape(project)}/role/{Escape(role)}", JiraJson.Default.JiraRole, cancellationToken);

    /// <summary>Whether the bot has a permission: in a project, or everywhere.</summary>
    public async Task<bool> MayAsync(string permission, string? project, CancellationToken cancellationToken)
    {
        var within = project is null ? "" : $"&projectKey={Escape(project)}";
        var answer = await ReadAsync($"mypermissions?permissions={Escape(permission)}{within}", JiraJson.Default.JiraPermissions, cancellationToken);
        return answer?.Permissions?.GetValueOrDefault(permission)?.HavePermission == true;
    }

    /// <summary>Adds one to those who have the role. POST, since PUT would replace them all.</summary>
    public Task<Result<Done>> AddAsync(string project, string role, string accountId, Problem missing, CancellationToken cancellationToken) => ChangeAsync(
        new(HttpMethod.Post, $"project/{Escape(project)}/role/{Escape(role)}") { Content = JsonContent.Create(new JiraNewActors([accountId]), JiraJson.Default.JiraNewActors) },
        missing,
        cancellationToken);

    public Task<Result<Done>> RemoveAsync(string project, string role, string accountId, Problem missing, CancellationToken cancellationToken) => ChangeAsync(
        new(HttpMethod.Delete, $"project/{Escape(project)}/role/{Escape(role)}?user={Escape(accountId)}"),
        missing,
        cancellationToken);

    private static string Escape(string text) => Uri.EscapeDataString(text);

    private async Task<T?> ReadAsync<T>(string address, JsonTypeInfo<T> json, CancellationToken cancellationToken)
        where T : class
    {
        using var answer = await _http.GetAsync(address, cancellationToken);
        if (answer.StatusCode == HttpStatusCode.NotFound)
            return null;
        if (!answer.IsSuccessStatusCode)
            throw new JiraException($"Jira answered {(int)answer.StatusCode} to {address.Split('?')[0]}. {await SaidAsync(answer, cancellationToken)}") { Status = answer.StatusCode };
        try
        {
            return await answer.Content.ReadFromJsonAsync(json, cancellationToken);
        }
        catch (JsonException e)
        {
            throw new JiraException($"Jira's answer to {address.Split('?')[0]} cannot be read ({SaidText.Of(e.Message)}).", e);
        }
    }

    private async Task<Result<Done>> ChangeAsync(HttpRequestMessage request, Problem missing, CancellationToken cancellationToken)
    {
        using (request)
        {
            HttpResponseMessage answer;
            try
            {
                answer = await _http.SendAsync(request, cancellationToken);
            }
            catch (NotSentException e)
            {
                return new Problem(ProblemCode.SystemUnavailable, e.Message);
            }

            using (answer)
            {
                if (answer.IsSuccessStatusCode)
                    return Done.Value;
                var said = await SaidAsync(answer, cancellationToken);
                return (int)answer.StatusCode switch
                {
                    404 => missing with { Detail = $"{missing.Detail} {said}" },
                    401 => new Problem(ProblemCode.SystemUnavailable, $"Jira does not take the bot's token. {said}"),
                    429 => new Problem(ProblemCode.SystemUnavailable, $"Jira has too much to do, and said so {PatientHandler.Tries} times or wants to be left alone for long."),
                    409 => new Problem(ProblemCode.SystemUnavailable, $"Jira was changing the role for somebody else. {said}"),
                    403 => new Problem(ProblemCode.PolicyRefused, $"Jira does not let the bot do this. {said}"),
                    >= 400 and < 500 and not 408 => new Problem(ProblemCode.PolicyRefused, $"Jira refuses it. {said}"),
                    var status => throw new UnansweredException($"Jira answered {status}, so it is not known whether it was done.", null),
                };
            }
        }
    }

    private static async Task<string> SaidAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var body = await answer.Content.ReadAsStringAsync(cancellationToken);
        try
        {
            return JsonSerializer.Deserialize(body, JiraJson.Default.JiraErrors) is { } errors
                ? SaidText.Of(string.Join(" ", (errors.ErrorMessages ?? []).Concat((errors.Errors ?? new Dictionary<string, string>()).Values)))
                : "";
        }
        catch (JsonException)
        {
            return SaidText.Of(body);
        }
    }
}

/// <summary>Jira does not answer a question, or not in a way that can be read.</summary>
internal sealed class JiraException(string message, Exception? inner = null) : OperatorException(message, inner)
{
    public HttpStatusCode? Status { get; init; }
}
