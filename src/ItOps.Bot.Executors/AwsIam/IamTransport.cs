using System.Net;
using System.Xml;
using System.Xml.Linq;

namespace ItOps.Bot.Executors.AwsIam;

/// <summary>
/// Sends signed calls to IAM. What IAM refused, or what never reached it, is an <see cref="IamRefusedException"/>; a change without an answer is whatever the
/// connection threw. Only reads are repeated on their own account, and what IAM asks to wait for.
/// </summary>
internal sealed class IamTransport(AwsCredentialSource credentials, AwsIamOptions options, TimeProvider time) : IDisposable
{
    private const int LongestAnswer = 4_000_000;

    // IAM asks for minutes of patience at most; a step has two.
    private static readonly TimeSpan s_wait = TimeSpan.FromSeconds(5);
    private const int Waits = 12;
    private const int ReadAttempts = 3;

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
    {
        Timeout = Timeout.InfiniteTimeSpan,
        MaxResponseContentBufferSize = LongestAnswer,
    };

    public async Task<IamAnswer> SendAsync(AwsAccount account, IamRequest request, CancellationToken cancellationToken)
    {
        var renewed = false;
        for (int waited = 0, attempt = 1; ;)
        {
            try
            {
                return await OnceAsync(account, request, cancellationToken);
            }
            catch (IamRefusedException e) when (e.IsExpired && !renewed)
            {
                renewed = true;
                await credentials.ForgetAsync(account, cancellationToken);
            }
            catch (IamRefusedException e) when (e.Passes && waited < Waits)
            {
                waited++;
                await Task.Delay(s_wait, time, cancellationToken);
            }
            catch (Exception e) when (!request.Action.Changes && IsLost(e, cancellationToken))
            {
                if (attempt++ == ReadAttempts)
                    throw new IamRefusedException(IamRefusedException.Unreachable, $"{request.Action.Name} got no answer ({e.Message})");
            }
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<IamAnswer> OnceAsync(AwsAccount account, IamRequest request, CancellationToken cancellationToken)
    {
        var keys = await credentials.ForAsync(account, cancellationToken);
        using var limit = new CancellationTokenSource(options.TimeOut, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        using var message = request.Signed(options.IamUrl, options.Region, keys, time.GetUtcNow());
        try
        {
            using var response = await _http.SendAsync(message, either.Token);
            var root = await RootAsync(response, either.Token);
            if (response.StatusCode == HttpStatusCode.OK && root?.Name.LocalName == request.Action.Name + "Response")
                return new(root.Element(root.Name.Namespace + (request.Action.Name + "Result")) ?? root, response.Headers.Date);
            throw Refusal(request, response.StatusCode, root);
        }
        catch (HttpRequestException e) when (e.HttpRequestError is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError)
        {
            throw new IamRefusedException(IamRefusedException.Unreachable, $"{options.IamUrl.Host} was not reached ({e.HttpRequestError})");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"{request.Action.Name} was not answered within {options.TimeOut.TotalSeconds:0} s.");
        }
    }

    private static Exception Refusal(IamRequest request, HttpStatusCode status, XElement? root)
    {
        var error = root?.Descendants().FirstOrDefault(e => e.Name.LocalName == "Error");
        var code = error?.Elements().FirstOrDefault(e => e.Name.LocalName == "Code")?.Value;
        var text = request.WithoutSecrets(error?.Elements().FirstOrDefault(e => e.Name.LocalName == "Message")?.Value ?? "");
        var refused = new IamRefusedException(code ?? "", text);

        // A failure of IAM's own says nothing about what it did before it failed.
        return code is not null && ((int)status is >= 400 and < 500 || refused.Passes)
            ? refused
            : new HttpRequestException($"{request.Action.Name} was answered with {(int)status} {code}", null, status);
    }

    private static async Task<XElement?> RootAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        try
        {
            using var reader = XmlReader.Create(body, new XmlReaderSettings { Async = true, DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = LongestAnswer });
            return (await XDocument.LoadAsync(reader, LoadOptions.None, cancellationToken)).Root;
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static bool IsLost(Exception e, CancellationToken cancellationToken) =>
        !cancellationToken.IsCancellationRequested && e is HttpRequestException or TimeoutException or IOException;
}

/// <summary>What IAM answered; <paramref name="At"/> is its own clock.</summary>
internal sealed record IamAnswer(XElement Result, DateTimeOffset? At)
{
    private XNamespace Space => Result.Name.Namespace;

    public XElement? One(string name) => Result.Element(Space + name);

    public IEnumerable<XElement> Members(string list) => Result.Element(Space + list)?.Elements(Space + "member") ?? [];

    public string? Marker => One("IsTruncated")?.Value == "true" ? One("Marker")?.Value : null;
}
