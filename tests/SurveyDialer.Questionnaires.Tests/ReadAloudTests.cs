using System.Globalization;

namespace SurveyDialer.Questionnaires.Tests;

/// <summary>Nobody at a desk telephone reads "press 6" to a resident.</summary>
public sealed class ReadAloudTests
{
    [Theory]
    [InlineData("您年满18周岁了吗？", "您年满18周岁了吗？是的请按1。", "screening.S2.text.zh-CN", "按1")]
    [InlineData("指打官司、执行、立案等工作。", "指打官司等。没有接触过请按 6。", "questions.Q11.explanation.zh-CN", "按 6")]
    [InlineData("Lawsuits, enforcement, filing.", "Lawsuits; press six if never.", "questions.Q11.explanation.en", "press six")]
    [InlineData("您随时可以拨打{verify_phone}撤回。", "撤回请按９。", "follow_up.notice.zh-CN", "按９")]
    [InlineData("您愿意参加吗？也可以先听详细说明。", "愿意请按1。", "introduction.ask_live.zh-CN", "按1")]
    [InlineData("好的，不打扰您了，再见。", "好的，再见。还想说请按#键。", "closing.declined.zh-CN", "按#")]
    [InlineData("不愿意也没关系；", "不愿意请按数字2；", "introduction.resume_live.zh-CN", "按数字2")]
    public void A_text_that_a_person_reads_names_no_key(string words, string changed, string key, string hit)
    {
        var yaml = Shipped.Yaml("standard");
        Assert.Contains(words, yaml, StringComparison.Ordinal);
        var finding = Assert.Single(TemplateCheck.Check(TemplateReader.Read(yaml.Replace(words, changed, StringComparison.Ordinal), "mine.yaml")), finding => finding.Problem == "key_read_aloud");
        Assert.Equal((FindingSeverity.Error, key, hit), (finding.Severity, finding.Key, finding.Arguments[0]));
        Assert.True(finding.Line > 0);
        foreach (var culture in new[] { "zh-CN", "en" }) Assert.Contains(hit, finding.InWords(CultureInfo.GetCultureInfo(culture)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_resumption_with_a_key_needs_a_form_for_people()
    {
        var yaml = Shipped.Yaml("standard");
        var without = yaml[..yaml.IndexOf("  resume_live:", StringComparison.Ordinal)] + yaml[yaml.IndexOf("  incoming:", StringComparison.Ordinal)..];
        Assert.Equal(["introduction.resume.zh-CN", "introduction.resume.en"],
            TemplateCheck.Check(TemplateReader.Read(without, "mine.yaml")).Where(finding => finding.Problem == "key_read_aloud").Select(finding => finding.Key));
    }

    [Fact]
    public void By_keys_only_a_template_may_name_them_everywhere()
        => Assert.Contains("按6", Shipped.Template("short-keys").Questions.First(question => question.Id == "Q2").Explanation.In("zh-CN"), StringComparison.Ordinal);

    [Theory]
    [InlineData("zh-CN", "按")]
    [InlineData("en", "press")]
    public void Going_on_at_a_desk_telephone_is_said_without_a_key_and_by_machine_with_it(string language, string press)
    {
        var (live, voice) = (Shipped.Engine("standard", Channel.Live, language), Shipped.Engine("standard", Channel.Voice, language));
        var open = live.Resume(live.Continue(live.Start().Position, new InterviewInput.Keys("1")).Position);
        Assert.Equal(2, live.Card(open.Position).Opening.Count);
        Assert.DoesNotContain(press, string.Concat(live.Card(open.Position).Opening), StringComparison.Ordinal);
        Assert.DoesNotContain(press, string.Concat(open.Says.Select(said => said.Text)), StringComparison.Ordinal);
        var called = voice.Resume(voice.Continue(voice.Start().Position, new InterviewInput.Keys("1")).Position);
        Assert.Contains(press, string.Concat(called.Says.Take(2).Select(said => said.Text)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("standard")]
    [InlineData("short-keys")]
    public void A_reason_is_not_spoken_as_an_approval(string id)
    {
        var notice = Shipped.Template(id).Introduction.Notice;
        Assert.Contains("批准文号或依据：{approval_no}", notice.In("zh-CN"), StringComparison.Ordinal);
        Assert.Contains("approval number or ground: {approval_no}", notice.In("en"), StringComparison.Ordinal);
    }
}
