using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using SurveyDialer.Statistics.Calc;
using SurveyDialer.Statistics.Intervals;
using SurveyDialer.Statistics.Ranks;

namespace SurveyDialer.Statistics.Tests.Calc;

public sealed class CalculatorTests
{
    private static readonly string[] Nonsense =
    [
        "null", "-1", "0", "1", "0.5", "1e300", "1e999", "-0.0", "\"wrong\"", "\"\"", "[]", "[null]", "[-1]", "[1e308,1e308]", "{}", "{\"\":{}}", "true", "5e-324", "9e15", "1e12", "[1e12,1e12]",
    ];

    [Fact]
    public void No_field_can_be_spoilt_so_that_it_throws()
    {
        int refused = 0, answered = 0;
        foreach (var vector in JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "vectors.json"))).RootElement.EnumerateArray())
        {
            var id = vector.GetProperty("id").GetString()!;
            if (id.StartsWith("R-API", StringComparison.Ordinal)) continue;
            var kind = id[..id.LastIndexOf('-')].ToLowerInvariant();
            foreach (var spoilt in Spoilt(vector.GetProperty("input")))
            {
                var outcome = Calculator.Compute(kind, spoilt);
                Assert.True(outcome.Value is null != outcome.Problem is null, id);
                if (outcome.Problem is { } problem)
                {
                    refused++;
                    Assert.NotEqual("", problem.Say(CultureInfo.GetCultureInfo("zh-CN")));
                    Assert.DoesNotContain("{", problem.Say(CultureInfo.GetCultureInfo("en")), StringComparison.Ordinal);
                }
                else
                {
                    answered++;
                    Assert.DoesNotContain("NaN", outcome.Value!.ToJsonString(), StringComparison.Ordinal);
                }
            }
        }

        Assert.True(refused > 2000 && answered > 1000, $"{refused} refused, {answered} answered");
    }

    [Theory]
    [InlineData("aapor", """{"counts":{"I":-1}}""", "counts.I")]
    [InlineData("aapor", """{"counts":{"J":1}}""", "J")]
    [InlineData("aapor", """{"codes":["1.1","7.7"]}""", "codes[1]")]
    [InlineData("aapor", """{"x":["I","P"],"w":[1]}""", "x")]
    [InlineData("aapor", """{"counts":{"I":1},"e":1.2}""", "e")]
    [InlineData("aapor", """{"counts":{"I":1},"e1":0.5}""", "e2")]
    [InlineData("aapor", "{}", "counts")]
    [InlineData("rate", """{"counts":{}}""", "counts")]
    [InlineData("index", """{"items":[{"tag":"A","weight":1,"rate":93}]}""", "items[0].rate")]
    [InlineData("delta", """{"county":93}""", "rows")]
    [InlineData("size", """{"p":0.5}""", "moe")]
    [InlineData("moe", """{"p":0.5,"n":300,"N":200}""", "n")]
    [InlineData("power", """{"p1":0.5,"p2":0.5}""", "p1")]
    [InlineData("alloc", """{"N":[10,20],"n":31,"kind":"equal"}""", "31")]
    [InlineData("alloc", """{"N":[10,20],"n":5,"kind":"fair"}""", "fair")]
    [InlineData("alloc", """{"N":[10,20],"n":5,"kind":"neyman","S":[0,0]}""", "S")]
    [InlineData("strat", """{"N":[10],"n":[5],"x":[6]}""", "x[0]")]
    [InlineData("wilson", """{"x":5,"n":0}""", "n")]
    [InlineData("wilson", """{"n":10}""", "x")]
    [InlineData("kish", """{"w":[0,0]}""", "w")]
    [InlineData("diff", """{"x1":1,"n1":2,"x2":3,"n2":2}""", "x2")]
    [InlineData("line", """{"x":1,"n":2}""", "line")]
    [InlineData("rank", """{"items":[]}""", "items")]
    [InlineData("post", """{"cells":[{"sex":"M","n":1,"x":1}],"pop":{"F":5}}""", "M")]
    [InlineData("rake", """{"cells":[{"sex":"M","n":1}],"margins":{"sex":{"M":5},"age":{"Y":4}}}""", "age")]
    [InlineData("rake", """{"cells":[{"sex":"M","age":"Y","n":1}],"margins":{"sex":{"M":5},"age":{"Y":4}}}""", "margins")]
    [InlineData("trim", """{"w":[1,2],"cap_times_mean":0.9}""", "cap_times_mean")]
    [InlineData("weight", """{"N_h":5,"n_h":6}""", "n_h")]
    [InlineData("supp", """{"row":["a","合计"],"counts":[3,4]}""", "counts")]
    [InlineData("case", """{"start":"30.9.2025","working_days":5}""", "start")]
    [InlineData("case", """{"start":"2025-09-30","working_days":5,"holidays":["2025-10-08..2025-10-01"]}""", "holidays")]
    [InlineData("case", """{"start":"2025-09-30","working_days":5,"holidays":["2025-10-08..2025-10-01"]}""", "2025-10-08..2025-10-01")]
    [InlineData("case", """{"start":"2025-09-30","working_days":5,"holidays":["2025-10-01..2027-10-01"]}""", "366")]
    [InlineData("case", """{"start":"9999-12-30","working_days":5}""", "9999")]
    [InlineData("alloc", """{"N":[10,10],"S":[1,0],"n":15,"kind":"neyman"}""", "10")]
    [InlineData("aapor", """{"counts":{"I":1},"e":"automatic"}""", "auto")]
    [InlineData("rate", """{"percent":{"very":60,"fairly":40,"not_very":20}}""", "120")]
    [InlineData("wilson", """{"x":5,"n":10,"Deff":2}""", "deff")]
    [InlineData("rank", """{"items":[{"name":"a","x":5,"n":10,"def":2}]}""", "items[0].deff")]
    [InlineData("alloc", """{"N":[10,20],"n":5,"kind":"equal","minumum":2}""", "minimum")]
    [InlineData("size", """{"moe":0.05,"expected-response":0.3}""", "expected_response")]
    [InlineData("post", """{"cells":[{"sex":1,"n":1,"x":1}],"pop":{"2":5}}""", "1")]
    [InlineData("supp", """{"x":0,"n":5e-324,"deff":2}""", "n")]
    [InlineData("case", """{"start":"\ud800","working_days":5}""", "case")]
    [InlineData("calc", "{}", "aapor")]
    [InlineData("kish", "[1]", "input")]
    public void The_sentence_names_what_is_wrong(string kind, string input, string named)
    {
        var problem = Calculator.Run(kind, JsonDocument.Parse(input).RootElement).Problem;
        Assert.NotNull(problem);
        Assert.Contains(named, problem.Say(CultureInfo.GetCultureInfo("en")), StringComparison.Ordinal);
        Assert.Contains(named, problem.Say(CultureInfo.GetCultureInfo("zh-CN")), StringComparison.Ordinal);
        Assert.NotEqual(problem.Say(CultureInfo.GetCultureInfo("en")), problem.Say(CultureInfo.GetCultureInfo("zh-CN")));
    }

    [Theory]
    [InlineData("rate", """{"counts":{"know":30,"not_know":10,"dk":10}}""", "rate_valid", 0.75)]
    [InlineData("rate", """{"counts":{"very":10,"fairly":20,"neutral":10,"not_very":5,"not_at_all":5}}""", "rate_valid", 0.6)]
    [InlineData("rate", """{"counts":{"very":10,"safe":20,"basic":10,"not_very":5,"unsafe":5}}""", "rate_valid", 0.8)]
    [InlineData("rate", """{"counts":{"a":10,"b":20,"c":10,"d":10},"positive":["a","c"]}""", "rate_valid", 0.4)]
    [InlineData("rate", """{"counts":{"10":5,"9":3,"8":1,"7":1,"5":0,"0":0}}""", "mean100", 92)]
    [InlineData("rate", """{"counts":{"10":5,"9":3,"8":1,"7":1,"5":0,"0":0}}""", "share_8_10", 0.9)]
    [InlineData("rate", """{"counts":{"satisfied":96,"fairly":61,"not_very":9,"dissatisfied":4,"not_applicable":25}}""", "rate_valid", 0.9235294117647059)]
    [InlineData("rate", """{"counts":{"satisfied":96,"fairly":61,"not_very":9,"dissatisfied":4,"never_dealt":20,"na":5}}""", "no_contact_share", 25 / 195.0)]
    [InlineData("rate", """{"counts":{"satisfied":96,"fairly":61,"not_very":9,"dissatisfied":4,"dont_know":25}}""", "dk_share", 25 / 195.0)]
    [InlineData("rate", """{"counts":{"satisfied":96,"fairly":61,"not_very":9,"dissatisfied":4,"no_answer":25}}""", "refused_share", 25 / 195.0)]
    [InlineData("rate", """{"counts":{"1":96,"2":61,"3":9,"4":4,"6":25,"8":5}}""", "rate_valid", 0.9235294117647059)]
    [InlineData("rate", """{"counts":{"1":96,"2":61,"3":9,"4":4,"5":2,"6":25,"8":5}}""", "coverage", 172 / 202.0)]
    [InlineData("rate", """{"counts":{"5":4,"6":3,"7":2,"8":1,"9":0,"10":0}}""", "mean100", 60)]
    [InlineData("rate", """{"percent":{"very":33.4,"fairly":33.4,"not_very":33.3}}""", "sum", 100.1)]
    [InlineData("post", """{"cells":[{"sex":1,"n":10,"x":5},{"sex":2,"n":10,"x":10}],"pop":{"1":30,"2":10}}""", "p", 0.625)]
    [InlineData("aapor", """{"x":["I","UH","UO","NE"],"w":[2,1,4,3],"e1":0.5,"e2":0.5}""", "RR3w_two_step", 2 / 4.25)]
    [InlineData("power", """{"p1":0.85,"n":905.3657779642251}""", "smallest_drop", 0.05)]
    [InlineData("power", """{"p1":0.85,"p2":0.8,"power":0.9,"alpha":0.1}""", "raw", 987.248056)]
    [InlineData("line", """{"x":252,"n":300,"line":0.8}""", "more_interviews", 85)]
    [InlineData("wilson", """{"x":5,"n":10,"conf":0.9}""", "lo", 0.2692718211382672)]
    [InlineData("weight", """{"N_h":4200,"n_h":60,"adults":7,"numbers":1}""", "w", 280)]
    public void Options_of_the_inputs_work(string kind, string input, string field, double expected)
    {
        var value = Calculator.Run(kind, JsonDocument.Parse(input).RootElement).Value!;
        Assert.Equal(expected, value[field]!.GetValue<double>(), 1e-6);
    }

    /// <summary>A base of nobody leaves nothing to tell, and that is an answer.</summary>
    [Theory]
    [InlineData("supp", """{"x":0,"n":0}""", """{"neff":0,"p":null,"lo":null,"verdict":"suppress","more_interviews":30}""")]
    [InlineData("supp", """{"p":0.9,"n":0,"deff":1.5}""", """{"p":null,"verdict":"suppress","more_interviews":45}""")]
    [InlineData("wilson", """{"x":0,"n":0}""", """{"p":null,"neff":0,"lo":null,"hi":null}""")]
    [InlineData("line", """{"x":0,"n":0,"line":0.8}""", """{"p":null,"lo":null,"verdict":"not distinguishable","n_min":null,"more_interviews":null}""")]
    [InlineData("moe", """{"p":0.5,"n":0}""", """{"moe":null}""")]
    [InlineData("power", """{"p1":0.5,"n":0}""", """{"smallest_drop":null}""")]
    [InlineData("diff", """{"x1":0,"n1":0,"x2":48,"n2":80}""", """{"diff":null,"wald":[null,null],"z_pooled":null,"p_value":null,"newcombe":[null,null],"pp":null}""")]
    [InlineData("diff", """{"family":[{"x1":0,"n1":0,"x2":48,"n2":80},{"x1":56,"n1":70,"x2":48,"n2":80}]}""", """[{"diff":null,"confidence":null,"changed":false},{"confidence":0.95,"changed":true}]""")]
    [InlineData("strat", """{"N":[100,300],"n":[0,30],"x":[0,15]}""", """{"p":null,"se":null,"lo":null,"unweighted":0.5}""")]
    [InlineData("rank", """{"items":[{"name":"a","x":0,"n":0},{"name":"b","x":50,"n":60},{"name":"c","p":0.9,"n":60},{"name":"d","x":40,"n":60}]}""",
        """{"ranks":[null,2,1,3],"rows":[{"name":"a","p":null,"rank":null,"best":null},{"name":"b","rank":2},{"name":"c","p":0.9},{}],"shown":false,"hidden_because":"a unit has an effective size below 30"}""")]
    public void An_empty_base_is_null(string kind, string input, string expected)
    {
        var outcome = Calculator.Run(kind, JsonDocument.Parse(input).RootElement);
        Assert.Null(outcome.Problem);
        Assert.Null(VectorFile.Differs(JsonDocument.Parse(expected).RootElement, outcome.Value, 1e-9, ""));
    }

    [Fact]
    public void Places_moved_come_with_the_share_that_chance_alone_gives()
    {
        Proportion[] before = [Proportion.Of(300, 400), Proportion.Of(390, 400), new(0.5, 400)], after = [Proportion.Of(390, 400), Proportion.Of(300, 400), new(0.5, 200)];
        var rows = Calculator.Run("rank", JsonDocument.Parse("""
            {"items":[{"name":"a","x":390,"n":400,"x0":300,"n0":400},{"name":"b","x":300,"n":400,"x0":390,"n0":400},{"name":"c","p":0.5,"n":400,"deff":2,"p0":0.5,"n0":400}]}
            """).RootElement).Value!["rows"]!.AsArray();
        Assert.Equal(RankChange.Of(before, after, RankChange.Seed), rows.Select(row => (row!["moved"]!.GetValue<int>(), row["by_chance"]!.GetValue<double>())));
        Assert.Equal("Missing", Calculator.Run("rank", JsonDocument.Parse("""{"items":[{"name":"a","x":1,"n":40,"x0":1,"n0":40},{"name":"b","x":1,"n":40}]}""").RootElement).Problem!.Key);
        Assert.Equal("OutOfRange", Calculator.Run("rank", JsonDocument.Parse("""{"items":[{"name":"a","x":1,"n":1e9,"x0":1,"n0":40}]}""").RootElement).Problem!.Key);
    }

    [Fact]
    public void A_mean_of_points_has_the_normal_interval_on_the_effective_size()
    {
        var value = Calculator.Run("rate", JsonDocument.Parse("""{"counts":{"1":100,"3":50,"8":7},"points":{"1":100,"3":50},"neff":100}""").RootElement).Value!;
        var sd = Math.Sqrt(((100 * 16.6666666666667 * 16.6666666666667) + (50 * 33.3333333333333 * 33.3333333333333)) / 150);
        Assert.Equal((83.3333333, sd), (Math.Round(value["mean_points"]!.GetValue<double>(), 7), value["sd_points"]!.GetValue<double>()), (a, b) => Math.Abs(a.Item1 - b.Item1) < 1e-6 && Math.Abs(a.Item2 - b.Item2) < 1e-6);
        Assert.Equal(83.3333333333333 - (1.959963984540054 * sd / 10), value["lo"]!.GetValue<double>(), 1e-6);
        Assert.Equal(83.3333333333333 + (1.959963984540054 * sd / 10), value["hi"]!.GetValue<double>(), 1e-6);
    }

    [Fact]
    public void Sums_of_many_large_counts_stay_whole()
    {
        var many = string.Join(',', Enumerable.Repeat("1e12", 20_000));
        var sizes = JsonDocument.Parse($$"""{"N":[{{many}}],"n":20000,"kind":"equal"}""").RootElement;
        Assert.Equal(20_000, Calculator.Compute("alloc", sizes).Value!.AsArray().Sum(n => n!.GetValue<long>()));
        Assert.Contains("N[0]", Calculator.Compute("alloc", JsonDocument.Parse("""{"N":[9e15],"n":1,"kind":"equal"}""").RootElement).Problem!.Say(CultureInfo.GetCultureInfo("en")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"row":["A","B","C","合计"],"counts":[3,0,22,25],"threshold":5}""", """["<5","0","*",25]""")]
    [InlineData("""{"row":["A","B","C","合计"],"counts":[3,2,22,27]}""", """["<5","<5","22",27]""")]
    [InlineData("""{"row":["A","B","C","合计"],"counts":[1,1,22,24]}""", """["<5","<5","*",24]""")]
    [InlineData("""{"row":["A","B","C","合计"],"counts":[10,20,30,60]}""", """["10","20","30",60]""")]
    [InlineData("""{"row":["A","B","C","合计"],"counts":[3,0,0,3]}""", """["<5","0","0","<5"]""")]
    [InlineData("""{"row":["A","B"],"counts":[3,40]}""", """["<5","40"]""")]
    [InlineData("""{"row":["A","B","C","all"],"dissatisfied":[2,8,9,19],"threshold":3}""", """["<3","*","9",19]""")]
    public void Small_counts_are_hidden_with_what_would_give_them_away(string input, string display)
    {
        var value = Calculator.Run("supp", JsonDocument.Parse(input).RootElement).Value!;
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(display), JsonNode.Parse(value["display"]!.ToJsonString())), value.ToJsonString());
    }

    [Theory]
    [InlineData("""{"start":"2026-02-13T18:30+08:00","working_days":1,"holidays":["2026-02-15..2026-02-23"],"make_up_workdays":["2026-02-14"]}""", "2026-02-14")]
    [InlineData("""{"start":"2026-03-06","working_days":1}""", "2026-03-09")]
    [InlineData("""{"start":"2026-03-06","working_days":0}""", "2026-03-06")]
    public void Due_dates_follow_the_calendar_data(string input, string due) =>
        Assert.Equal(due, Calculator.Run("case", JsonDocument.Parse(input).RootElement).Value!["due_date"]!.GetValue<string>());

    [Fact]
    public void Weights_are_summed_apart_from_counts()
    {
        var value = Calculator.Run("aapor", JsonDocument.Parse("""{"codes":["1.1","2.11","4.10"],"w":[3,1,2]}""").RootElement).Value!;
        Assert.Equal((0.5, 0.75), (value["RR1"]!.GetValue<double>(), value["RR1w"]!.GetValue<double>()));
        Assert.Equal(4.0 / 6, value["ew"]!.GetValue<double>(), 1e-12);
    }

    [Fact]
    public void A_family_is_corrected_by_Holm()
    {
        var value = Calculator.Run("diff", JsonDocument.Parse("""{"family":[{"x1":372,"n1":400,"x2":340,"n2":400},{"x1":186,"n1":200,"x2":182,"n2":200}]}""").RootElement).Value!;
        Assert.True(value[0]!["changed"]!.GetValue<bool>());
        Assert.Equal(2 * 0.00029933258525960404, value[0]!["p_holm"]!.GetValue<double>(), 1e-12);
        Assert.False(value[1]!["changed"]!.GetValue<bool>());
    }

    [Fact]
    public void Every_problem_has_both_languages()
    {
        var root = typeof(Calculator).Assembly;
        string[] Keys(string culture)
        {
            var set = new System.Resources.ResourceManager("SurveyDialer.Statistics.StatisticsTexts", root)
                .GetResourceSet(CultureInfo.GetCultureInfo(culture), createIfNotExists: true, tryParents: culture.Length == 0)!;
            return [.. set.Cast<System.Collections.DictionaryEntry>().Select(e => (string)e.Key).Order(StringComparer.Ordinal)];
        }

        Assert.Equal(Keys(""), Keys("en"));
        Assert.True(Keys("en").Length > 40);
    }

    private static IEnumerable<JsonElement> Spoilt(JsonElement input)
    {
        foreach (var path in Paths(JsonNode.Parse(input.GetRawText())!, []))
        {
            foreach (var nonsense in Nonsense)
            {
                var copy = JsonNode.Parse(input.GetRawText())!;
                var parent = path[..^1].Aggregate(copy, (node, step) => step is int i ? node[i]! : node[(string)step]!);
                if (path[^1] is int index) parent[index] = JsonNode.Parse(nonsense);
                else parent[(string)path[^1]] = JsonNode.Parse(nonsense);
                yield return JsonDocument.Parse(copy.ToJsonString()).RootElement;
            }
        }
    }

    private static IEnumerable<object[]> Paths(JsonNode node, object[] path)
    {
        IEnumerable<(object Step, JsonNode? Child)> children = node switch
        {
            JsonObject fields => fields.Select(f => ((object)f.Key, f.Value)),
            JsonArray items => items.Take(3).Select((item, i) => ((object)i, item)),
            _ => [],
        };
        foreach (var (step, child) in children.ToList())
        {
            object[] here = [.. path, step];
            yield return here;
            if (child is null) continue;
            foreach (var below in Paths(child, here)) yield return below;
        }
    }
}
