using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using SurveyDialer.Statistics.Calc;
using SurveyDialer.Statistics.Weighting;

namespace SurveyDialer.Statistics.Tests.R;

/// <summary>Holds the calculations to R (base and survey) on random cases and on data(api). Every test is skipped, and says so, where Rscript or the package is missing.</summary>
public sealed class RTests(RTests.ROutput r) : IClassFixture<RTests.ROutput>
{
    private static readonly JsonElement Published = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "vectors.json"))).RootElement;

    private sealed record School(string Kind, double Weight, double Population, double Score, double Pupils, double Wide);

    [Fact]
    public void Random_cases_agree_with_R()
    {
        var (file, _) = VectorFile.Run(JsonDocument.Parse(r.Vectors()).RootElement);
        Assert.Equal("", string.Join('\n', file!.Results.Where(v => v.Verdict != VectorVerdict.Passed).Select(v => $"{v.Id}: {v.Detail}")));
        Assert.Equal(160, file.Passed);
    }

    [Fact]
    public void Stratified_mean_of_the_schools_agrees_with_R_API_1()
    {
        Holds("R-API-1", "mean", Estimate(s => s.Score).Mean);
        Holds("R-API-1", "se_fpc", Estimate(s => s.Score).StandardError);
        Holds("R-API-1", "se_nofpc", Estimate(s => s.Score, finite: false).StandardError);
    }

    [Fact]
    public void Stratified_total_of_the_pupils_agrees_with_R_API_2()
    {
        var pupils = Estimate(s => s.Pupils);
        Holds("R-API-2", "total", pupils.Mean * pupils.PopulationTotal);
        Holds("R-API-2", "se", pupils.StandardError * pupils.PopulationTotal);
    }

    [Fact]
    public void Share_of_the_schools_agrees_with_R_API_3()
    {
        var share = Estimate(s => s.Wide);
        Holds("R-API-3", "p", share.Mean);
        Holds("R-API-3", "se", share.StandardError);
        Holds("R-API-3", "ci_normal", share.NormalInterval()!.Value.Low, share.NormalInterval()!.Value.High);
        Holds("R-API-3", "ci_t_df197", share.TInterval()!.Value.Low, share.TInterval()!.Value.High);
        var kish = Kish.Of(Schools("strat").Select(s => s.Weight));
        Holds("R-API-3", "kish_neff", kish.EffectiveSize);
        Holds("R-API-3", "kish_deff", kish.DesignEffect);
        Assert.True(share.NormalInterval()!.Value.Contains(0.8));
    }

    [Fact]
    public void Post_stratified_schools_agree_with_R_API_4()
    {
        string[] kinds = ["E", "H", "M"];
        var schools = Schools("clus1");
        var weights = Raking.PostStratify(
            [.. schools.Select(s => s.Weight)], new Margin("stype", [.. schools.Select(s => Array.IndexOf(kinds, s.Kind))], [4421, 755, 1018]));
        Holds("R-API-4", "api00_mean", weights.Zip(schools, (w, s) => w * s.Score).Sum() / weights.Sum());
        for (var k = 0; k < kinds.Length; k++)
        {
            var expected = Expected("R-API-4").GetProperty("weight").GetProperty(kinds[k]).GetDouble();
            Assert.Equal(expected, weights[schools.FindIndex(s => s.Kind == kinds[k])], 1e-6 * expected);
        }
    }

    private static JsonElement Expected(string id) => Published.EnumerateArray().Single(v => v.GetProperty("id").GetString() == id).GetProperty("expected");

    private static void Holds(string id, string field, params double?[] values)
    {
        var tolerance = Published.EnumerateArray().Single(v => v.GetProperty("id").GetString() == id).GetProperty("tolerance").GetDouble();
        var expected = Expected(id).GetProperty(field);
        double[] wanted = expected.ValueKind == JsonValueKind.Array ? [.. expected.EnumerateArray().Select(e => e.GetDouble())] : [expected.GetDouble()];
        Assert.Equal(wanted.Length, values.Length);
        foreach (var (want, value) in wanted.Zip(values)) Assert.Equal(want, value!.Value, Math.Max(tolerance * want, 1e-12));
    }

    private StratifiedEstimate Estimate(Func<School, double> variable, bool finite = true) => StratifiedEstimate.Of(
        [.. Schools("strat").GroupBy(s => s.Kind).Select(g => StratumSample.OfValues(g.First().Population, [.. g.Select(variable)]))], finite);

    private List<School> Schools(string sample) =>
    [
        .. r.Data().Select(line => line.Split(' ')).Where(f => f[0] == sample)
            .Select(f => new School(f[1], Read(f[2]), Read(f[3]), Read(f[4]), Read(f[5]), f[6] == "Yes" ? 1 : 0)),
    ];

    private static double Read(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>Runs the script once.</summary>
    public sealed class ROutput
    {
        private readonly string[] _lines = [];
        private readonly string _missing = "";

        public ROutput()
        {
            try
            {
                var start = new ProcessStartInfo("Rscript", [Path.Combine(AppContext.BaseDirectory, "R", "reference.R"), "20261122"])
                {
                    UseShellExecute = false,
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                };
                using var process = Process.Start(start)!;
                var errors = process.StandardError.ReadToEndAsync();
                _lines = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
                process.WaitForExit();
                var said = errors.GetAwaiter().GetResult();
                if (process.ExitCode == 0) return;
                if (!said.Contains("there is no package called", StringComparison.Ordinal)) throw new InvalidOperationException(said);
                _missing = "NOT COMPARED WITH R: the R package survey is not installed (Debian: r-cran-survey).";
            }
            catch (Win32Exception)
            {
                _missing = "NOT COMPARED WITH R: Rscript is not installed (Debian: r-base-core r-cran-survey).";
            }
        }

        public string Vectors() => string.Concat(Lines().TakeWhile(line => line != "DATA"));

        public IEnumerable<string> Data() => Lines().SkipWhile(line => line != "DATA").Skip(1);

        private string[] Lines()
        {
            if (_missing.Length > 0) Assert.Skip(_missing);
            return _lines;
        }
    }
}
