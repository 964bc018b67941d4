using System.Globalization;
using SurveyDialer.Estimates;

namespace SurveyDialer.Tests.Estimates;

/// <summary>Index sets held against questionnaires.</summary>
public sealed class IndexFitTests
{
    private static readonly CultureInfo Chinese = CultureInfo.GetCultureInfo("zh-CN");

    [Theory]
    [InlineData("short-keys", "two-degrees-one-rate", "SAFE LAW AWARE_PA", "MEDIATE")]
    [InlineData("text", "two-degrees-one-rate", "SAFE LAW AWARE_PA", "")]
    [InlineData("standard", "single-safety", "SAFE ORDER AWARE_PA MEDIATE GANG POLICE TRAFFIC PROC COURT JUSTICE", "TREND AWARE_GANG")]
    public void The_set_with_most_indices_that_a_questionnaire_asks_all_of_is_taken_and_nothing_asked_is_lost(string template, string set, string own, string annex)
    {
        var chosen = IndexFit.Default(Shipped.Library.Sets, Shipped.Template(template));
        Assert.Equal(set, chosen.Id);
        Assert.Equal(own, string.Join(' ', chosen.Indices.Where(index => !index.Annex).Select(index => index.Tag)));
        Assert.Equal(annex, string.Join(' ', chosen.Indices.Where(index => index.Annex).Select(index => index.Tag)));
        Assert.Equal(IndexSetJson.Write(chosen), IndexSetJson.Write(IndexFit.Complete(chosen, Shipped.Template(template))));
    }

    [Fact]
    public void Without_a_fitting_set_everything_asked_is_reported_by_the_questionnaire_s_own_marking()
    {
        var template = Shipped.Template("short-keys");
        var all = IndexFit.Default([], template);
        Assert.Equal((IndexFit.AllId, "SAFE LAW AWARE_PA MEDIATE"), (all.Id, string.Join(' ', all.Indices.Select(index => index.Tag))));
        Assert.Empty(IndexFit.Check(all, template));
        Assert.Equal(["1", "2", "3"], IndexWords.Counted(all.Indices[0], IndexFit.QuestionOf(template, "SAFE")!));
        Assert.Equal("群众安全感", all.Indices[0].Name.In("zh-CN"));
    }

    [Fact]
    public void What_a_questionnaire_lacks_is_named_tag_by_tag_and_key_by_key()
    {
        var template = Shipped.Template("short-keys");
        var set = Shipped.Library.Read("one-feeling-two-degrees-two-rates")!.Set!;
        var lacking = IndexFit.Check(set, template);
        Assert.Equal(["tag_not_asked ORDER", "tag_not_asked JOIN_PA"], lacking.Select(problem => $"{problem.Key} {problem.Arguments[0]}"));
        Assert.Contains("社会治安满意率", lacking[0].InWords(Chinese), StringComparison.Ordinal);

        SurveyIndex Index(string tag) => new() { Tag = tag, Name = set.Name };
        var wrong = set with
        {
            Indices =
            [
                Index("SAFE") with { Positive = ["1", "6"] }, Index("ISSUE"),
                Index("LAW") with { Points = new Dictionary<string, double>(StringComparer.Ordinal) { ["1"] = 100, ["2"] = 50 } },
            ],
        };
        Assert.Equal(["key_not_offered SAFE 6", "nothing_positive ISSUE Q5", "points_missing LAW 3、4、5"], IndexFit.Check(wrong, template).Select(problem => $"{problem.Key} {problem.Arguments[0]} {problem.Arguments[1]}"));
        Assert.All(IndexFit.Check(wrong, template), problem => Assert.DoesNotContain("{", problem.InWords(CultureInfo.GetCultureInfo("en")), StringComparison.Ordinal));
    }

    [Fact]
    public void A_chosen_set_is_taken_refused_or_unknown()
    {
        var (library, template) = (Shipped.Library, Shipped.Template("text"));
        Assert.Equal("two-rates", library.Choose("two-rates", template).Set!.Id);
        Assert.Equal(IndexFit.AllId, library.Choose(IndexFit.AllId, template).Set!.Id);
        Assert.Equal("set_unknown", library.Choose("four-rates", template).Problem!.Key);
        Assert.Equal("two-rates-one-degree", library.Choose("two-rates-one-degree", template).Set!.Id);
        var onlyOthers = template with { Questions = [.. template.Questions.Where(question => question.Tag == "OPEN")] };
        Assert.Equal("set_asks_nothing", library.Choose("two-rates", onlyOthers).Problem!.Key);
    }

    [Fact]
    public void A_definition_says_which_answers_count_over_whom_and_by_which_version()
    {
        var template = Shipped.Template("standard");
        var set = IndexFit.Default(Shipped.Library.Sets, template);
        Assert.Equal("Q1 题答“很安全、安全、基本安全”的，占有效回答（不含“说不清”和“没打过交道”）的百分比；加权；和 80% 的线比较", IndexWords.Definition(set.Indices[0], template, Chinese));
        Assert.StartsWith("各指标按权数平均，乘以 100（群众安全感 15、社会治安满意率 15、", IndexWords.Definition(set.Composites[0], set, Chinese), StringComparison.Ordinal);
        Assert.Equal($"单项安全感＋综合得分，第1版（{IndexSetJson.ShortHash(set)}）", IndexWords.Source(set, Chinese));
        Assert.Equal("本轮问卷没有问（JOIN_PA）。", IndexWords.Definition(set.Indices[0] with { Tag = "JOIN_PA" }, template, Chinese));
        var points = set.Indices[0] with { Positive = [], Points = new Dictionary<string, double>(StringComparer.Ordinal) { ["1"] = 100, ["2"] = 75 } };
        Assert.Contains("很安全 100、安全 75", IndexWords.Definition(points, template, Chinese), StringComparison.Ordinal);
    }
}
