using Dapper;
using SurveyDialer.Dispositions;
using SurveyDialer.Exports.Tables;
using SurveyDialer.Statistics.Outcomes;

namespace SurveyDialer.Exports;

/// <summary>
/// How many respondents ended in which AAPOR code, by township; nothing finer, where few could be recognised. The label repeats the code, which a
/// spreadsheet shows as a number (3.10 as 3.1).
/// </summary>
internal static class DispositionsExport
{
    private const string Count = """
        SELECT area_id AS Area, final_code AS Code, count(*) AS Persons
        FROM sample_member WHERE campaign_id = @Id AND @CountedAt IS NULL GROUP BY area_id, final_code
        UNION ALL
        SELECT area_id, code, total FROM campaign_total WHERE campaign_id = @Id AND measure = 'members';
        """;

    internal static void Write(ExportSource source, ITableWriter table)
    {
        var texts = source.Texts;
        table.Begin(
            texts["dispositions.name"],
            [new(texts["township"], 16), new(texts["code"], 8), new(texts["label_zh"], 36), new(texts["label_en"], 44), new(texts["group"], 8), new(texts["persons"], 10)]);
        var counts = source.Connection.Query<(long Area, string? Code, long Persons)>(Count, new { source.Campaign.Id, source.Campaign.CountedAt })
            .GroupBy(count => (Township: source.Areas.Township(count.Area), count.Code), count => count.Persons)
            .Select(group => (group.Key.Township, group.Key.Code, Persons: group.Sum()))
            .OrderBy(row => row.Township, StringComparer.Ordinal).ThenBy(row => row.Code is null).ThenBy(row => Array.IndexOf(DispositionTable.Codes, row.Code));
        foreach (var (township, code, persons) in counts)
        {
            table.Row(
                TableCell.Of(township), TableCell.Of(code), TableCell.Of(Label(code, ExportTexts.Of("zh-CN"))),
                TableCell.Of(Label(code, ExportTexts.Of("en"))),
                TableCell.Of(Group(code)), TableCell.Of(persons));
        }
    }

    private static string Label(string? code, ExportTexts texts)
        => code is null ? texts["unfinished"] : $"{code} {DispositionTexts.Name(Disposition.Of(code), texts.Culture)}";

    private static string? Group(string? code) => OutcomeGroups.FromCode(code) is { } group ? OutcomeGroups.Symbols[(int)group] : null;
}
