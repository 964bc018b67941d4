using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using SurveyDialer.Estimates;
using SurveyDialer.Questionnaires;
using SurveyDialer.Statistics.Calc;

namespace SurveyDialer.Tests.Exports;

/// <summary>Whoever holds the microdata and the command <c>calc</c> gets every printed rate, interval and verdict again.</summary>
public sealed class RecomputeTests
{
    private static readonly CultureInfo Chinese = CultureInfo.GetCultureInfo("zh-CN");

    [Fact]
    public async Task Every_printed_rate_interval_and_verdict_comes_out_of_the_microdata()
    {
        await using var data = await DemoRound.CreateAsync();
        var rows = await RowsAsync(data);
        var results = DemoRound.Results(data);
        var report = DemoRound.Report(data);
        var (shown, withheld, verdicts) = (0, 0, 0);
        Assert.True(results.Weights.DesignEffect > 1.05, "The round is hardly weighted.");
        foreach (var index in results.Indices)
        {
            var name = IndexWords.Name(index.Index.Name, Chinese) is { Length: > 0 } named ? named : index.Index.Tag;
            var table = report.Tables.Single(one => one.Caption == $"{name} 分乡镇（演练）").Rows.ToDictionary(row => row[0].Text);
            Check(index.Index, rows, report.Tables.First(one => one.Caption == "各项指标（演练）").Rows.Single(row => row[0].Text == name));
            foreach (var township in index.Townships) Check(index.Index, [.. rows.Where(row => row["township"] == $"{township.AreaId}")], table[township.Name]);
            var quality = report.Tables.Single(one => one.Caption.StartsWith("去掉疑似敷衍的", StringComparison.Ordinal)).Rows.Single(row => row[0].Text == name);
            Assert.Equal(Part(index.Index, row => row["careless"] == "0"), quality[2].Text);
            Assert.Equal(Part(index.Index, row => row[$"{QuestionOf(index.Index).Id}_x"] == "1"), quality[3].Text);
            Assert.Equal(Part(index.Index, row => row[$"{QuestionOf(index.Index).Id}_x"] == "0"), quality[4].Text);
        }

        Assert.True(shown >= 12 && withheld >= 3 && verdicts >= 4, $"{shown} shown, {withheld} withheld, {verdicts} verdicts");

        // Fewer than five outside the part could be worked out from both.
        string Part(SurveyIndex index, Func<Dictionary<string, string>, bool> chosen)
        {
            List<Dictionary<string, string>> part = [.. rows.Where(chosen)];
            return Rate(index, rows).N - Rate(index, part).N is > 0 and < 5 ? "—" : Printed(index, part);
        }

        void Check(SurveyIndex index, List<Dictionary<string, string>> of, IReadOnlyList<SurveyDialer.Exports.Reports.ReportCell> printed)
        {
            var (p, n, deff) = Rate(index, of);
            Assert.Equal(n.ToString("N0", CultureInfo.InvariantCulture), printed[1].Text);
            if (Calc("supp", new { p, n, deff })["verdict"]!.GetValue<string>() == "suppress")
            {
                withheld++;
                Assert.StartsWith("样本不足", printed[2].Text, StringComparison.Ordinal);
                Assert.Equal("", printed[3].Text + printed[4].Text + printed[6].Text);
                return;
            }

            shown++;
            var wilson = Calc("wilson", new { p, n, deff });
            Assert.Equal([Percent(p, n), Percent(wilson["lo"]!.GetValue<double>(), n), Percent(wilson["hi"]!.GetValue<double>(), n)], printed.Skip(2).Take(3).Select(cell => cell.Text));
            Assert.Equal(Percent(Rate(index with { Weighted = false }, of).P, n), printed[5].Text);
            if (index.Line is not { } line) return;
            verdicts++;
            var verdict = Calc("line", new { p, n, deff, line });
            Assert.Equal(
                verdict["verdict"]!.GetValue<string>() switch
                {
                    "above" => "高于80%",
                    "below" => "低于80%",
                    _ when verdict["more_interviews"]!.GetValue<double>() is > 2_000 and var far => $"与80%无法区分，这样的规模分不出（还要再完成约{double.Parse(far.ToString("E1"), CultureInfo.InvariantCulture):N0}份）",
                    _ => $"再完成{verdict["more_interviews"]!.GetValue<double>():0}份可判断是否{(p > line ? "高于" : "低于")}80%",
                },
                printed[6].Text);
        }
    }

    [Fact]
    public async Task Ranks_come_out_of_the_microdata()
    {
        await using var data = await DemoRound.CreateAsync();
        // Without the township that has too few interviews.
        await data.ExecuteAsync("DELETE FROM answer WHERE interview_id IN (SELECT id FROM interview WHERE area_id = 12); DELETE FROM interview WHERE area_id = 12; DELETE FROM sample_member WHERE area_id = 12;");
        var rows = await RowsAsync(data);
        var looked = 0;
        foreach (var index in DemoRound.Results(data).Indices)
        {
            var items = index.Townships.Select(township =>
            {
                var (p, n, deff) = Rate(index.Index, [.. rows.Where(row => row["township"] == $"{township.AreaId}")]);
                return new { name = township.Name, x = p * n, n, deff };
            }).ToList();
            var ranks = Calc("rank", new { items });
            if (!ranks["shown"]!.GetValue<bool>())
            {
                Assert.All(index.Townships, township => Assert.Null(township.Rank));
                continue;
            }

            looked++;
            Assert.Equal(
                ranks["rows"]!.AsArray().Select(row => (row!["rank"]!.GetValue<int>(), row["best"]!.GetValue<int>(), row["worst"]!.GetValue<int>())),
                index.Townships.Select(township => (township.Rank!.Rank, township.Rank.Best, township.Rank.Worst)));
        }

        Assert.True(looked > 0, "No index shows ranks.");
    }

    private static string Printed(SurveyIndex index, List<Dictionary<string, string>> rows)
    {
        var (p, n, deff) = Rate(index, rows);
        var rule = Calc("supp", new { p, n, deff });
        // Of fewer than thirty effective answers only what everybody needs is told: the rule's own number depends on what they answered.
        var more = n / deff < 30 ? (long)Math.Ceiling((30 - (n / deff)) * deff) : rule["more_interviews"]!.GetValue<long>();
        return rule["verdict"]!.GetValue<string>() == "present" ? Percent(p, n) : $"样本不足，再完成 {more} 份可公布";
    }

    /// <summary>Rate, answers and design effect, by <c>rate</c> and <c>kish</c>.</summary>
    private static (double P, double N, double Deff) Rate(SurveyIndex index, List<Dictionary<string, string>> rows)
    {
        var question = QuestionOf(index);
        var scale = question.Options.Where(option => option.Pole is OptionPole.Positive or OptionPole.Middle or OptionPole.Negative).ToList();
        var valid = rows.Where(row => scale.Exists(option => option.Key == row[question.Id]) && row["w_final"].Length > 0).ToList();
        double Weight(Dictionary<string, string> row) => index.Weighted ? double.Parse(row["w_final"], CultureInfo.InvariantCulture) : 1;
        var counts = new JsonObject(scale.Select(option => KeyValuePair.Create(option.Key, (JsonNode?)valid.Where(row => row[question.Id] == option.Key).Sum(Weight))));
        var positive = new JsonArray([.. scale.Where(option => option.Pole == OptionPole.Positive).Select(option => (JsonNode)option.Key)]);
        var rate = Calc("rate", new JsonObject { ["counts"] = counts, ["positive"] = positive });
        var kish = Calc("kish", new { w = valid.Select(Weight) });
        return (rate["rate_valid"]!.GetValue<double>(), valid.Count, kish["deff"]!.GetValue<double>());
    }

    private static Question QuestionOf(SurveyIndex index) => ExportData.Template.Questions.First(question => question.Tag == index.Tag);

    private static JsonNode Calc(string kind, object input)
    {
        var outcome = Calculator.Run(kind, JsonSerializer.SerializeToElement(input));
        Assert.True(outcome.Problem is null, $"{kind}: {outcome.Problem}");
        return JsonNode.Parse(outcome.Value!.ToJsonString())!;
    }

    private static string Percent(double share, double n) => Figure.Percent(share, n < 100 ? 0 : 2);

    private static async Task<List<Dictionary<string, string>>> RowsAsync(ExportData data)
    {
        var lines = await data.LinesAsync("microdata");
        var columns = lines[0].Split(',');
        return [.. lines.Skip(1).Select(line => columns.Zip(line.Split(',')).ToDictionary(pair => pair.First, pair => pair.Second))];
    }
}
