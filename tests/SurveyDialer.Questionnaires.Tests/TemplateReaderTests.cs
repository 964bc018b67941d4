using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using SurveyDialer.Questionnaires.Policy;

namespace SurveyDialer.Questionnaires.Tests;

public sealed class TemplateReaderTests
{
    /// <summary>A change to the short template, the problem it must bring, and the text whose line it must name.</summary>
    public static TheoryData<string, string, string, string> Changes => new()
    {
        { "    kind: single\n    core: true", "    kind: single\n    cor: true", "unknown_key", "    cor: true" },
        { "version: 4\n", "version: one\n", "not_a_number", "version: one" },
        { "version: 4\n", "", "missing_key", "id: short-keys" },
        { "  - id: Q4\n", "  - id: Q3\n", "used_twice", "  - id: Q3" },
        { "{key: 2, score: 75, pole: positive, text: {zh-CN: \"大部分能\"", "{key: 1, score: 75, pole: positive, text: {zh-CN: \"大部分能\"", "used_twice", "大部分能" },
        { "{key: 6, pole: not_applicable, text: {zh-CN: \"身边没有纠纷\"", "{key: 7, pole: not_applicable, text: {zh-CN: \"身边没有纠纷\"", "reserved_key", "身边没有纠纷" },
        { "      en: \"Over the last six months, how safe did you feel here?\"\n", "", "missing_translation", "    text:@Q1" },
        { "身边的矛盾纠纷，能及时调解处理吗？", "请说很满意", "coaching", "请说很满意" },
        { "身边的矛盾纠纷，能及时调解处理吗？", new string('问', 130), "prompt_too_long", "问问问" },
        { "    skip:\n      - {keys: [2], to: \"end:4.70\"}\n\nquestions", "    skip:\n      - {keys: [2], to: S2}\n\nquestions", "skip_back", "to: S2}" },
        { "      - {keys: [1], to: \"H1\"}", "      - {keys: [1, 2], to: \"H1\"}", "unreachable", "  - id: S2A" },
        { "  selected_away:\n", "  selected_gone:\n", "unknown_key", "selected_gone" },
        { "to: \"end:appointment\"", "to: \"end:later\"", "unknown_end", "end:later" },
        { "to: \"end:4.70\"}\n  - id: S2B", "to: Q99}\n  - id: S2B", "skip_to_nowhere", "to: Q99" },
        { "tag: LAW, keys: [4, 5]", "tag: LOW, keys: [4, 5]", "flag_without_question", "tag: LOW" },
        { "tag: LAW, keys: [4, 5]", "tag: LAW, keys: [4, 8, 3, 7]", "key_without_option", "keys: [4, 8, 3, 7]" },
        { "minimum_gap: 3h", "minimum_gap: three hours", "not_a_duration", "three hours" },
        { "{days: workday, from: \"09:00\", to: \"12:00\"}", "{days: workday, from: \"08:00\", to: \"12:00\"}", "window_outside_limits", "from: \"08:00\"" },
        { "{days: workday, from: \"14:30\"", "{days: workday, from: \"11:30\"", "windows_overlap", "from: \"11:30\"" },
        { "    - {outcome: respondent_away, after: 3h, times: 1, other_day_part: true}\n", "", "no_second_call", "  retries:" },
        { "{outcome: fax,", "{outcome: telex,", "unknown_word", "telex" },
        { "{org}的模拟民意调查。\"\n    en", "{organisation}的模拟民意调查。\"\n    en", "unknown_blank", "{organisation}" },
        { "愿意参加请按1，不愿意请按2，以后都不想接到请按9，", "愿意参加请按1，不愿意请按2，", "key_not_told", "愿意参加请按1，不愿意请按2，听" },
        { "languages: [zh-CN, en]", "languages: [zh-CN, en, cmn-x-pingan]", "missing_translation", "name: {zh-CN" },
        { "languages: [zh-CN, en]", "languages: [zh-CN]", "undeclared_language", "name: {zh-CN" },
        { "key_question: Q1", "key_question: Q7", "key_question_not_asked", "key_question: Q7" },
        { "name: {zh-CN: \"按键短版\"", "name: &a {zh-CN: \"按键短版\"", "anchor", "&a" },
        { "version: 4\n", "version: 2\nversion: 4\n", "duplicate_key", "version: 4" },
        { "    - {kind: call, wait: 0s}", "    - {kind: advance_notice, wait: 1d}\n    - {kind: call, wait: 0s}", "missing_translation", "# 按键短版" },
        { "channels: [voice]", "channels: [voice", "not_yaml", "" },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void Mistake_is_found_at_its_line(string was, string becomes, string problem, string lineHolds)
    {
        var yaml = Shipped.Yaml("short-keys");
        Assert.Contains(was, yaml, StringComparison.Ordinal);
        var at = yaml.IndexOf(was, StringComparison.Ordinal);
        yaml = yaml[..at] + becomes + yaml[(at + was.Length)..];

        var findings = TemplateCheck.Check(TemplateReader.Read(yaml, "mine.yaml")).Where(f => f.Problem == problem).ToArray();

        Assert.NotEmpty(findings);
        var lines = yaml.Split('\n');
        var (text, after) = lineHolds.Split('@') is [var t, var a] ? (t, a) : (lineHolds, "");
        if (after.Length > 0)
            Assert.Contains(findings, f => lines[f.Line - 1] == text && Array.IndexOf(lines, $"  - id: {after}") is >= 0 and var q && q < f.Line);
        else
            Assert.Contains(findings, f => lines[f.Line - 1].Contains(text, StringComparison.Ordinal));
        foreach (var culture in (string[])["zh-CN", "en"])
            Assert.All(findings, f => Assert.DoesNotContain("{0}", f.InWords(CultureInfo.GetCultureInfo(culture)), StringComparison.Ordinal));
    }

    [Fact]
    public void Announced_calls_need_the_text_that_announces_them_in_every_language()
    {
        var template = Shipped.Template("short-keys");
        Template Announced(LocalText text) => template with
        {
            Policy = template.Policy with { Channels = [new ChannelStep(ContactKind.AdvanceNotice, TimeSpan.FromDays(1)), .. template.Policy.Channels] },
            AdvanceNotice = text,
        };
        string[] Missing(LocalText text) => [.. TemplateCheck.Check(Announced(text)).Select(f => $"{f.Problem} {f.Key} {f.Arguments[1]}")];

        Assert.Equal(["missing_translation advance_notice zh-CN", "missing_translation advance_notice en"], Missing(LocalText.Empty));
        Assert.Equal(["missing_translation advance_notice en"], Missing(new LocalText([new("zh-CN", "我们明天会打电话。")])));
    }

    [Fact]
    public void Question_without_explanation_is_refused()
    {
        var template = Shipped.Template("short-keys");
        var without = template with { Questions = [.. template.Questions.Select(q => q.Id == "Q3" ? q with { Explanation = LocalText.Empty } : q)] };
        Assert.Equal(["no_explanation"], TemplateCheck.Check(without).Select(f => f.Problem));
    }

    [Fact]
    public void Ten_thousand_questions_are_refused_with_a_clear_finding()
    {
        var yaml = new StringBuilder("id: many\nquestions:\n");
        for (var i = 0; i < 10_000; i++)
            yaml.Append(CultureInfo.InvariantCulture, $"  - {{id: Q{i}, tag: T{i}, kind: single}}\n");
        var finding = Assert.Single(TemplateReader.Read(yaml.ToString(), "many.yaml").Findings);
        Assert.Equal(("too_many_entries", 203), (finding.Problem, finding.Line));
        Assert.Equal(["questions", "200"], finding.Arguments);
    }

    [Theory]
    [InlineData("", "empty_file")]
    [InlineData("# nothing\n", "empty_file")]
    [InlineData("just a text", "not_a_mapping")]
    [InlineData("- a\n- b\n", "not_a_mapping")]
    [InlineData("a: &x [1]\nb: *x\n", "anchor")]
    [InlineData("a: !!binary aGk=\n", "yaml_tag")]
    [InlineData("id: a\n---\nid: b\n", "several_documents")]
    [InlineData("id: \"unfinished\nversion: 1", "not_yaml")]
    [InlineData("\u0000\u0001", "not_a_mapping")]
    [InlineData("a: [b, c", "not_yaml")]
    [InlineData("a: {b: c", "not_yaml")]
    [InlineData("? [a, b]\n: c\n", "key_is_no_text")]
    [InlineData("a: [[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]", "too_many_nodes")]
    public void Unreadable_file_brings_a_finding_never_an_exception(string yaml, string problem)
    {
        var reading = TemplateReader.Read(yaml, "bad.yaml");
        Assert.Null(reading.Template);
        Assert.Contains(reading.Findings, f => f.Problem == problem);
        Assert.All(reading.Findings, f => Assert.NotEmpty(f.What(CultureInfo.GetCultureInfo("zh-CN")) + f.Mend(CultureInfo.GetCultureInfo("en"))));
    }

    [Fact]
    public void File_that_is_too_large_is_not_read()
        => Assert.Equal("file_too_large", Assert.Single(TemplateReader.Read(new string('a', 1_000_001), "big.yaml").Findings).Problem);

    [Fact]
    public void Unknown_key_is_told_the_key_that_was_meant()
    {
        var reading = TemplateReader.Read(Shipped.Yaml("text").Replace("completion:", "completoin:", StringComparison.Ordinal), "t.yaml");
        var finding = Assert.Single(reading.Findings, f => f.Problem == "unknown_key");
        Assert.Equal(["completoin", "completion"], finding.Arguments);
        Assert.Contains("completion", finding.Mend(CultureInfo.GetCultureInfo("zh-CN")), StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_copies_of_a_template_never_bring_an_exception()
    {
        var yaml = Shipped.Yaml("text");
        Prop.ForAll(
            Gen.Choose(0, yaml.Length - 1).SelectMany(at => Gen.Choose(0, 60).SelectMany(cut => Gen.Elements("", "[", "}", "\"", "*", ": ", "\n- ", "\t", "|").Select(put => (at, cut, put))))
                .ToArbitrary(),
            damage =>
            {
                var damaged = yaml[..damage.at] + damage.put + yaml[Math.Min(yaml.Length, damage.at + damage.cut)..];
                var reading = TemplateReader.Read(damaged, "damaged.yaml");
                return TemplateCheck.Check(reading).All(f => f.Line > 0 && f.InWords(CultureInfo.InvariantCulture).Length > 0) && (reading.Template is not null || reading.Findings.Count > 0);
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }
}
