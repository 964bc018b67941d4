using System.Globalization;
using SurveyDialer.Dispositions;
using SurveyDialer.Statistics.Outcomes;

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
    public async Task Calls_by_hour_have_no_weighted_rates_and_say_so_where_persons_have()
    {
        await using var data = await FilledAsync();
        await data.ExecuteAsync("INSERT INTO call_total (campaign_id, quarter, code, calls) VALUES (@Campaign, 1969200, '3.10', 40), (@Campaign, 1969200, '1.1', 30);", new { data.Campaign });
        string[][] Hours(IEnumerable<string> lines) => [.. lines.Select(line => line.Split(',')).Where(line => line[1].StartsWith("拨打", StringComparison.Ordinal))];
        Assert.DoesNotContain(Hours(await data.LinesAsync("field-report")), line => line[7].Contains("不加权", StringComparison.Ordinal));

        await data.ExecuteAsync("""
            UPDATE sample_member SET stratum = 1 + respondent_id % 2;
            INSERT INTO sample_stratum (campaign_id, number, area_id, number_kind, name, population, excluded, drawn, released, finished, completes, target)
            VALUES (@Campaign, 1, 0, '', 'a', 30, 0, 3, 3, 3, 1, 2), (@Campaign, 2, 0, '', 'b', 6, 0, 3, 3, 3, 1, 2);
            """, new { data.Campaign });
        await data.WriteAsync(connection => MemberTotalStore.Correct(connection, data.Campaign, MemberTotalStore.Errors(connection, data.Campaign)));
        var lines = await data.LinesAsync("field-report");
        var hours = Hours(lines);
        Assert.NotEmpty(hours);
        Assert.All(hours, line => Assert.Equal("", line[6]));
        Assert.All(hours.Where(line => line[3] == "calls"), line => Assert.Contains("不加权", line[7], StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains(",全部,全部,", StringComparison.Ordinal) && line.Split(',') is [_, _, _, "RR1", _, _, not "", ..]);
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
    public async Task A_rate_that_is_withheld_reads_as_words_and_not_as_a_count()
    {
        await using var data = await FilledAsync();
        var lines = (await data.LinesAsync("field-report")).Select(line => line.Split(',')).Where(line => line[1] == "名单上的语言").ToList();
        Assert.Equal("样本不足", lines.Single(line => line[3] == "RR1")[5]);
        Assert.Equal("<5", lines.Single(line => line[3] == "I")[5]);
    }

    /// <summary>An attacker tries every count that agrees with all that is published of a row, e included.</summary>
    [Fact]
    public async Task No_hidden_count_of_a_row_can_be_worked_out_from_e()
    {
        await using var data = await ExportData.CreateAsync();
        var id = 0;
        foreach (var (language, codes) in new[]
        {
            ("zh-CN", new[] { ("1.1", 30), ("2.111", 9), ("3.13", 20), ("4.31", 2) }), ("cmn-x-he", [("1.1", 26), ("2.111", 3), ("3.13", 22), ("4.31", 31)]),
        })
        {
            foreach (var (code, times) in codes)
            {
                for (var i = 0; i < times; i++) await data.AddRespondentAsync(++id, $"居民{id}", $"+86154{id:00000000}", ExportData.Village, code);
                await data.ExecuteAsync("UPDATE sample_member SET language = @language WHERE respondent_id > @from;", new { language, from = id - times });
            }
        }

        await data.WriteAsync(connection => MemberTotalStore.Correct(connection, data.Campaign, MemberTotalStore.Errors(connection, data.Campaign)));
        var rows = (await data.LinesAsync("field-report", "en")).Select(line => line.Split(',')).Where(line => line[1] == "Language on the list").ToLookup(line => line[2]);
        var attacked = 0;
        foreach (var row in rows)
        {
            var cells = row.ToDictionary(line => line[3], line => line[5]);
            var e = double.TryParse(cells["e"], NumberStyles.Float, CultureInfo.InvariantCulture, out var told) ? told : (double?)null;
            foreach (var line in row.Where(line => line[7].Contains("; e = ", StringComparison.Ordinal))) e = double.Parse(line[7].Split("; e = ")[1].Split(' ')[0].Trim('"'), CultureInfo.InvariantCulture);
            var hidden = OutcomeGroups.Symbols.Where(symbol => !long.TryParse(cells[symbol], CultureInfo.InvariantCulture, out _)).ToList();
            var possible = hidden.ToDictionary(symbol => symbol, _ => new HashSet<long>());
            Fill(0, [.. OutcomeGroups.Symbols.Select(symbol => possible.ContainsKey(symbol) ? 0 : double.Parse(cells[symbol], CultureInfo.InvariantCulture))]);
            foreach (var symbol in hidden) Assert.True(possible[symbol].Count > 1, $"{row.Key}: {symbol} is {string.Join(' ', possible[symbol])}");
            attacked += hidden.Count;

            void Fill(int at, double[] counts)
            {
                if (at == hidden.Count)
                {
                    if (long.TryParse(cells["sample"], CultureInfo.InvariantCulture, out var total) && counts.Sum() != total) return;
                    if (e is { } share && Math.Abs((counts[..5].Sum() / (counts[..5].Sum() + counts[7])) - share) > 1e-6) return;
                    for (var i = 0; i < hidden.Count; i++) possible[hidden[i]].Add((long)counts[OutcomeGroups.Symbols.ToList().IndexOf(hidden[i])]);
                    return;
                }

                var (from, to) = cells[hidden[at]] == "*" ? (5, 60) : (1, 4);
                for (var value = from; value <= to; value++)
                {
                    var tried = counts.ToArray();
                    tried[OutcomeGroups.Symbols.ToList().IndexOf(hidden[at])] = value;
                    Fill(at + 1, tried);
                }
            }
        }

        Assert.InRange(attacked, 4, 12);
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
