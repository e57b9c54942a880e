using System.Net;
using System.Text.RegularExpressions;

namespace ItOps.Bot.Console.Tests.Hosting;

/// <summary>What a browser without script does: cookies, pages, and forms sent with the anti-forgery token of the page they stand on.</summary>
internal sealed partial class Browser(Uri address) : IDisposable
{
    private readonly HttpClient _client = new(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = address };
    private string _token = "";

    public HttpClient Client => _client;

    public async Task SignInAsync(string name)
    {
        await OpenAsync("/sign-in");
        var answer = await SendAsync("/sign-in", ("person", name));
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        await OpenAsync("/chat");
    }

    /// <summary>The page's text, with what it shows decoded as a reader sees it.</summary>
    public async Task<string> OpenAsync(string path)
    {
        var response = await _client.GetAsync(path, TestContext.Current.CancellationToken);
        return await ReadAsync(response);
    }

    public Task<HttpResponseMessage> SendAsync(string path, params (string Name, string Value)[] fields) => _client.PostAsync(
        path,
        new FormUrlEncodedContent(fields.Append((Name: "__RequestVerificationToken", Value: _token)).Select(f => KeyValuePair.Create(f.Name, f.Value))),
        TestContext.Current.CancellationToken);

    public async Task<string> ReadAsync(HttpResponseMessage response)
    {
        var html = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        if (Token().Match(html) is { Success: true } match)
            _token = match.Groups[1].Value;
        return html;
    }

    public static string ValueOf(string html, string field) => Regex.Match(html, $"name=\"{field}\" value=\"([^\"]*)\"").Groups[1].Value;

    public void Dispose() => _client.Dispose();

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
