using System.DirectoryServices.Protocols;
using ItOps.Bot.Executors.ActiveDirectory.Queries;

namespace ItOps.Bot.Executors.ActiveDirectory.Connections;

/// <summary>Looks for objects.</summary>
internal sealed class DomainSearch(DomainConnections connections)
{
    private const int PageSize = 500;

    private string? _domain;
    private byte[]? _domainId;

    /// <summary>The one object of this name, when it meets the filter; none when it is not there.</summary>
    public async Task<Entry?> OneAsync(string name, LdapFilter filter, IReadOnlyList<string> attributes, CancellationToken cancellationToken, bool extendedNames = false) =>
        await connections.AskAsync(c => Ask(c, Request(name, SearchScope.Base, filter, attributes, extendedNames)), cancellationToken) is [var only] ? only : null;

    /// <summary>What meets the filter below the place. More than <paramref name="atMost"/> are cut off, so that it must be more than what the caller can use.</summary>
    public Task<IReadOnlyList<Entry>> BelowAsync(
        string place, LdapFilter filter, IReadOnlyList<string> attributes, int atMost, CancellationToken cancellationToken, bool extendedNames = false) =>
        connections.AskAsync<IReadOnlyList<Entry>>(
            connection =>
            {
                var found = new List<Entry>();
                var request = Request(place, SearchScope.Subtree, filter, attributes, extendedNames);
                var page = new PageResultRequestControl(Math.Min(PageSize, atMost));
                request.Controls.Add(page);
                do
                {
                    found.AddRange(Ask(connection, request, out var next));
                    page.Cookie = next;
                }
                while (page.Cookie.Length > 0 && found.Count < atMost);
                return found.Count > atMost ? found[..atMost] : found;
            },
            cancellationToken);

    /// <summary>What the domain controller says of itself.</summary>
    public async Task<Entry> RootAsync(IReadOnlyList<string> attributes, CancellationToken cancellationToken) =>
        await OneAsync("", LdapFilter.Anything, attributes, cancellationToken) ?? throw new DirectoryUnavailableException("The domain controller does not say who it is.");

    public async Task<string> DomainAsync(CancellationToken cancellationToken) =>
        _domain ??= (await RootAsync(["defaultNamingContext"], cancellationToken)).Text("defaultNamingContext") ?? throw new DirectoryUnavailableException("The domain controller names no domain.");

    /// <summary>The domain's security identifier, which never changes.</summary>
    public async Task<byte[]> DomainIdAsync(CancellationToken cancellationToken) =>
        _domainId ??= (await OneAsync(await DomainAsync(cancellationToken), LdapFilter.Anything, ["objectSid"], cancellationToken))?.Bytes("objectSid")
            ?? throw new DirectoryUnavailableException("The domain's security identifier cannot be read.");

    private static SearchRequest Request(string place, SearchScope scope, LdapFilter filter, IReadOnlyList<string> attributes, bool extendedNames)
    {
        var request = new SearchRequest(place, filter.ToString(), scope, [.. attributes]);
        if (extendedNames)
            request.Controls.Add(new ExtendedDNControl(ExtendedDNFlag.StandardString));
        return request;
    }

    private static List<Entry> Ask(LdapConnection connection, SearchRequest request) => Ask(connection, request, out _);

    private static List<Entry> Ask(LdapConnection connection, SearchRequest request, out byte[] next)
    {
        SearchResponse response;
        try
        {
            response = (SearchResponse)connection.SendRequest(request);
        }
        catch (DirectoryOperationException e) when (e.Response is SearchResponse { ResultCode: ResultCode.NoSuchObject })
        {
            next = [];
            return [];
        }

        next = response.Controls.OfType<PageResultResponseControl>().FirstOrDefault()?.Cookie ?? [];
        return [.. response.Entries.Cast<SearchResultEntry>().Select(e => new Entry(e))];
    }
}
