using ItOps.Bot.Knowledge.Llm;

namespace ItOps.Bot.Knowledge.Tests.Llm;

public sealed class LlmOptionsTests
{
    [Fact]
    public void Without_an_endpoint_there_is_no_model() => Assert.Null(ModelStage.OptionsOf([]));

    [Theory]
    [InlineData("https://api.openai.com/v1")]
    [InlineData("http://localhost:11434/v1")]
    [InlineData("http://127.0.0.1:8000/v1/")]
    public void Common_endpoints_are_taken(string endpoint)
    {
        var options = ModelPromptTests.Options(("Endpoint", endpoint));

        Assert.Equal(endpoint.TrimEnd('/') + "/", options.Endpoint.ToString());
        Assert.Equal((TimeSpan.FromSeconds(20), 0d), (options.TimeOut, options.Temperature));
    }

    [Fact]
    public void The_operator_may_allow_http() => Assert.Equal("http", ModelPromptTests.Options(("Endpoint", "http://vllm.internal:8000/v1"), ("AllowHttp", "true")).Endpoint.Scheme);

    [Theory]
    [InlineData("Endpoint", "", "Knowledge:Llm:Endpoint")]
    [InlineData("Endpoint", "api.openai.com", "Knowledge:Llm:Endpoint")]
    [InlineData("Endpoint", "ftp://model.test", "Knowledge:Llm:Endpoint")]
    [InlineData("Endpoint", "http://vllm.internal:8000/v1", "Knowledge:Llm:AllowHttp")]
    [InlineData("Endpoint", "https://user:secret@model.test/v1", "Knowledge:Llm:Endpoint")]
    [InlineData("Endpoint", "https://model.test/v1?api-version=1", "Knowledge:Llm:Endpoint")]
    [InlineData("ChatModel", "", "Knowledge:Llm:ChatModel")]
    [InlineData("ApiKey", "Bearer sk 1", "Knowledge:Llm:ApiKey")]
    [InlineData("Provider", "ollama", "Knowledge:Llm:Provider")]
    [InlineData("Provider", "azure", "Knowledge:Llm:ApiKey")]
    [InlineData("Provider", "1", "Knowledge:Llm:Provider")]
    [InlineData("ApiVersion", "2024-10-21", "Knowledge:Llm:Provider")]
    [InlineData("AnswerFormat", "xml", "Knowledge:Llm:AnswerFormat")]
    [InlineData("Temperature", "3", "Knowledge:Llm:Temperature")]
    [InlineData("TimeOutSeconds", "0", "Knowledge:Llm:TimeOutSeconds")]
    [InlineData("TimeOutSeconds", "soon", "Knowledge:Llm:TimeOutSeconds")]
    [InlineData("AllowHttp", "yes", "Knowledge:Llm:AllowHttp")]
    [InlineData("TokensPerDay", "-1", "Knowledge:Llm:TokensPerDay")]
    [InlineData("PricePerMillionInput", "1,5", "Knowledge:Llm:PricePerMillionInput")]
    public void A_mistake_is_named_with_its_key_and_never_with_a_secret(string key, string value, string named)
    {
        var wrong = Assert.Throws<SettingException>(() => ModelPromptTests.Options((key, value)));

        Assert.Contains(named, wrong.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", wrong.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("sk 1", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Azure_is_called_at_its_deployment_with_a_key_of_its_own_header()
    {
        await using var stage = await ModelStage.StartAzureAsync();

        await stage.Agent.RetrieveInstructionsAsync(ModelStage.Task("the tunnel is dead"), TestContext.Current.CancellationToken);

        Assert.Single(stage.Model.Questions);
    }
}
