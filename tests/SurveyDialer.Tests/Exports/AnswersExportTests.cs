using SurveyDialer.Exports;

namespace SurveyDialer.Tests.Exports;

public sealed class AnswersExportTests
{
    private const string Asked = "Q1 SAFE,Q2 LAW,Q3 AWARE_PA,Q4 MEDIATE,Q5 ISSUE";

    [Fact]
    public async Task A_row_is_an_interview_and_three_columns_a_question_in_the_order_of_the_template()
    {
        await using var data = await ExportData.CreateAsync();
        await data.AddInterviewAsync(
            ExportData.Village, "complete",
            [("Q1", "SAFE", "4", false, "given"), ("Q2", "LAW", "6", true, "given"), ("Q3", "AWARE_PA", "8", false, "given"), ("Q4", "MEDIATE", "8", false, "no_input")]);
        var lines = await data.LinesAsync("answers");
        var screening = string.Concat(new[] { "S2 ELIG_AGE", "S2A ADULT_HERE", "S2B ADULT_AGREES", "H1 ADULTS", "H2 LAST_BIRTHDAY", "H3 CHOSEN_AGREES", "S1 ELIG_RES" }.Select(Three));
        Assert.Equal("访问序号,乡镇,村（社区）,方式,语言,号码类型,访问结果" + screening + string.Concat(Asked.Split(',').Select(Three)), lines[0]);
        Assert.Equal(
            "1,云溪镇,,按键访问,zh-CN,手机,完成,,,,,,,,,,,,,,,,,,,,,,4,不太安全,0,6,没打过交道，不好评价,1,8,说不清或不想回答,0,8,说不清或不想回答 （没有按键）,0,,,", lines[1]);
        Assert.Equal(2, lines.Length);

        static string Three(string question) => $",{question} 按键,{question} 答案,{question} 听过解释";
    }

    [Fact]
    public async Task English_has_English_words()
    {
        await using var data = await ExportData.CreateAsync();
        await data.AddInterviewAsync(ExportData.Village, "partial", ("Q1", "SAFE", "1"));
        var lines = await data.LinesAsync("answers", "en");
        Assert.StartsWith("Interview,Township,Village,Channel,Language,Kind of number,Outcome,S2 ELIG_AGE key,", lines[0], StringComparison.Ordinal);
        Assert.Contains(",keys,zh-CN,mobile,partial,", lines[1], StringComparison.Ordinal);
        Assert.Contains(",1,very safe,0,", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_village_is_named_only_from_thirty_interviews_on()
    {
        await using var data = await ExportData.CreateAsync();
        for (var i = 0; i < AnswersExport.VillageFrom; i++) await data.AddInterviewAsync(ExportData.Village, "complete");
        for (var i = 0; i < AnswersExport.VillageFrom - 1; i++) await data.AddInterviewAsync(ExportData.OtherVillage, "complete");
        var villages = (await data.LinesAsync("answers")).Skip(1).CountBy(line => line.Split(',')[2]).ToDictionary();
        Assert.Equal(new Dictionary<string, int> { ["龙井村"] = 30, [""] = 29 }, villages);
    }

    [Fact]
    public async Task The_running_number_says_nothing_about_the_order_of_arrival()
    {
        await using var data = await ExportData.CreateAsync();
        // The ids of these interviews rise with their arrival; the question's key tells which one a row is.
        for (var i = 0; i < 300; i++) await data.AddInterviewAsync(ExportData.Village, "complete", ("Q1", "SAFE", $"{(i < 150 ? 1 : 5)}"));
        var first = await KeysAsync();
        Assert.Equal(300, first.Count);
        Assert.InRange(first.Take(150).Count(key => key == "1"), 40, 110);
        Assert.NotEqual(first, await KeysAsync());

        async Task<List<string>> KeysAsync()
        {
            var lines = await data.LinesAsync("answers");
            var place = Array.IndexOf(lines[0].Split(','), "Q1 SAFE 按键");
            Assert.Equal(Enumerable.Range(1, 300).Select(number => $"{number}"), lines.Skip(1).Select(line => line.Split(',')[0]));
            return [.. lines.Skip(1).Select(line => line.Split(',')[place])];
        }
    }

    [Fact]
    public async Task Interviews_of_another_campaign_stay_out()
    {
        await using var data = await ExportData.CreateAsync();
        await data.AddInterviewAsync(ExportData.Village, "complete");
        await data.ExecuteAsync("""
            INSERT INTO campaign (id, name, state, carrier, template_id, template_hash, template_json, engine_version, blanks, organiser, organiser_kind, organiser_unit,
                approval, county_key, sealed_taken_at, live_callers, frame_source, time_zone, seed, target, max_lines, max_starts, last_day, link_key_id, created_at, launched_at, closed_at, counted_at, unlinked_at)
            SELECT 99, name, state, carrier, template_id, template_hash, template_json, engine_version, blanks, organiser, organiser_kind, organiser_unit,
                approval, county_key, sealed_taken_at, live_callers, frame_source, time_zone, seed, target, max_lines, max_starts, last_day, link_key_id, created_at, launched_at, closed_at, counted_at, unlinked_at FROM campaign;
            UPDATE interview SET campaign_id = 99;
            """);
        Assert.Single(await data.LinesAsync("answers"));
    }

    [Fact]
    public async Task The_codebook_explains_every_key()
    {
        await using var data = await ExportData.CreateAsync();
        var lines = await data.LinesAsync("codebook");
        Assert.Equal("题号,指标,题型,题目 zh-CN,题目 en,按键,答案 zh-CN,答案 en,分值,方向,核心题,模块,追问条件,方式,回访提示规则,微观数据列名,算作缺失", lines[0]);
        Assert.Contains(
            "Q1,SAFE,评价,最近半年，您在当地感觉安全吗？,\"Over the last six months, how safe did you feel here?\",4,不太安全,not very safe,25,负面,是,,,按键访问,unsafe 感觉不安全,Q1,否", lines);
        Assert.Contains(lines, line => line.StartsWith("Q2,LAW,", StringComparison.Ordinal) && line.Contains(",6,没打过交道，不好评价,never dealt with them,,不适用（不计入基数）,", StringComparison.Ordinal));
        var questions = ExportData.Template.Screening.Concat(ExportData.Template.Questions);
        Assert.Equal(questions.Sum(question => question.Options.Count), lines.Skip(1).Count(line => questions.Any(question => line.StartsWith($"{question.Id},{question.Tag},", StringComparison.Ordinal))));
        Assert.Contains(lines, line => line.StartsWith("Q2,LAW,", StringComparison.Ordinal) && line.Contains(",8,", StringComparison.Ordinal) && line.EndsWith(",Q2,是", StringComparison.Ordinal));
        Assert.Contains("number_kind,,,号码类型,,2,手机,,,,,,,,,number_kind,", lines);
        Assert.Contains(lines, line => line.StartsWith("各题,,,,,97,按键无效", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("乡镇以下只给达到 30 份的村", StringComparison.Ordinal));
    }
}
