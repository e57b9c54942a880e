using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ItOps.Bot.Testing.Models;

namespace ItOps.Bot.Knowledge.Tests.Llm;

/// <summary>The fake refuses what the real endpoint refuses.</summary>
public sealed class FakeModelTests
{
    /// <summary>How the fake is used: script it, let something ask, look at what was asked.</summary>
    [Fact]
    public async Task A_scripted_model_answers_and_shows_what_it_was_asked()
    {
        await using var stage = await ModelStage.StartAsync();
        stage.Model.Answers = asked => asked.Message.Contains("tunnel", StringComparison.Ordinal)
            ? asked.Choose("vpn_not_connecting", "tunnel is dead", values: ("error", "809", "error 809"))
            : asked.Nothing();
        stage.Model.Next(ModelReply.Status(503));

        var proposals = await stage.Agent.RetrieveInstructionsAsync(ModelStage.Task("my tunnel is dead, error 809"), TestContext.Current.CancellationToken);

        Assert.Equal("vpn_not_connecting", Assert.Single(proposals).RunbookId);
        Assert.Equal((2, "runbooks"), (stage.Model.Calls, stage.Model.Questions[^1].What));
        Assert.Empty(stage.Model.Violations);
    }

    [Theory]
    [InlineData("tools", """[{"type":"function"}]""", "Unrecognized request argument")]
    [InlineData("model", "\"other\"", "model_not_found")]
    [InlineData("stream", "false", "answers are streamed")]
    [InlineData("response_format", """{"type":"text"}""", "response_format")]
    [InlineData("response_format", """{"type":"json_schema","json_schema":{"name":"a b","strict":true,"schema":{}}}""", "json_schema.name")]
    [InlineData("response_format", """{"type":"json_schema","json_schema":{"name":"a","strict":true,"schema":{"type":"object","properties":{"x":{"type":"string"}},"required":[],"additionalProperties":false}}}""", "'required'")]
    [InlineData("response_format", """{"type":"json_schema","json_schema":{"name":"a","strict":true,"schema":{"type":"object","properties":{},"required":[],"additionalProperties":true}}}""", "'additionalProperties'")]
    [InlineData("response_format", """{"type":"json_schema","json_schema":{"name":"a","strict":true,"schema":{"type":"object","properties":{"x":{"type":"string","enum":[]}},"required":["x"],"additionalProperties":false}}}""", "enum")]
    [InlineData("messages", """[{"role":"user","content":"a"},{"role":"system","content":"b"}]""", "instructions")]
    public async Task A_request_that_OpenAI_would_refuse_is_refused(string member, string value, string why)
    {
        await using var stage = await ModelStage.StartAsync();
        var body = new ModelPromptSample().Request.Body(stage.Options);
        body[member] = JsonNode.Parse(value);
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new("Bearer", FakeModel.ApiKey);

        using var answer = await http.PostAsJsonAsync($"{stage.Model.Address}v1/chat/completions", body, TestContext.Current.CancellationToken);

        Assert.True(answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.NotFound);
        Assert.Contains(why, Assert.Single(stage.Model.Violations), StringComparison.Ordinal);
    }
}
