using Dapper;
using SurveyDialer.Attempts;
using SurveyDialer.Campaigns;
using SurveyDialer.Dispositions;
using SurveyDialer.Questionnaires.Policy;
using SurveyDialer.Statistics.Disclosure;
using SurveyDialer.Tests.Exports;

namespace SurveyDialer.Tests.Dispositions;

public sealed class OutcomeQueriesTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The published vector AAPOR-1: I 5, P 3, R 2, NC 1, O 2, UH 1, UO 1, NE 1.</summary>
    private static string[] Vector => [.. Times("1.1", 5), .. Times("1.2", 3), .. Times("2.111", 2), "2.21", .. Times("2.32", 2), "3.13", "3.21", "4.31"];

    [Fact]
    public async Task Rates_are_those_of_a_published_example()
    {
        await using var data = await FilledAsync(Vector);
        Assert.Null(await Desk(data).GiveAsync(data.Campaign, " ５0 % ", "outcomerate 的例子", "王芳", Cancellation));
        var whole = Find(data).Whole;
        Assert.Equal((16, 0.5), (whole.Total, whole.Rates.E));
        Equal([1 / 3.0, 8 / 15.0, 5 / 14.0, 4 / 7.0, 5 / 13.0, 8 / 13.0, 5 / 12.0, 2 / 3.0, 1 / 2.0, 4 / 5.0, 2 / 15.0, 1 / 7.0, 2 / 13.0, 4 / 5.0, 6 / 7.0, 12 / 13.0], whole);
    }

    [Fact]
    public async Task A_part_estimates_e_from_its_own_numbers_until_one_is_given()
    {
        await using var data = await FilledAsync(Vector);
        await ChangeAsync(data, "UPDATE sample_member SET number_kind = CASE WHEN respondent_id <= 8 THEN 'landline' ELSE 'mobile' END;");
        var estimated = Find(data);
        Assert.Null(estimated.Given);
        Assert.Equal([13 / 14.0, 1.0, 5 / 6.0], [estimated.Whole.Rates.E!.Value, .. estimated.NumberKinds.Select(kind => kind.Rates.E!.Value)]);
        Assert.Null(await Desk(data).GiveAsync(data.Campaign, "0.62", "2025 年户籍抽查", "王芳", Cancellation));
        var given = Find(data);
        Assert.Equal(new GivenEligibility(0.62, "2025 年户籍抽查", "王芳", data.Clock.GetUtcNow().ToUnixTimeMilliseconds()), given.Given);
        Assert.All([given.Whole, .. given.NumberKinds], block => Assert.Equal(0.62, block.Rates.E));
        await Desk(data).EstimateAsync(data.Campaign, "王芳", Cancellation);
        Assert.Null(Find(data).Given);
        Assert.Equal(
            ["eligibility-given campaign 1: e = 0.62; 2025 年户籍抽查", "eligibility-estimated campaign 1"],
            data.Store.Database.Read(connection => connection.Query<string>("SELECT action || ' ' || detail FROM audit_log ORDER BY id;").ToList()));
    }

    [Theory]
    [InlineData("1.2", "2025 年户籍抽查", EligibilityProblem.NotAShare)]
    [InlineData("-0.1", "2025 年户籍抽查", EligibilityProblem.NotAShare)]
    [InlineData("", "2025 年户籍抽查", EligibilityProblem.NotAShare)]
    [InlineData("NaN", "2025 年户籍抽查", EligibilityProblem.NotAShare)]
    [InlineData("0.5", " 无 ", EligibilityProblem.SourceMissing)]
    public async Task An_e_without_a_source_or_outside_0_to_1_is_not_kept(string e, string source, EligibilityProblem problem)
    {
        await using var data = await ExportData.CreateAsync();
        Assert.Equal(problem, await Desk(data).GiveAsync(data.Campaign, e, source, "王芳", Cancellation));
        Assert.Equal(EligibilityProblem.NotThere, await Desk(data).GiveAsync(4711, "0.5", "2025 年户籍抽查", "王芳", Cancellation));
        Assert.Null(Find(data).Given);
    }

    [Fact]
    public async Task A_round_under_way_counts_present_codes_and_those_not_called_yet()
    {
        await using var data = await FilledAsync("1.1", null, null);
        await data.WriteAsync(connection => SampleMemberStore.Record(connection, data.Campaign, 2, null, "3.13", final: false, 1));
        var whole = Find(data).Whole;
        Assert.Equal((3, 2, 1.0, 2.0), (whole.Total, whole.Open, whole.Counts.Complete, whole.Counts.UnknownHousehold));
        Assert.Equal("mobile", Assert.Single(Find(data).NumberKinds).Key);
    }

    [Fact]
    public async Task Selection_weights_count_what_a_stratum_stands_for()
    {
        // Weights of 2.5 and 1.
        await using var data = await FilledAsync("1.1", "1.2", "2.111", "3.13", "1.1", "3.13");
        await ChangeAsync(data, """
            INSERT INTO sample_stratum (campaign_id, number, area_id, number_kind, name, population, excluded, drawn, released, finished, completes)
            VALUES (1, 1, 1, 'landline', '', 10, 0, 4, 4, 0, 0), (1, 2, 1, 'mobile', '', 2, 0, 2, 2, 0, 0);
            UPDATE sample_member SET stratum = CASE WHEN respondent_id <= 4 THEN 1 ELSE 2 END;
            """);
        var results = Find(data);
        Assert.True(results.IsWeighted);
        Assert.Equal((3.5, 2.5, 2.5, 3.5), (results.Whole.WeightedCounts.Complete, results.Whole.WeightedCounts.Partial, results.Whole.WeightedCounts.Refusal, results.Whole.WeightedCounts.UnknownHousehold));
        Assert.Equal(6 / 12.0, Measure("RR2").Of(results.Whole.WeightedRates)!.Value, 12);
        Assert.Equal(3 / 6.0, Measure("RR2").Of(results.Whole.Rates)!.Value, 12);
        Assert.Equal(3.5 / 12, results.Whole.Of(Measure("RR1"), weighted: true).Value!.Value, 12);
    }

    [Fact]
    public async Task Calls_are_counted_by_local_hour_and_weekday_as_they_end()
    {
        await using var data = await FilledAsync("1.1", "1.1");
        // Monday 09:30, then Tuesday 20:30, in Shanghai; a text and a failure that was ours do not count.
        await CallAsync(data, 1, "voice", ExportData.Morning, "1.1");
        await CallAsync(data, 2, "live", ExportData.Morning + (35 * 3_600_000L), "2.111");
        await CallAsync(data, 1, "text", ExportData.Morning, "1.1");
        await CallAsync(data, 2, "voice", ExportData.Morning, "3.16", ourFault: true);
        var results = Find(data);
        Assert.Equal([("9", 1L), ("20", 1L)], results.Hours.Select(hour => (hour.Key, hour.Total)));
        Assert.Equal([("1", 1.0, 0.0), ("2", 0.0, 1.0)], results.Weekdays.Select(day => (day.Key, day.Counts.Complete, day.Counts.Refusal)));
        var recount = data.Store.Database.Read(connection => connection.Query<(long, string, long)>("SELECT coalesce(placing_at, placed_at, ended_at) / 900000, code, count(*) FROM attempt WHERE state = 'ended' AND our_fault = 0 AND channel IN ('voice', 'live') GROUP BY 1, 2;").ToList());
        Assert.Equal(recount, data.Store.Database.Read(connection => connection.Query<(long, string, long)>("SELECT quarter, code, calls FROM call_total ORDER BY 1, 2;").ToList()));
    }

    [Fact]
    public async Task Few_persons_are_not_told_by_language_hour_or_weekday()
    {
        await using var data = await FilledAsync([.. Times("1.1", 40), .. Times("2.111", 3), .. Times("3.13", 9), .. Times("1.1", 2)]);
        await ChangeAsync(data, "UPDATE sample_member SET language = CASE WHEN respondent_id > 52 THEN 'cmn-x-he' ELSE 'zh-CN' END;");
        var results = Find(data);
        var (few, many) = (results.Languages[0], results.Languages[1]);
        Assert.Equal(("cmn-x-he", "zh-CN"), (few.Key, many.Key));
        Assert.Equal((CellDisplay.Small, CellDisplay.Small), (few.Displays[0], many.Displays[2]));
        Assert.NotEqual(CellDisplay.Shown, many.Displays[0]);
        Assert.Equal(new OutcomeFigure(null, 0, 30), few.Of(Measure("RR1")));
        Assert.Equal(new OutcomeFigure(null, 0, 0), many.Of(Measure("REF1")));
        // 77 % of 52 would be the 40 that are starred, since the 2 of the other language could be had from them.
        Assert.Equal(new OutcomeFigure(null, 0, 0), many.Of(Measure("RR1")));
        Assert.All(results.Whole.Displays, display => Assert.Equal(CellDisplay.Shown, display));
    }

    [Fact]
    public async Task Two_hundred_thousand_respondents_cost_as_few_rows_as_two_hundred()
    {
        await using var data = await ExportData.CreateAsync();
        await ChangeAsync(data, """
            INSERT INTO area (id, parent_id, kind, name) WITH RECURSIVE n(i) AS (SELECT 10 UNION ALL SELECT i + 1 FROM n WHERE i < 39) SELECT i, 0, 'township', '乡' || i FROM n;
            INSERT INTO area (id, parent_id, kind, name) WITH RECURSIVE n(i) AS (SELECT 100 UNION ALL SELECT i + 1 FROM n WHERE i < 399) SELECT i, 10 + i % 30, 'village', '村' || i FROM n;
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200000)
            INSERT INTO respondent (id, frame_id, area_id, added_at) SELECT i, 1, 100 + i % 300, 0 FROM n;
            INSERT INTO sample_member (campaign_id, respondent_id, area_id, replicate, number_kind, language, code, final_code)
            SELECT 1, id, area_id, 1, CASE WHEN id % 7 < 2 THEN 'landline' ELSE 'mobile' END, CASE WHEN id % 11 = 0 THEN 'cmn-x-he' ELSE 'zh-CN' END, '3.13',
                   CASE WHEN id % 2 = 0 THEN CASE WHEN id % 6 = 0 THEN '1.1' WHEN id % 10 = 0 THEN '2.111' ELSE '4.31' END END FROM respondent;
            """);
        var results = Find(data);
        Assert.Equal((200_000, 30, 100_000), (results.Whole.Total, results.Townships.Count, results.Whole.Open));
        Assert.Equal(200_000, results.NumberKinds.Sum(kind => kind.Total));
        // Thirty townships, two kinds, two languages, four codes, finished or not: nothing grows with the sample.
        Assert.InRange(data.Store.Database.Read(connection => MemberTotalStore.Of(connection, data.Campaign).Count), 30, 30 * 2 * 2 * 5);
    }

    internal static async Task CallAsync(ExportData data, long respondent, string channel, long at, string code, bool ourFault = false)
    {
        await data.ExecuteAsync(
            """
            INSERT INTO attempt (campaign_id, respondent_id, ordinal, channel, state, due_at, appointment, phone_id, lease_number, placing_at, our_fault)
            VALUES (@Campaign, @respondent, 1, @channel, 'placing', 0, 0, @respondent, 1, @at, 0);
            """,
            new { data.Campaign, respondent, channel, at });
        await data.WriteAsync(connection =>
        {
            var attempt = AttemptStore.Find(connection, connection.ExecuteScalar<long>("SELECT max(id) FROM attempt;"))!;
            var end = new AttemptEnd(AttemptOutcome.Complete, code, ourFault, Rang: true, null, null, null, null);
            Assert.True(AttemptStore.End(connection, attempt, AttemptEvent.ReportedEnded, end, at + 60_000));
            Assert.False(AttemptStore.End(connection, AttemptStore.Find(connection, attempt.Id)!, AttemptEvent.ReportedEnded, end, at + 61_000));
        });
    }

    /// <summary>Changes members past their store, then puts the kept totals right.</summary>
    private static async Task ChangeAsync(ExportData data, string sql)
    {
        await data.ExecuteAsync(sql);
        await data.WriteAsync(connection => MemberTotalStore.Correct(connection, data.Campaign, MemberTotalStore.Errors(connection, data.Campaign)));
    }

    private static void Equal(double[] expected, OutcomeBlock block)
    {
        Assert.Equal(expected.Length, OutcomeMeasure.All.Count);
        Assert.All(OutcomeMeasure.All.Zip(expected), pair => Assert.Equal(pair.Second, pair.First.Of(block.Rates)!.Value, 12));
    }

    private static OutcomeMeasure Measure(string name) => OutcomeMeasure.All.Single(measure => measure.Name == name);

    private static IEnumerable<string> Times(string code, int times) => Enumerable.Repeat(code, times);

    private static OutcomeResults Find(ExportData data) => new OutcomeQueries(data.Store.Database).Find(data.Campaign)!;

    private static EligibilityDesk Desk(ExportData data) => new(data.Store.Database, data.Clock);

    private static async Task<ExportData> FilledAsync(params string?[] codes)
    {
        var data = await ExportData.CreateAsync();
        for (var i = 0; i < codes.Length; i++) await data.AddRespondentAsync(i + 1, $"居民{i}", $"+86154{i:00000000}", ExportData.Village, codes[i]);
        return data;
    }
}
