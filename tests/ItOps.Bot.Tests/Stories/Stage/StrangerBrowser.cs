using System.Net;
using System.Text.RegularExpressions;

namespace ItOps.Bot.Tests.Stories.Stage;

/// <summary>A browser without script in which nobody is signed in: cookies, pages, and forms with the token of the page they stand on.</summary>
public sealed partial class StrangerBrowser(Uri bot) : IDisposable
{
    private readonly HttpClient _client = new(new HttpClientHandler { CookieContainer = new CookieContainer() }) { BaseAddress = bot };
    private string _form = "";

    public HttpClient Client => _client;

    public HttpStatusCode Status { get; private set; }

    /// <summary>The newest page, as a reader sees it.</summary>
    public string Page { get; private set; } = "";

    /// <summary>The four digits on the page.</summary>
    public string Number => NumberOnThePage().Match(Page) is { Success: true } found ? found.Groups[1].Value : throw new Xunit.Sdk.XunitException("No number on the page:\n" + Page);

    public async Task Opens(string address) => await ReadAsync(await _client.GetAsync(new Uri(address, UriKind.RelativeOrAbsolute)));

    /// <summary>Presses the page's button.</summary>
    public Task Presses(string address, string step = "") => SendsAsync(address, step, _form);

    /// <summary>Opens the link and presses "Show it": now the page has a number.</summary>
    public async Task Asks(string address)
    {
        await Opens(address);
        await Presses(address, "start");
    }

    public async Task SendsAsync(string address, string step, string form) => await ReadAsync(await _client.PostAsync(
        new Uri(address, UriKind.RelativeOrAbsolute), new FormUrlEncodedContent([new("step", step), new("__RequestVerificationToken", form)])));

    /// <summary>Picks somebody in the practice sign-in, so that the browser is a stranger's no more.</summary>
    public async Task SignsInAsync(string person) => await ReadAsync(await _client.PostAsync(
        new Uri("/sign-in", UriKind.Relative), new FormUrlEncodedContent([new("person", person), new("__RequestVerificationToken", _form)])));

    /// <summary>The password on the page; none when it shows none.</summary>
    public string? Password => Secret().Match(Page) is { Success: true } found ? WebUtility.HtmlDecode(found.Groups[1].Value) : null;

    public void Dispose() => _client.Dispose();

    private async Task ReadAsync(HttpResponseMessage response)
    {
        (Status, Page) = (response.StatusCode, await response.Content.ReadAsStringAsync());
        if (Form().Match(Page) is { Success: true } found)
            _form = found.Groups[1].Value;
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Form();

    [GeneratedRegex("<output aria-label=\"Number\">(\\d{4})</output>")]
    private static partial Regex NumberOnThePage();

    [GeneratedRegex("<output id=\"secret\"[^>]*>([^<]+)</output>")]
    private static partial Regex Secret();
}
