using System.Globalization;
using Dapper;
using SurveyDialer.Dispositions;
using SurveyDialer.Exports.Tables;
using SurveyDialer.Statistics;
using SurveyDialer.Statistics.Disclosure;
using SurveyDialer.Statistics.Outcomes;

namespace SurveyDialer.Exports;

/// <summary>
/// The numbers of a field report: counts of the AAPOR groups and the outcome rates with their formulas, for all, by township, kind of number and
/// language of the list, and of calls by hour and weekday. Respondents for whom something will still be tried stand under their present code, as
/// if field work ended now; how many there are is told.
/// </summary>
internal static class FieldReportExport
{
    private const string CountAttempts = """
        SELECT m.area_id AS Area, count(*) AS Attempts FROM attempt a JOIN sample_member m ON m.campaign_id = a.campaign_id AND m.respondent_id = a.respondent_id
        WHERE a.campaign_id = @Id AND @CountedAt IS NULL AND a.state = 'ended' AND a.our_fault = 0 GROUP BY 1
        UNION ALL
        SELECT area_id, total FROM campaign_total WHERE campaign_id = @Id AND measure = 'attempts';
        """;

    internal static void Write(ExportSource source, ITableWriter table)
    {
        var texts = source.Texts;
        table.Begin(
            texts["field-report.name"],
            [
                new(texts["as_of"], 12), new(texts["breakdown"], 18), new(texts["part"], 16), new(texts["measure"], 10), new(texts["meaning"], 36), new(texts["value"], 12),
                new(texts["weighted"], 12), new(texts["formula"], 60),
            ]);
        var results = OutcomeQueries.Find(source.Connection, source.Campaign.Id)!;
        var attempts = source.Connection.Query<(long Area, long Attempts)>(CountAttempts, new { source.Campaign.Id, source.Campaign.CountedAt })
            .ToLookup(count => source.Areas.Township(count.Area), count => count.Attempts);
        WriteBlock(source, table, results, results.Whole, attempts.Sum(own => own.Sum()));
        foreach (var block in results.Townships) WriteBlock(source, table, results, block, attempts[block.Name].Sum());
        foreach (var block in results.NumberKinds.Concat(results.Languages).Concat(results.Hours).Concat(results.Weekdays)) WriteBlock(source, table, results, block, null);
    }

    private static void WriteBlock(ExportSource source, ITableWriter table, OutcomeResults results, OutcomeBlock block, long? attempts)
    {
        var (texts, counts, sums) = (source.Texts, block.Counts.ToList(), block.WeightedCounts.ToList());
        var ofCalls = block.By is OutcomeBreakdown.Hour or OutcomeBreakdown.Weekday;
        var isWeighted = results.IsWeighted && !ofCalls;
        var eligible = block.EligibilityOf(weighted: false);
        Line(ofCalls ? "calls" : "sample", Count(block.Total, block.TotalDisplay), formula: ofCalls && results.IsWeighted ? texts["calls.not_weighted"] : null);
        if (!ofCalls && block.By != OutcomeBreakdown.Language) Line("unfinished", TableCell.Of(block.Open));
        if (attempts is { } made) Line("attempts", TableCell.Of(made));
        for (var group = 0; group < counts.Count; group++)
        {
            var shown = block.Displays[group] == CellDisplay.Shown;
            Line(OutcomeGroups.Symbols[group], Count((long)counts[group], block.Displays[group]), isWeighted && shown ? TableCell.Of(sums[group]) : default);
        }

        Line("e", TableCell.Share(eligible), isWeighted ? TableCell.Share(block.EligibilityOf(weighted: true)) : default, OfEligibility(texts, results));
        foreach (var measure in OutcomeMeasure.All)
        {
            var formula = measure.UsesEligibility && eligible is { } e ? $"{measure.Formula}; e = {Math.Round(e, 6).ToString(CultureInfo.InvariantCulture)}, {OfEligibility(texts, results)}" : measure.Formula;
            Write(measure.Name, texts[$"measure.{measure.Family}"], Rate(block.Of(measure), texts), isWeighted ? Rate(block.Of(measure, weighted: true), texts) : default, formula);
        }

        void Line(string measure, TableCell value, TableCell weighted = default, string? formula = null) => Write(measure, texts[$"measure.{measure}"], value, weighted, formula);

        void Write(string measure, string meaning, TableCell value, TableCell weighted, string? formula)
            => table.Row(
                TableCell.Of(source.Day(source.Now.ToUnixTimeMilliseconds())), TableCell.Of(texts[$"breakdown.{block.By}"]), TableCell.Of(PartName(texts, block)), TableCell.Of(measure),
                TableCell.Of(meaning), value, weighted, TableCell.Of(formula));
    }

    private static string OfEligibility(ExportTexts texts, OutcomeResults results) => results.Given is { } given
        ? string.Format(texts.Culture, texts["eligibility.given"], given.Source, given.Who)
        : string.Format(texts.Culture, texts["eligibility.estimated"], OutcomeMeasure.EligibilityFormula);

    private static string PartName(ExportTexts texts, OutcomeBlock block) => block.By switch
    {
        OutcomeBreakdown.Whole => texts["everywhere"],
        OutcomeBreakdown.Township => block.Name,
        OutcomeBreakdown.NumberKind => block.Key.Length == 0 ? texts["not_known"] : texts.Word("number_kind", block.Key),
        OutcomeBreakdown.Language => block.Key.Length == 0 ? texts["not_known"] : texts.Word("spoken", block.Key),
        OutcomeBreakdown.Hour => $"{block.Key}:00",
        OutcomeBreakdown.Weekday => texts[$"weekday.{block.Key}"],
    };

    private static TableCell Count(long count, CellDisplay display) => display switch
    {
        CellDisplay.Shown => TableCell.Of(count),
        CellDisplay.Small => TableCell.Of($"<{CountTable.DefaultThreshold}"),
        CellDisplay.Withheld => TableCell.Of("*"),
    };

    // In words: "<5" would read as a count.
    private static TableCell Rate(OutcomeFigure figure, ExportTexts texts) => figure.MoreNeeded is null ? TableCell.Share(figure.Value) : TableCell.Of(Sentences.NotPublished(null, texts.Culture));
}
