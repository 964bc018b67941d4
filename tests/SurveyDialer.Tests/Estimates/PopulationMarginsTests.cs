using System.Globalization;
using System.Text;
using SurveyDialer.Estimates;
using SurveyDialer.Tests.Fieldwork;

namespace SurveyDialer.Tests.Estimates;

/// <summary>The population's numbers for weighting.</summary>
public sealed class PopulationMarginsTests : IAsyncLifetime
{
    private static readonly CultureInfo Chinese = CultureInfo.GetCultureInfo("zh-CN");

    private readonly LineOffice office = new(new() { Lines = 1, StartsPerSecond = 1 }, ringingSeconds: 10);

    private PopulationMargins Margins => new(office.Files.Database, office.Time.Clock);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => office.DisposeAsync();

    [Fact]
    public async Task Numbers_of_a_question_are_kept_replaced_and_taken_back()
    {
        var id = await office.LaunchAsync(1);
        var sex = PopulationMargins.Questions(Shipped.Template("standard"))[0];
        Assert.Equal(("DEMO_SEX", "1 2"), (sex.Tag, string.Join(' ', sex.Options.Select(option => option.Key))));
        Task<OfficialProblem?> Save(string? men, string? women) => Margins.SaveAsync(id, sex, new Dictionary<string, string?>(StringComparer.Ordinal) { ["1"] = men, ["2"] = women }, "王", Cancellation);

        Assert.Null(await Save("5,200", "４８００人"));
        Assert.Equal([new("DEMO_SEX", "1", 5200), new("DEMO_SEX", "2", 4800)], Margins.Of(id));
        Assert.Equal("margin_gap", (await Save("5200", ""))!.Key);
        Assert.Equal("margin_zero", (await Save("0", "0"))!.Key);
        Assert.Equal("people_unknown", (await Save("一半", "1"))!.Key);
        Assert.Equal(2, Margins.Of(id).Count);
        Assert.Null(await Save("", null));
        Assert.Empty(Margins.Of(id));
    }

    [Fact]
    public async Task A_file_names_questions_and_options_by_tag_key_or_text()
    {
        var id = await office.LaunchAsync(1);
        var csv = Encoding.UTF8.GetBytes("题目,选项,人数\nDEMO_SEX,男,5200\nDEMO_SEX,2,4800\nDEMO_AGE,1,100\nDEMO_HAIR,1,5\nDEMO_SEX,9,1\n");

        var import = await Margins.ImportAsync(id, Shipped.Template("standard"), new MemoryStream(csv), "王", Chinese, Cancellation);

        Assert.Equal((null, 2), (import.Problem, import.Taken));
        Assert.Equal([4, 5, 6], import.Problems.Select(problem => problem.Row).Order());
        Assert.Equal([new("DEMO_SEX", "1", 5200), new("DEMO_SEX", "2", 4800)], Margins.Of(id));
    }

    [Fact]
    public async Task Two_questions_may_be_crossed_with_a_number_for_each_pair_of_answers()
    {
        var id = await office.LaunchAsync(1);
        var crossed = PopulationMargins.Questions(Shipped.Template("standard")).Single(question => question.IsCrossed);
        Assert.Equal(("DEMO_SEX+DEMO_AGE", 10), (crossed.Tag, crossed.Options.Count));
        var rows = crossed.Options.Select((option, i) => $"DEMO_SEX+DEMO_AGE,{(i % 2 == 0 ? option.Key : option.Text.In("zh-CN"))},{100 + i}");

        var import = await Margins.ImportAsync(id, Shipped.Template("standard"), new MemoryStream(Encoding.UTF8.GetBytes("题目,选项,人数\n" + string.Join('\n', rows))), "王", Chinese, Cancellation);

        Assert.Empty(import.Problems);
        Assert.Equal(10, import.Taken);
        Assert.Equal(new PopulationMargin("DEMO_SEX+DEMO_AGE", "2+5", 109), Margins.Of(id)[^1]);
        Assert.Equal("margin_gap", (await Margins.SaveAsync(id, crossed, new Dictionary<string, string?> { ["1+1"] = "5" }, "王", Cancellation))!.Key);
    }

    [Fact]
    public void A_questionnaire_without_such_questions_has_nothing_to_weight_by() => Assert.Empty(PopulationMargins.Questions(Shipped.Template("short-keys")));
}
