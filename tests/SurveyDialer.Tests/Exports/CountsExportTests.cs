namespace SurveyDialer.Tests.Exports;

/// <summary>Dispositions and the numbers of the field report.</summary>
public sealed class CountsExportTests
{
    [Fact]
    public async Task Dispositions_are_counted_by_township_and_final_code_in_the_order_of_the_table()
    {
        await using var data = await FilledAsync();
        Assert.Equal(
            [
                "乡镇,AAPOR 代码,中文名称,英文名称,组别,人数",
                "云溪镇,1.1,1.1 完成,1.1 Complete,I,2",
                "云溪镇,2.112,2.112 受访者本人拒访,2.112 Known-respondent refusal,R,1",
                "云溪镇,3.10,3.10 不知是否住户,3.10 Unknown whether a housing unit,UH,1",
                "云溪镇,4.31,4.31 空号,4.31 Non-working number,NE,1",
                "云溪镇,,尚未结束,Not finished,,1",
            ],
            await data.LinesAsync("dispositions"));
    }

    [Fact]
    public async Task The_field_report_has_the_rates_with_their_formulas()
    {
        await using var data = await FilledAsync();
        var lines = (await data.LinesAsync("field-report", "en")).Select(line => line.Split(',')).ToList();
        Assert.Equal("As of,Broken down by,Part,Measure,Meaning,Value,Selection-weighted,Formula", string.Join(',', lines[0]));
        var all = lines.Where(line => line[1] == "Whole round").ToDictionary(line => line[3], line => line[5]);
        Assert.Equal(("6", "1", "2", "1", "2", "1"), (all["sample"], all["unfinished"], all["I"], all["R"], all["UH"], all["NE"]));
        // 2 of 2 + 1 + 2; e = 3/4; 2 / (3 + 1.5).
        Assert.Equal(("0.4", "0.75", "0.444444", "0.666667"), (all["RR1"], all["e"], all["RR3"], all["COOP1"]));
        Assert.Equal(all.Count, lines.Count(line => line[1] == "Township" && line[2] == "云溪镇"));
        Assert.Equal(all.Count - 1, lines.Count(line => line[1] == "Kind of number"));
        Assert.Equal("I/(I+P+R+NC+O+UH+UO)", lines.First(line => line[3] == "RR1")[7]);
        Assert.Equal("I/(I+P+R+NC+O+e(UH+UO)); e = 0.75", lines.First(line => line[3] == "RR3")[7].Trim('"'));
        Assert.All(lines.Skip(1), line => Assert.Equal("2026-03-02", line[0]));
    }

    [Fact]
    public async Task A_given_e_is_printed_with_its_source_beside_every_rate_that_uses_it()
    {
        await using var data = await FilledAsync();
        Assert.Null(await new SurveyDialer.Dispositions.EligibilityDesk(data.Store.Database, data.Clock).GiveAsync(data.Campaign, "0.5", "户籍抽查", "王芳", TestContext.Current.CancellationToken));
        var lines = (await data.LinesAsync("field-report")).Where(line => line.Contains(",全部,全部,", StringComparison.Ordinal)).ToList();
        string[] expected = ["e", "RR3", "RR4", "REF2", "CON2"];
        Assert.Equal(expected, lines.Where(line => line.Contains("依据：户籍抽查（王芳填）", StringComparison.Ordinal)).Select(line => line.Split(',')[3]));
        Assert.Contains(lines, line => line.Contains(",RR3,应答率,0.5,", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_rate_without_a_base_is_a_dash()
    {
        await using var data = await ExportData.CreateAsync();
        var lines = await data.LinesAsync("field-report");
        Assert.Contains(lines, line => line.Contains(",RR1,应答率,—,", StringComparison.Ordinal));
    }

    private static async Task<ExportData> FilledAsync()
    {
        var data = await ExportData.CreateAsync();
        var codes = new[] { "1.1", "1.1", "2.112", "3.10", "4.31", null };
        for (var i = 0; i < codes.Length; i++) await data.AddRespondentAsync(i + 1, $"居民{i}", $"+861540000000{i}", i % 2 == 0 ? ExportData.Village : ExportData.OtherVillage, codes[i]);
        return data;
    }
}
