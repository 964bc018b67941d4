using Dapper;
using SurveyDialer.Exports.Tables;

namespace SurveyDialer.Exports;

/// <summary>Every attempt that was claimed to be placed. Respondents have a running number in random order, no number and no name.</summary>
internal static class AttemptsExport
{
    private const string Made = "state IN ('placing', 'placed', 'unknown', 'ended')";

    private const string SelectRespondents = $"SELECT DISTINCT respondent_id FROM attempt WHERE campaign_id = @Id AND {Made};";

    private const string SelectAttempts = $"""
        SELECT a.respondent_id, a.ordinal, a.channel, p.kind AS number_kind, coalesce(a.placing_at, a.placed_at, a.ended_at) AS at, a.state, a.outcome, a.code,
               a.duration_s, a.our_fault
        FROM attempt a LEFT JOIN phone p ON p.id = a.phone_id
        WHERE a.respondent_id IN @portion AND a.campaign_id = @Id AND a.{Made}
        ORDER BY a.respondent_id, a.ordinal;
        """;

    internal static void Write(ExportSource source, ITableWriter table)
    {
        var texts = source.Texts;
        table.Begin(texts["attempts.name"], Columns(texts));
        var respondents = source.Connection.Query<long>(SelectRespondents, new { source.Campaign.Id }, buffered: false).ToList();
        var running = 0L;
        foreach (var portion in source.InRandomOrder(respondents))
        {
            var attempts = source.Connection.Query<AttemptCells>(SelectAttempts, new { portion, source.Campaign.Id }).ToLookup(attempt => attempt.RespondentId);
            foreach (var respondent in portion)
            {
                running++;
                foreach (var attempt in attempts[respondent]) Write(source, table, running, attempt);
            }
        }
    }

    private static TableColumn[] Columns(ExportTexts texts) =>
    [
        new(texts["respondent"], 10), new(texts["ordinal"], 6), new(texts["channel"], 10), new(texts["number_kind"], 10), new(texts["day"], 12),
        new(texts["weekday"], 8),
        new(texts["day_part"], 10), new(texts["state"], 10), new(texts["attempt_outcome"], 18), new(texts["code"], 8), new(texts["seconds"], 10),
        new(texts["our_fault"], 10),
    ];

    private static void Write(ExportSource source, ITableWriter table, long running, AttemptCells attempt)
    {
        var texts = source.Texts;
        var at = source.Local(attempt.At);
        table.Row(
            TableCell.Of(running), TableCell.Of(attempt.Ordinal), TableCell.Of(texts.Word("channel", attempt.Channel)),
            TableCell.Of(texts.Word("number_kind", attempt.NumberKind)),
            TableCell.Of(source.Day(attempt.At)), TableCell.Of(at is { } day ? texts[$"weekday.{(int)day.DayOfWeek}"] : null),
            TableCell.Of(at is { } time ? texts[$"day_part.{Part(time)}"] : null),
            TableCell.Of(texts.Word("attempt_state", attempt.State)), TableCell.Of(texts.Word("attempt_outcome", attempt.Outcome)),
            TableCell.Of(attempt.Code),
            TableCell.Of(attempt.DurationS), TableCell.Of(texts.YesNo(attempt.OurFault == 1)));
    }

    private static string Part(DateTime at) => at.Hour switch
    {
        < 12 => "morning",
        < 18 => "afternoon",
        _ => "evening",
    };

    private sealed record AttemptCells
    {
        public long RespondentId { get; init; }

        public long Ordinal { get; init; }

        public string Channel { get; init; } = "";

        public string? NumberKind { get; init; }

        public long? At { get; init; }

        public string State { get; init; } = "";

        public string? Outcome { get; init; }

        public string? Code { get; init; }

        public long? DurationS { get; init; }

        public long OurFault { get; init; }
    }
}
