using System.Text.Json;
using SurveyDialer.Statistics.Calc;

namespace SurveyDialer.Statistics.Tests.Calc;

public sealed class VectorTests
{
    private static readonly JsonElement Vectors = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "vectors.json"))).RootElement;

    public static TheoryData<string> Ids => [.. Vectors.EnumerateArray().Select(v => v.GetProperty("id").GetString()!)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Vector_holds_at_its_tolerance(string id)
    {
        var vector = Vectors.EnumerateArray().Single(v => v.GetProperty("id").GetString() == id);
        var result = VectorFile.RunOne(vector, 0);
        if (result.Verdict == VectorVerdict.Skipped) Assert.Skip(result.Detail!);
        Assert.True(result.Verdict == VectorVerdict.Passed, result.Detail);
    }

    [Fact]
    public void The_whole_file_passes_and_says_so()
    {
        var (file, problem) = VectorFile.Run(Vectors);
        Assert.Null(problem);
        Assert.Equal("73 passed, 0 failed (4 skipped)", file!.Summary);
    }

    [Theory]
    [InlineData("""{"lo":0.25528851987827,"hi":0.3662095769828001}""", true)]
    [InlineData("""{"lo":0.2552885199,"hi":0.3662095769828001}""", true)]
    [InlineData("""{"lo":0.255288,"hi":0.3662095769828001}""", false)]
    [InlineData("""{"lo":0.2552885198782743,"other":1}""", false)]
    [InlineData("""[0.2552885198782743]""", false)]
    public void A_wrong_expectation_fails(string expected, bool passes)
    {
        var vector = JsonDocument.Parse($$"""{"id":"WILSON-1","input":{"x":81,"n":263},"expected":{{expected}},"tolerance":1e-9}""").RootElement;
        Assert.Equal(passes ? VectorVerdict.Passed : VectorVerdict.Failed, VectorFile.RunOne(vector, 0).Verdict);
    }

    [Fact]
    public void An_entry_that_is_no_vector_fails_alone()
    {
        var (file, _) = VectorFile.Run(JsonDocument.Parse("""[1, {"id":"KISH-1","input":{"w":[1]},"expected":{"neff":1}}, {"id":"NOPE-1","input":{},"expected":1}]""").RootElement);
        Assert.Equal("1 passed, 2 failed", file!.Summary);
    }

    [Theory]
    [InlineData("""{"id":"CASE-1","input":{"start":"\ud800","working_days":1},"expected":1}""")]
    [InlineData("""{"id":"\ud800-1","input":{},"expected":1}""")]
    [InlineData("""{"id":"SUPP-1","input":{"x":0,"n":5e-324,"deff":2},"expected":{"p":0}}""")]
    [InlineData("""{"id":"ALLOC-1","input":{"N":[9e15,9e15],"n":1,"kind":"equal"},"expected":[1,0]}""")]
    public void A_vector_that_nobody_foresaw_fails_alone(string vector)
    {
        var (file, _) = VectorFile.Run(JsonDocument.Parse("[" + vector + """,{"id":"KISH-1","input":{"w":[1]},"expected":{"neff":1}}]""").RootElement);
        Assert.Equal("1 passed, 1 failed", file!.Summary);
        Assert.NotEqual("", file.Results[0].Detail);
    }

    [Fact]
    public void Where_it_differs_is_told_in_characters_that_can_be_read()
    {
        var vector = JsonDocument.Parse("""{"id":"INDEX-1","input":{"items":[{"tag":"安全","weight":1,"rate":null}]},"expected":{"dropped":["治安"]}}""").RootElement;
        Assert.Contains("got \"安全\"", VectorFile.RunOne(vector, 0).Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("1")]
    public void A_file_of_another_shape_is_refused(string json) => Assert.Equal("NotVectors", VectorFile.Run(JsonDocument.Parse(json).RootElement).Problem!.Key);
}
