using SurveyDialer.Dispositions;
using SurveyDialer.Estimates;
using SurveyDialer.Questionnaires;
using SurveyDialer.Statistics.Rates;
using SurveyDialer.Tests.CallingHours;

namespace SurveyDialer.Tests.Estimates;

/// <summary>Totals of a round of the standard template, put together cell by cell.</summary>
internal sealed class CellRound
{
    private readonly Dictionary<CellKey, ResultCell> cells = [];

    internal static Template Template { get; } =
        TemplateReader.Read(SourceTree.Read("campaign-templates", "standard", "template.yaml"), "standard/template.yaml").Template!;

    internal static CellLayout Layout => CellLayout.Of(Template);

    internal static SurveyIndex Safe { get; } = new() { Tag = "SAFE", Name = new LocalText([]), Line = 0.8 };

    internal static SurveyIndex Police { get; } = new() { Tag = "POLICE", Name = new LocalText([]) };

    internal List<SampledStratum> Strata { get; } = [];

    internal List<(long Stratum, string Code, long Total)> Codes { get; } = [];

    internal List<FunnelCount> Funnel { get; } = [];

    internal List<(string Interviewer, long AreaId, string QuestionId, long Valid, long Positive)> Interviewers { get; } = [];

    internal long Checked { get; set; }

    /// <summary>Townships of the sample; those with an interview are always there.</summary>
    internal HashSet<long> Sampled { get; } = [];

    internal GivenEligibility? Given { get; set; }

    internal IReadOnlyList<ResultCell> Cells => [.. cells.Values];

    /// <summary>Adds interviews that gave the same answers.</summary>
    /// <param name="answers">Question to key; a <c>!</c> behind the key: after the explanation.</param>
    internal CellRound Add(long interviews, IReadOnlyDictionary<string, string> answers, long township = 1, long stratum = 1, long careless = 0, bool complete = true)
    {
        var counted = answers.Select(answer => new CountedAnswer(answer.Key, answer.Value.TrimEnd('!'), answer.Value.EndsWith('!'), AnswerHow.Given)).ToList();
        var key = new CellKey(township, stratum, "mobile", "voice", Layout.ProfileOf(counted), 1, careless);
        if (!cells.TryGetValue(key, out var cell)) cells.Add(key, cell = new ResultCell(key, new uint[Layout.Length]));
        for (var i = 0; i < interviews; i++)
        {
            foreach (var answer in counted) CellLayout.Count(cell.Counts, Layout.Find(answer.QuestionId)!, answer.Key, answer.Explained);
        }

        if (complete) cell.Completes += interviews;
        else cell.Partials += interviews;
        return this;
    }

    /// <summary>Interviews of which some answered SAFE with the best key, and the others with the worst.</summary>
    internal CellRound AddSafe(long satisfied, long of, long township = 1, long stratum = 1)
        => Add(satisfied, new Dictionary<string, string> { ["Q1"] = "1" }, township, stratum).Add(of - satisfied, new Dictionary<string, string> { ["Q1"] = "5" }, township, stratum);

    internal RoundTotals Totals(string name = "第一轮", long id = 1) => new()
    {
        CampaignId = id, Name = name, Running = true, Template = Template, Layout = Layout, Cells = Cells, Strata = Strata, Codes = Codes, Funnel = Funnel, Interviewers = Interviewers,
        Checked = Checked, Sampled = Sampled, Given = Given,
        Townships = Enumerable.Range(1, 40).ToDictionary(number => (long)number, number => $"镇{number:00}"),
    };

    internal RoundResults Results(IReadOnlyList<SurveyIndex> indices, RoundTotals? before = null, params PopulationCount[] population)
        => RoundEstimates.Of(Totals(), before, new EstimateWish(1, Set(indices), before?.CampaignId, population));

    internal static IndexSet Set(IReadOnlyList<SurveyIndex> indices, params CompositeIndex[] composites)
        => new() { Id = "test", Version = 1, Name = new LocalText([]), Indices = indices, Composites = composites };
}
