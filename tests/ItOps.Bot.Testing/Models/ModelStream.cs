using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace ItOps.Bot.Testing.Models;

/// <summary>A streamed answer, in the parts in which OpenAI sends it.</summary>
internal sealed class ModelStream(HttpContext http)
{
    private const int PartLength = 24;

    public async Task WriteAsync(ModelReply reply, ModelQuestion question)
    {
        http.Response.ContentType = "text/event-stream; charset=utf-8";
        switch (reply.Conduct)
        {
            case ModelConduct.TalksGarbage:
                await http.Response.Body.WriteAsync(new byte[] { 0xFF, 0xFE, 0x00, 0x01, 0x0A, 0x64, 0x61, 0x74, 0x61, 0x3A, 0x7B, 0x7B, 0x5D, 0x0A, 0x0A });
                return;
            case ModelConduct.IsHuge:
                await HugeAsync(reply.Size);
                return;
            case ModelConduct.Drips:
                await DripAsync(reply.Meanwhile!);
                return;
        }

        await ChunkAsync(Delta(new JsonObject { ["role"] = "assistant", [reply.Conduct == ModelConduct.Refuses ? "refusal" : "content"] = "" }));
        if (reply.Conduct == ModelConduct.Stalls)
        {
            await http.Response.Body.FlushAsync();
            await FakeModel.UntilLeftAsync(http, reply.Meanwhile);
            return;
        }

        await PartsAsync(reply);
        switch (reply.Conduct)
        {
            case ModelConduct.BreaksOff:
                await http.Response.Body.FlushAsync();
                http.Abort();
                return;
            case ModelConduct.EndsEarly:
                return;
        }

        await ChunkAsync(Choice(new JsonObject(), reply.Finish, 0));
        if (reply.SaysUsage)
        {
            var (input, output) = reply.Usage ?? (question.Raw.Length / 4, reply.Content.Length / 4);
            await ChunkAsync(new JsonObject { ["choices"] = new JsonArray(), ["usage"] = new JsonObject { ["prompt_tokens"] = input, ["completion_tokens"] = output, ["total_tokens"] = input + output } });
        }

        await http.Response.WriteAsync("data: [DONE]\n\n");
    }

    private async Task PartsAsync(ModelReply reply)
    {
        if (reply.Conduct == ModelConduct.CallsATool)
        {
            await ChunkAsync(Delta(new JsonObject
            {
                ["tool_calls"] = new JsonArray(new JsonObject
                {
                    ["index"] = 0,
                    ["id"] = "call_1",
                    ["type"] = "function",
                    ["function"] = new JsonObject { ["name"] = reply.Tool.Name, ["arguments"] = reply.Tool.Arguments },
                }),
            }));
        }

        for (var at = 0; at < reply.Content.Length; at += PartLength)
        {
            var part = reply.Content.Substring(at, Math.Min(PartLength, reply.Content.Length - at));
            if (reply.Conduct == ModelConduct.AnswersTwice)
                await ChunkAsync(Choice(new JsonObject { ["content"] = reply.Second }, null, 1));
            await ChunkAsync(Delta(new JsonObject { [reply.Conduct == ModelConduct.Refuses ? "refusal" : "content"] = part }));
        }
    }

    private async Task HugeAsync(long size)
    {
        var part = new string('x', 16 * 1024);
        for (long sent = 0; sent < size && !http.RequestAborted.IsCancellationRequested; sent += part.Length)
            await ChunkAsync(Delta(new JsonObject { ["content"] = part }));
    }

    private async Task DripAsync(Action between)
    {
        await http.Response.WriteAsync("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"");
        while (!http.RequestAborted.IsCancellationRequested)
        {
            await http.Response.WriteAsync("x");
            await http.Response.Body.FlushAsync();
            between();
            try
            {
                await Task.Delay(TimeSpan.FromMilliseconds(5), http.RequestAborted);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private Task ChunkAsync(JsonObject chunk)
    {
        chunk["object"] = "chat.completion.chunk";
        chunk["id"] = "chatcmpl-practice";
        return http.Response.WriteAsync($"data: {chunk.ToJsonString()}\n\n");
    }

    private static JsonObject Delta(JsonObject delta) => Choice(delta, null, 0);

    private static JsonObject Choice(JsonObject delta, string? finish, int index) =>
        new() { ["choices"] = new JsonArray(new JsonObject { ["index"] = index, ["delta"] = delta, ["finish_reason"] = finish }) };
}
