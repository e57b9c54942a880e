using System.Net;
using System.Net.Sockets;
using System.Text;
using ItOps.Bot.Executors.Http;
using ItOps.Bot.Testing.Time;

namespace ItOps.Bot.Executors.Tests.Http;

public sealed class PatientHandlerTests
{
    /// <summary>A server that takes a request on a kept connection and closes it without a word may have acted on it: the request is not made again behind our back.</summary>
    [Theory]
    [InlineData("POST")]
    [InlineData("DELETE")]
    [InlineData("PATCH")]
    public async Task A_change_whose_connection_is_closed_without_an_answer_is_not_repeated(string method)
    {
        var token = TestContext.Current.CancellationToken;
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var requests = new List<string>();
        var serving = ServeAsync(listener, requests, token);
        using var http = new HttpClient(new PatientHandler("The system", TimeSpan.FromSeconds(10), new FakeTimeProvider(), PatientHandler.Connections()));
        var address = new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");
        using (await http.GetAsync(address, token))
        {
        }

        await Assert.ThrowsAsync<UnansweredException>(() => http.SendAsync(new(new(method), address), token));

        listener.Stop();
        await serving;
        Assert.Equal(["GET", method], requests);
    }

    /// <summary>Answers what is read, and takes what is a change without an answer.</summary>
    private static async Task ServeAsync(TcpListener listener, List<string> requests, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync(cancellationToken);
                var stream = client.GetStream();
                var buffer = new byte[4096];
                while (await stream.ReadAsync(buffer, cancellationToken) is > 0 and var read)
                {
                    var method = Encoding.ASCII.GetString(buffer, 0, read).Split(' ')[0];
                    requests.Add(method);
                    if (method != "GET")
                        break;
                    await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"u8.ToArray(), cancellationToken);
                }
            }
        }
        catch (SocketException)
        {
        }
    }
}
