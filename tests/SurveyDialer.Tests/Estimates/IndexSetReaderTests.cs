using System.Globalization;
using SurveyDialer.Estimates;
using SurveyDialer.Statistics.Rates;
using SurveyDialer.Tests.House;

namespace SurveyDialer.Tests.Estimates;

/// <summary>Index sets as files: what a mistake is told as, and that what is shipped has none.</summary>
public sealed class IndexSetReaderTests
{
    private const string Good = """
        id: mine
        version: 3
        name: {zh-CN: "我县指标"}
        indices:
          - tag: SAFE
            name: {zh-CN: "安全感", en: "Safety"}
            positive: [1, 2]
            base: valid_and_dont_know
            line: 82.5
          - tag: LAW
            name: {zh-CN: "执法"}
            points: {5: 0, 1: 100, 2: 75, 3: 50, 4: 25}
            weighted: false
        composites:
          - id: score
            name: {zh-CN: "综合"}
            weights: {LAW: 0.5, SAFE: 1.5}
            line: 90
        """;

    [Fact]
    public void Everything_that_a_definition_needs_is_read()
    {
        var set = Assert.IsType<IndexSet>(IndexSetReader.Read(Good, "indices/mine.yaml").Set);
        Assert.Equal(("mine", 3, "我县指标", "我县指标"), (set.Id, set.Version, set.Name.In("zh-CN"), set.Name.In("en")));
        var (safe, law) = (set.Indices[0], set.Indices[1]);
        Assert.Equal(("SAFE", RateBase.ValidAndDontKnow, true, 0.825), (safe.Tag, safe.Base, safe.Weighted, safe.Line!.Value));
        Assert.Equal(["1", "2"], safe.Positive);
        Assert.Equal([100, 75, 50, 25, 0], law.Points!.Values);
        Assert.False(law.Weighted);
        Assert.Equal(1.5, set.Composites[0].Weights["SAFE"]);
        Assert.Equal(90, set.Composites[0].Line);
    }

    [Theory]
    [InlineData("id: mine", "id: Mine", "bad_set_id", 1)]
    [InlineData("id: mine", "id: yours", "id_not_file", 1)]
    [InlineData("version: 3", "version: three", "not_a_number", 2)]
    [InlineData("name: {zh-CN: \"我县指标\"}", "name: {en: \"Ours\"}", "chinese_missing", 3)]
    [InlineData("name: {zh-CN: \"我县指标\"}", "name: {zh-CN: \"我县指标\", fr: \"x\"}", "set_language", 3)]
    [InlineData("positive: [1, 2]", "positive: [1, 8]", "bad_answer_key", 7)]
    [InlineData("positive: [1, 2]", "positve: [1, 2]", "unknown_key", 7)]
    [InlineData("line: 82.5", "line: 182.5", "not_a_decimal", 9)]
    [InlineData("base: valid_and_dont_know", "base: everybody", "unknown_word", 8)]
    [InlineData("tag: LAW", "tag: SAFE", "used_twice", 10)]
    [InlineData("    weighted: false", "    positive: [1]", "positive_and_points", 12)]
    [InlineData("    weighted: false", "    base: all", "points_with_base", 13)]
    [InlineData("weights: {LAW: 0.5, SAFE: 1.5}", "weights: {LAW: 0.5, ORDER: 1.5}", "weight_without_index", 15)]
    [InlineData("weights: {LAW: 0.5, SAFE: 1.5}", "weights: {LAW: 0}", "no_weight", 17)]
    [InlineData("weights: {LAW: 0.5, SAFE: 1.5}", "weights: {LAW: -1}", "not_a_decimal", 17)]
    public void Mistake_is_told_with_its_line_and_how_to_mend_it(string was, string becomes, string problem, int line)
    {
        Assert.Contains(was, Good, StringComparison.Ordinal);
        var reading = IndexSetReader.Read(Good.Replace(was, becomes, StringComparison.Ordinal), "indices/mine.yaml");
        Assert.Null(reading.Set);
        var finding = Assert.Single(reading.Findings, found => found.Problem == problem);
        Assert.Equal(line, finding.Line);
        foreach (var culture in (string[])["zh-CN", "en"])
            Assert.DoesNotContain("{", finding.InWords(CultureInfo.GetCultureInfo(culture)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[")]
    [InlineData("- 1")]
    [InlineData("id: mine\nversion: 1\nname: {zh-CN: 空}\nindices: []")]
    public void What_is_no_set_is_told_without_falling_over(string yaml)
    {
        var reading = IndexSetReader.Read(yaml, "indices/mine.yaml");
        Assert.Null(reading.Set);
        Assert.NotEmpty(reading.Findings);
    }

    [Fact]
    public void Shipped_sets_have_no_findings_and_English_names()
    {
        var library = Shipped.Library;
        Assert.Equal(10, library.Ids.Count);
        foreach (var id in library.Ids)
        {
            var reading = library.Read(id)!;
            Assert.Empty(reading.Findings);
            Assert.NotEqual(reading.Set!.Name.In("zh-CN"), reading.Set.Name.In("en"));
            Assert.NotNull(reading.Set.About);
        }

        string[] practices = ["双提升", "两率一度", "两率", "两度一率", "一感两度两率", "三率两度", "三率", "九率一度", "单项安全感＋综合得分"];
        Assert.All(practices, name => Assert.Contains(library.Sets, set => set.Name.In("zh-CN").StartsWith(name, StringComparison.Ordinal)));
    }

    [Fact]
    public void The_stored_form_is_the_same_whatever_the_order_of_the_file_and_reads_back()
    {
        var set = IndexSetReader.Read(Good, "indices/mine.yaml").Set!;
        var other = IndexSetReader.Read(Good.Replace("{LAW: 0.5, SAFE: 1.5}", "{SAFE: 1.5, LAW: 0.5}", StringComparison.Ordinal)
            .Replace("{5: 0, 1: 100, 2: 75,", "{1: 100, 5: 0, 2: 75,", StringComparison.Ordinal), "indices/mine.yaml").Set!;
        Assert.Equal(IndexSetJson.Write(set), IndexSetJson.Write(other));
        Assert.Equal(IndexSetJson.Hash(set), IndexSetJson.Hash(IndexSetJson.Read(IndexSetJson.Write(set))));
        var changed = set with { Indices = [set.Indices[0] with { Line = 0.8 }, set.Indices[1]] };
        Assert.NotEqual(IndexSetJson.ShortHash(set), IndexSetJson.ShortHash(changed));
    }

    [Fact]
    public void The_office_s_own_file_wins_over_the_shipped_one_of_that_name()
    {
        var office = Directory.CreateTempSubdirectory("surveydialer-indices-").FullName;
        try
        {
            Directory.CreateDirectory(Path.Combine(office, "indices"));
            File.WriteAllText(Path.Combine(office, "indices", "two-rates.yaml"), Good.Replace("id: mine", "id: two-rates", StringComparison.Ordinal));
            var library = new IndexSetLibrary([office, Path.Combine(SourceTree.Root, "campaign-templates")]);
            Assert.Equal("我县指标", library.Read("two-rates")!.Set!.Name.In("zh-CN"));
            Assert.Equal(10, library.Ids.Count);
            Assert.Null(library.Read("../two-rates"));
            Assert.Null(library.Read("none"));
        }
        finally
        {
            Directory.Delete(office, recursive: true);
        }
    }
}
