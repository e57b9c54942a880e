using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ItOps.Bot.Testing.Chroma;

/// <summary>What stands between the bot and Chroma does wrong.</summary>
public enum RelayFault { None, Down, ServerError, NeverAnswers, StopsInTheMiddle, Garbage, TenMegabytes, CutBody, Redirect, OtherShape }

/// <summary>Passes everything on to a Chroma, real or not, as long as nothing is wrong with it.</summary>
public sealed class ChromaRelay : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _http = new();

    private ChromaRelay(WebApplication app) => _app = app;

    public Uri Url => new(_app.Urls.Single() + "/");

    public RelayFault Fault { get; set; }

    /// <summary>How many questions still pass before the fault shows.</summary>
    public int FailAfter { get; set; }

    /// <summary>What was asked since the start, whatever became of it.</summary>
    public int Asked { get; private set; }

    public static async Task<ChromaRelay> StartAsync(Uri target)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var relay = new ChromaRelay(app);
        app.Run(context => relay.AnswerAsync(context, target));
        await app.StartAsync();
        return relay;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _http.Dispose();
    }

    private async Task AnswerAsync(HttpContext context, Uri target)
    {
        Asked++;
        var response = context.Response;
        switch (FailAfter-- > 0 ? RelayFault.None : Fault)
        {
            case RelayFault.None:
                await PassAsync(context, target);
                break;
            case RelayFault.Down:
                context.Abort();
                break;
            case RelayFault.ServerError:
                response.StatusCode = 500;
                await response.WriteAsync("""{"error":"InternalError","message":"boom"}""");
                break;
            case RelayFault.NeverAnswers:
                await UntilGivenUpAsync(context);
                break;
            case RelayFault.StopsInTheMiddle:
                await response.WriteAsync("""{"ids":[["account_locked#0",""");
                await response.Body.FlushAsync();
                await UntilGivenUpAsync(context);
                break;
            case RelayFault.Garbage:
                await response.WriteAsync("<html>busy</html>");
                break;
            case RelayFault.TenMegabytes:
                await HugeAsync(context);
                break;
            case RelayFault.CutBody:
                response.ContentLength = 1_000;
                await response.WriteAsync("""{"ids":[["account_locked#0",""");
                await response.Body.FlushAsync();
                context.Abort();
                break;
            case RelayFault.Redirect:
                response.Redirect("http://127.0.0.1:9/");
                break;
            case RelayFault.OtherShape:
                await response.WriteAsync("""{"ids":[["account_locked#0","x"],[]],"metadatas":[[null]],"distances":[["NaN"]]}""");
                break;
            default:
                throw new InvalidOperationException($"{Fault}");
        }
    }

    private async Task PassAsync(HttpContext context, Uri target)
    {
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), new Uri(target, context.Request.Path.Value![1..]));
        if (context.Request.ContentLength is not null || context.Request.Headers.TransferEncoding.Count > 0)
        {
            request.Content = new StreamContent(context.Request.Body);
            request.Content.Headers.ContentType = new("application/json");
        }

        foreach (var header in (string[])["Authorization", "X-Chroma-Token"])
        {
            if (context.Request.Headers.TryGetValue(header, out var value))
                request.Headers.TryAddWithoutValidation(header, value.ToString());
        }

        try
        {
            using var answer = await _http.SendAsync(request, context.RequestAborted);
            context.Response.StatusCode = (int)answer.StatusCode;
            await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
        }
        catch (HttpRequestException)
        {
            // Nobody listens behind it: the same as if nobody listened here.
            context.Abort();
        }
    }

    private static async Task UntilGivenUpAsync(HttpContext context)
    {
        var gone = new TaskCompletionSource();
        await using var registered = context.RequestAborted.Register(gone.SetResult);
        await gone.Task;
    }

    private static async Task HugeAsync(HttpContext context)
    {
        var part = Encoding.UTF8.GetBytes("\"" + new string('x', 65_533) + "\",");
        try
        {
            await context.Response.WriteAsync("[");
            for (var i = 0; i < 160; i++)
                await context.Response.Body.WriteAsync(part, context.RequestAborted);
            await context.Response.WriteAsync("0]");
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // The reader had enough.
        }
    }
}
