namespace SurveyDialer.Questionnaires.Tests;

public sealed class PromptSheetTests
{
    private static readonly string[] Keys = ["1", "2", "3", "4", "5", "6", "7", "8", "0", "*", "", "", "5"];

    [Theory]
    [InlineData("short-keys")]
    [InlineData("standard")]
    public void Whatever_a_call_can_say_stands_on_the_sheet(string id)
    {
        var template = Shipped.Template(id);
        var sheet = PromptSheet.Of(template, BlankFilling.Examples(template)).ToHashSet();
        var heard = new HashSet<PromptLine>();
        for (var seed = 0UL; seed < 300; seed++)
        {
            var chance = new Random((int)seed);
            var engine = Shipped.Engine(template, Channel.Voice, template.Languages[(int)(seed % 2)], seed, (step, language, text) =>
            {
                heard.Add(new PromptLine(step, language, text));
                return null;
            });
            var turn = engine.Start();
            for (var i = 0; i < 60 && turn.End is null; i++)
            {
                var key = i == 0 ? "1" : Keys[chance.Next(Keys.Length)];
                turn = engine.Continue(turn.Position, key.Length == 0 ? new InterviewInput.Silence() : new InterviewInput.Keys(key));
            }
        }

        Assert.Empty(heard.Except(sheet));
        Assert.True(heard.Count > sheet.Count / 2, $"{heard.Count} of {sheet.Count}");
    }

    [Fact]
    public void A_template_that_is_not_asked_by_keys_has_nothing_to_record() => Assert.Empty(PromptSheet.Of(Shipped.Template("text"), new Dictionary<string, string>()));

    [Theory]
    [InlineData("zh-CN", true)]
    [InlineData("en", true)]
    [InlineData("cmn-x-huangping", false)]
    [InlineData("x-miao", false)]
    public void Dialects_have_no_synthesised_voice(string language, bool voice) => Assert.Equal(voice, PromptSheet.HasVoice(language));

    [Theory]
    [InlineData("您好，这里是{org}。", "您好，这里是平安镇人民政府。", true)]
    [InlineData("您好，这里是{org}。", "您好，这里是。", false)]
    [InlineData("{org}，{org}", "甲镇，甲镇", true)]
    [InlineData("{org}，{org}", "甲镇，乙镇", false)]
    [InlineData("a.c (1)", "abc (1)", false)]
    [InlineData("a.c {x}", "a.c 1", true)]
    public void Words_fit_a_text_when_only_its_blanks_differ(string text, string words, bool fits) => Assert.Equal(fits, new PromptPattern(text).Fits(words));
}
