using System.Text;
using System.Text.Json;
using ItOps.Bot.Agents;
using ItOps.Bot.Benchmarks.Measuring;
using ItOps.Bot.Knowledge.Llm;
using ItOps.Bot.Knowledge.Runbooks;
using ItOps.Bot.People;
using ItOps.Bot.Testing.Models;
using ItOps.Bot.Testing.Reporting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ItOps.Bot.Benchmarks.Models;

/// <summary>
/// What the bot adds to a call to the model: prompt, schema, budget, SDK, resilience, reading the stream, reading the answer. Each call is made twice, one after the
/// other, against the same endpoint on loopback: by the agent, and by a bare HttpClient that sends the same bytes and reads the answer to its end. The difference is ours.
/// </summary>
internal static class ModelBenchmark
{
    private const int Offered = 12;
    private const int WarmUp = 200;
    private const string Text = "hello dear colleagues since the update this morning the tunnel to the office stops at ninety percent and then it says error 809";

    public static async Task<int> RunAsync(Arguments arguments)
    {
        var calls = arguments.Number("--calls", 1_000);
        var machine = Machine.Now();
        System.Console.WriteLine($"model: {machine}");
        await using var model = await FakeModel.StartAsync();
        model.Answers = asked => asked.Choose("vpn_not_connecting", "the tunnel to the office stops", values: ("error", "809", "error 809"));
        await using var services = Services(model);
        var agent = services.GetRequiredService<IAgent>();
        var task = Question();
        using var http = new HttpClient { BaseAddress = model.Address, DefaultRequestHeaders = { Authorization = new("Bearer", FakeModel.ApiKey) } };

        await agent.DecomposeTaskAsync(task, CancellationToken.None);
        var body = Encoding.UTF8.GetBytes(model.Questions[0].Raw);
        var (bare, ours, added) = (new List<double>(), new List<double>(), new List<double>());
        for (var i = 0; i < WarmUp + calls; i++)
        {
            var first = await TimeAsync(() => BareAsync(http, body));
            var second = await TimeAsync(() => agent.DecomposeTaskAsync(task, CancellationToken.None));
            if (i < WarmUp)
                continue;
            bare.Add(first);
            ours.Add(second);
            added.Add(second - first);
        }

        var table = new ResultTable(System.Console.Out, ("", 44), ("p50 ms", 8), ("p99 ms", 8), ("max ms", 8));
        table.Head();
        foreach (var (name, figures) in ((string, Figures)[])[("bare HttpClient, same request", new(bare)), ("the agent", new(ours)), ("added by us, call by call", new(added))])
            table.Row(name, Figures.Show(figures.P50), Figures.Show(figures.P99), Figures.Show(figures.Max));
        System.Console.WriteLine(JsonSerializer.Serialize(
            new
            {
                benchmark = "model",
                machine,
                calls,
                requestBytes = body.Length,
                bareMs = new Figures(bare).ToJson(),
                agentMs = new Figures(ours).ToJson(),
                addedMs = new Figures(added).ToJson(),
                addedMeanMs = Figures.Round(added.Average()),
            },
            JsonSerializerOptions.Web));
        return 0;
    }

    private static ServiceProvider Services(FakeModel model)
    {
        var settings = model.Settings;
        settings["Knowledge:Llm:TokensPerPersonPerDay"] = settings["Knowledge:Llm:TokensPerDay"] = "1000000000";
        return new ServiceCollection()
            .AddLogging()
            .AddSingleton(TimeProvider.System)
            .AddLlm(new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value))).Build())
            .BuildServiceProvider();
    }

    private static AgentTask Question()
    {
        var runbooks = RunbookFolder.Read(Path.Combine(Repository.Root, "data", "runbooks")).ToCatalog().All.Where(r => r.IsFound).ToList();
        return new(PromptText.Of(Text), "en", [.. runbooks.Where(r => r.Id == "vpn_not_connecting"), .. runbooks.Where(r => r.Id != "vpn_not_connecting").Take(Offered - 1)])
        {
            Requester = new PersonId("benchmark"),
            Thread = new string('0', 32),
        };
    }

    private static async Task BareAsync(HttpClient http, byte[] body)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, "v1/chat/completions") { Content = content };
        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        answer.EnsureSuccessStatusCode();
        await answer.Content.ReadAsByteArrayAsync();
    }

    private static async Task<double> TimeAsync(Func<Task> call)
    {
        var began = TimeProvider.System.GetTimestamp();
        await call();
        return TimeProvider.System.GetElapsedTime(began).TotalMilliseconds;
    }
}
