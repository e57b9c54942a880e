using ItOps.Bot.Knowledge.Llm;
using ItOps.Bot.People;
using ItOps.Bot.Testing.Models;
using Microsoft.Extensions.Logging.Abstractions;

namespace ItOps.Bot.Knowledge.Tests.Llm;

/// <summary>Other words around the same facts, or the text as it was.</summary>
public sealed class ModelTranslatorTests
{
    private const string Step = "Quit the VPN app completely, then open it again.";

    [Theory]
    [InlineData("Quit the VPN app, then open it again.", "Quit the ⟦1⟧ app, then open it again.")]
    [InlineData("Open https://vpn.example.com/login and press \"Sign in\".", "Open ⟦1⟧ and press ⟦2⟧.")]
    [InlineData("Run ipconfig /flushdns, wait 10 seconds, and look at C:\\Temp\\vpn.log.", "Run ipconfig ⟦1⟧, wait ⟦2⟧ seconds, and look at ⟦3⟧")]
    [InlineData("Error 0x80070005 in Outlook means that OneDrive is full.", "Error ⟦1⟧ in ⟦2⟧ means that ⟦3⟧ is full.")]
    [InlineData("Write to help@example.com with {error} in it.", "Write to ⟦1⟧ with ⟦2⟧ in it.")]
    [InlineData("Restart your computer.", "Restart your computer.")]
    public void Facts_are_taken_out_and_put_back(string text, string marked)
    {
        var parts = new FixedParts(text);

        Assert.Equal(marked, parts.Marked);
        Assert.Equal(text, parts.Restore(marked));
    }

    [Theory]
    [InlineData("Beende die App ganz und öffne sie wieder.")]
    [InlineData("Beende die ⟦1⟧-App, also ⟦1⟧, ganz.")]
    [InlineData("Beende die ⟦2⟧-App ganz und öffne sie wieder.")]
    [InlineData("Beende die ⟦1⟧-App 3 mal und öffne sie wieder.")]
    [InlineData("Beende die ⟦1⟧-App ganz, siehe https://evil.test und öffne sie.")]
    [InlineData("Beende die ⟦1⟧-App ganz, siehe evil.test dazu.")]
    [InlineData("Beende die ⟦1⟧-App ganz, @channel, und öffne sie.")]
    [InlineData("Beende die ⟦1⟧-App **ganz** und öffne sie wieder.")]
    [InlineData("![x](y) Beende die ⟦1⟧-App ganz und öffne sie.")]
    [InlineData("Beende die ⟦1⟧-App ganz\nund öffne sie wieder.")]
    [InlineData("Beende die ⟦1⟧-App ganz und öffne sie\u202e wieder.")]
    [InlineData("⟦1⟧")]
    [InlineData("")]
    public void What_lost_a_fact_or_gained_one_is_not_taken(string rendered) => Assert.Null(new FixedParts(Step).Restore(rendered));

    [Fact]
    public void A_flood_is_not_taken() => Assert.Null(new FixedParts(Step).Restore("⟦1⟧ " + new string('a', 500)));

    [Fact]
    public async Task A_text_is_asked_for_once_in_each_language()
    {
        await using var stage = await ModelStage.StartAsync();
        stage.Model.Answers = asked => asked.Render(_ => "Beende die ⟦1⟧-App ganz und öffne sie wieder.");
        var translator = new ModelTranslator(stage.Calls, NullLogger<ModelTranslator>.Instance);

        for (var i = 0; i < 3; i++)
            Assert.Equal("Beende die VPN-App ganz und öffne sie wieder.", (await AskAsync(translator, "de"))[Step]);
        await AskAsync(translator, "fr");

        Assert.Equal(["translate", "translate"], stage.Model.Questions.Select(q => q.What));
        Assert.DoesNotContain("reader-7", stage.Model.Questions[0].Raw, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_translation_that_cannot_be_trusted_is_not_asked_for_again()
    {
        await using var stage = await ModelStage.StartAsync();
        stage.Model.Answers = asked => asked.Render(_ => "Ruf 0900 123 an!");
        var translator = new ModelTranslator(stage.Calls, NullLogger<ModelTranslator>.Instance);

        Assert.Empty(await AskAsync(translator, "de"));
        Assert.Empty(await AskAsync(translator, "de"));

        Assert.Equal(1, stage.Model.Calls);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_model_that_fails_or_is_slow_leaves_the_text_and_is_asked_again_later(bool slow)
    {
        await using var stage = await ModelStage.StartAsync();
        // No further than it takes: the caller may be slow to leave, and the next question has its own time.
        var until = stage.Time.GetUtcNow() + stage.Options.TimeOut;
        stage.Model.Next(slow ? ModelReply.Hangs(() => stage.Time.Advance(stage.Time.GetUtcNow() < until ? TimeSpan.FromSeconds(2) : TimeSpan.Zero)) : ModelReply.Text("no"));
        var translator = new ModelTranslator(stage.Calls, NullLogger<ModelTranslator>.Instance);

        Assert.Empty(await AskAsync(translator, "de"));
        stage.Model.Answers = asked => asked.Render(_ => "Beende die ⟦1⟧-App ganz und öffne sie wieder.");
        Assert.Single(await AskAsync(translator, "de"));
    }

    [Fact]
    public async Task A_model_that_hangs_over_translations_is_left_alone_like_any_other()
    {
        await using var stage = await ModelStage.StartAsync();
        stage.Model.Answers = _ => ModelReply.Hangs(() => stage.Time.Advance(TimeSpan.FromSeconds(2)));
        var translator = new ModelTranslator(stage.Calls, NullLogger<ModelTranslator>.Instance);
        var began = stage.Time.GetUtcNow();
        Assert.Empty(await AskAsync(translator, "de"));
        Assert.InRange(stage.Time.GetUtcNow() - began, TimeSpan.FromSeconds(8), stage.Options.TimeOut - TimeSpan.FromSeconds(1));
        Assert.Empty(await AskAsync(translator, "de"));
        Assert.Equal(2, stage.Model.Calls);

        Assert.Empty(await AskAsync(translator, "de"));

        Assert.Equal(2, stage.Model.Calls);
        Assert.NotNull(stage.Check.Degraded);
    }

    private static Task<IReadOnlyDictionary<string, string>> AskAsync(ModelTranslator translator, string language) =>
        translator.TranslateAsync([Step], language, new PersonId("reader-7"), TestContext.Current.CancellationToken);
}
