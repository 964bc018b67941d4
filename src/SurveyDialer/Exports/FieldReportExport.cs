using Dapper;
using SurveyDialer.Exports.Tables;
using SurveyDialer.Statistics.Outcomes;

namespace SurveyDialer.Exports;

/// <summary>
/// The numbers of a field report: counts of the AAPOR groups and the outcome rates with their formulas, for all and by township. Respondents for
/// whom something will still be tried stand under their present code, as if field work ended now; how many there are is told.
/// </summary>
internal static class FieldReportExport
{
    private const string Likely = "(I+P+R+NC+O+e(UH+UO))";
    private const string All = "(I+P+R+NC+O+UH+UO)";
    private const string Eligible = "(I+P+R+NC+O)";

    private static readonly string[] ResponseFormulas = [$"I/{All}", $"(I+P)/{All}", $"I/{Likely}", $"(I+P)/{Likely}", $"I/{Eligible}", $"(I+P)/{Eligible}"];
    private static readonly string[] CooperationFormulas = ["I/(I+P+R+O)", "(I+P)/(I+P+R+O)", "I/(I+P+R)", "(I+P)/(I+P+R)"];
    private static readonly string[] RefusalFormulas = [$"R/{All}", $"R/{Likely}", $"R/{Eligible}"];
    private static readonly string[] ContactFormulas = [$"(I+P+R+O)/{All}", $"(I+P+R+O)/{Likely}", $"(I+P+R+O)/{Eligible}"];

    // 3.11: nobody was called yet.
    private const string Count = """
        SELECT area_id AS Area, coalesce(final_code, code, '3.11') AS Code, final_code IS NULL AS Open, count(*) AS Persons
        FROM sample_member WHERE campaign_id = @Id AND @CountedAt IS NULL GROUP BY 1, 2, 3
        UNION ALL
        SELECT area_id, code, 0, total FROM campaign_total WHERE campaign_id = @Id AND measure = 'members';
        """;

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
            [new(texts["as_of"], 12), new(texts["township"], 16), new(texts["measure"], 10), new(texts["meaning"], 36), new(texts["value"], 12), new(texts["formula"], 36)]);
        var members = source.Connection.Query<(long Area, string Code, long Open, long Persons)>(Count, new { source.Campaign.Id, source.Campaign.CountedAt }).ToList();
        var attempts = source.Connection.Query<(long Area, long Attempts)>(CountAttempts, new { source.Campaign.Id, source.Campaign.CountedAt }).ToList();
        WriteBlock(source, table, texts["everywhere"], members, attempts.Sum(count => count.Attempts));
        foreach (var township in members.GroupBy(count => source.Areas.Township(count.Area)).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var own = attempts.Where(count => source.Areas.Township(count.Area) == township.Key).Sum(count => count.Attempts);
            WriteBlock(source, table, township.Key, [.. township], own);
        }
    }

    private static void WriteBlock(
        ExportSource source, ITableWriter table, string township, List<(long Area, string Code, long Open, long Persons)> members, long attempts)
    {
        var counts = OutcomeCounts.Sum(members.Select(count => (GroupOf(count.Code), (double)count.Persons)));
        var rates = OutcomeRates.Estimated(counts);
        Line("sample", TableCell.Of(members.Sum(count => count.Persons)));
        Line("unfinished", TableCell.Of(members.Where(count => count.Open == 1).Sum(count => count.Persons)));
        Line("attempts", TableCell.Of(attempts));
        var groups = counts.ToList();
        for (var group = 0; group < groups.Count; group++) Line(OutcomeGroups.Symbols[group], TableCell.Of((long)groups[group]));
        Line("e", TableCell.Share(rates.E), "(I+P+R+NC+O)/(I+P+R+NC+O+NE)");
        Family("RR", rates.Response, ResponseFormulas);
        Family("COOP", rates.Cooperation, CooperationFormulas);
        Family("REF", rates.RefusalRates, RefusalFormulas);
        Family("CON", rates.Contact, ContactFormulas);

        void Family(string family, IReadOnlyList<double?> values, string[] formulas)
        {
            for (var i = 0; i < values.Count; i++) Write($"{family}{i + 1}", source.Texts[$"measure.{family}"], TableCell.Share(values[i]), formulas[i]);
        }

        void Line(string measure, TableCell value, string? formula = null) => Write(measure, source.Texts[$"measure.{measure}"], value, formula);

        void Write(string measure, string meaning, TableCell value, string? formula)
            => table.Row(
                TableCell.Of(source.Day(source.Now.ToUnixTimeMilliseconds())), TableCell.Of(township), TableCell.Of(measure), TableCell.Of(meaning), value, TableCell.Of(formula));
    }

    private static OutcomeGroup GroupOf(string code) => OutcomeGroups.FromCode(code) ?? throw new InvalidDataException($"'{code}' is not a disposition code.");
}
