using System.Text.Json.Nodes;
using ItOps.Bot.Testing.Models;

namespace ItOps.Bot.Knowledge.Tests.Llm;

public sealed class ModelSelfCheckTests
{
    [Fact]
    public async Task A_model_that_keeps_to_the_schema_is_well()
    {
        await using var stage = await ModelStage.StartAsync();
        stage.Model.Answers = asked => ModelReply.Json(new JsonObject { ["word"] = (string?)asked.Body["response_format"]!["json_schema"]!["schema"]!["properties"]!["word"]!["enum"]![0] });

        Assert.All(await stage.Check.ExamineAsync(TestContext.Current.CancellationToken), result => Assert.Null(result.Problem));
        Assert.Single(stage.Model.Questions);
    }

    [Fact]
    public async Task A_model_that_passes_the_schema_over_is_told()
    {
        await using var stage = await ModelStage.StartAsync();
        stage.Model.Answers = _ => ModelReply.Text("""{"greeting":"good morning"}""");

        var problem = Assert.Single(await stage.Check.ExamineAsync(TestContext.Current.CancellationToken), r => r.Problem is not null);
        Assert.Contains("Knowledge:Llm:AnswerFormat", problem.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(401, "Knowledge:Llm:ApiKey")]
    [InlineData(404, "ChatModel")]
    [InlineData(503, "503")]
    public async Task What_is_wrong_is_told_with_how_to_mend_it(int status, string mend)
    {
        await using var stage = await ModelStage.StartAsync();
        stage.Model.Answers = _ => ModelReply.Status(status);

        var problem = Assert.Single(await stage.Check.ExamineAsync(TestContext.Current.CancellationToken), r => r.Problem is not null);
        Assert.Contains(mend, problem.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_that_hangs_does_not_hang_the_doctor()
    {
        await using var stage = await ModelStage.StartAsync();
        stage.Model.Answers = _ => ModelReply.Hangs(() => stage.Time.Advance(TimeSpan.FromSeconds(5)));

        Assert.Contains(await stage.Check.ExamineAsync(TestContext.Current.CancellationToken), r => r.Problem is not null);
    }
}
