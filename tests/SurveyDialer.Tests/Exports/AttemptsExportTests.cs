using SurveyDialer.Attempts;

namespace SurveyDialer.Tests.Exports;

public sealed class AttemptsExportTests
{
    private const long Hour = 3_600_000;

    [Fact]
    public async Task A_row_is_an_attempt_without_a_number()
    {
        await using var data = await ExportData.CreateAsync();
        await data.AddRespondentAsync(7, "张三", "+8615400000001");
        await AddAsync(data, 7, 1, "NoAnswer", "3.13", ExportData.Morning, 30);
        await AddAsync(data, 7, 2, "Complete", "1.1", ExportData.Morning + (34 * Hour), 95);
        Assert.Equal(
            [
                "受访者序号,第几次,方式,号码类型,日期,星期,时段,状态,联系结果,AAPOR 代码,时长（秒）,系统原因",
                "1,1,按键访问,手机,2026-03-02,星期一,上午（12时前）,已结束,无人接听,3.13,30,否",
                "1,2,按键访问,手机,2026-03-03,星期二,晚上（18时起）,已结束,完成,1.1,95,否",
            ],
            await data.LinesAsync("attempts"));
    }

    [Fact]
    public async Task What_was_never_placed_is_no_attempt()
    {
        await using var data = await ExportData.CreateAsync();
        await data.AddRespondentAsync(1, "张三", "+8615400000001");
        await data.WriteAsync(connection => AttemptStore.Plan(connection, New(data, 1, 1)));
        Assert.Single(await data.LinesAsync("attempts"));
    }

    [Fact]
    public async Task The_attempts_of_a_respondent_stand_together_under_a_number_that_is_not_his_place_in_the_list()
    {
        await using var data = await ExportData.CreateAsync();
        for (var id = 1; id <= 40; id++)
        {
            await data.AddRespondentAsync(id, $"居民{id}", $"+86154000001{id:00}");
            // The duration tells which respondent a row belongs to.
            for (var ordinal = 1; ordinal <= 2; ordinal++) await AddAsync(data, id, ordinal, "Busy", "3.12", ExportData.Morning, id);
        }

        var rows = (await data.LinesAsync("attempts")).Skip(1).Select(line => line.Split(',')).Select(cells => (Running: int.Parse(cells[0]), Ordinal: cells[1], Id: int.Parse(cells[10]))).ToList();
        Assert.Equal(Enumerable.Range(1, 40).SelectMany(number => new[] { (number, "1"), (number, "2") }), rows.Select(row => (row.Running, row.Ordinal)));
        Assert.All(rows.GroupBy(row => row.Running), group => Assert.Single(group.Select(row => row.Id).Distinct()));
        Assert.NotEqual(rows.Select(row => row.Running), rows.Select(row => row.Id));
    }

    [Fact]
    public void Every_outcome_has_a_word_in_both_languages()
    {
        var outcomes = Enum.GetNames<SurveyDialer.Questionnaires.Policy.AttemptOutcome>();
        Assert.NotEmpty(outcomes);
        foreach (var language in new[] { "zh-CN", "en" })
            Assert.All(outcomes, outcome => Assert.NotEqual(outcome, SurveyDialer.Exports.ExportTexts.Of(language).Word("attempt_outcome", outcome)));
    }

    private static async Task AddAsync(ExportData data, long respondent, long ordinal, string outcome, string code, long at, long seconds)
    {
        await data.WriteAsync(connection => AttemptStore.Plan(connection, New(data, respondent, ordinal)));
        await data.ExecuteAsync(
            "UPDATE attempt SET state = 'ended', phone_id = respondent_id, placing_at = @at, ended_at = @at, outcome = @outcome, code = @code, duration_s = @seconds WHERE respondent_id = @respondent AND ordinal = @ordinal;",
            new { respondent, ordinal, at, outcome, code, seconds });
    }

    private static NewAttempt New(ExportData data, long respondent, long ordinal)
        => new() { CampaignId = data.Campaign, RespondentId = respondent, Ordinal = ordinal, Channel = "voice", DueAt = ExportData.Morning };
}
