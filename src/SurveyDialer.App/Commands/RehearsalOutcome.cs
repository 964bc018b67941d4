using System.Globalization;
using Dapper;
using SurveyDialer.App.Hosting;
using SurveyDialer.Statistics.Samples;

namespace SurveyDialer.App.Commands;

/// <summary>How much work a round would be, from one rehearsal. It says nothing about what residents think.</summary>
internal sealed record RehearsalOutcome
{
    private const string SelectWork = """
        SELECT (SELECT launched_at FROM campaign WHERE id = @id) AS launched_at, (SELECT closed_at FROM campaign WHERE id = @id) AS closed_at,
               coalesce(sum(duration_s), 0) AS seconds, coalesce(sum((duration_s + 59) / 60), 0) AS billed_minutes
        FROM attempt WHERE campaign_id = @id AND channel = 'voice' AND duration_s > 0;
        """;

    public required long Respondents { get; init; }

    public required long RowsRejected { get; init; }

    /// <summary>When everybody has been tried, or the target reached; where the respondents live.</summary>
    public required DateTimeOffset Finish { get; init; }

    /// <summary>From launch to finish, calendar days begun.</summary>
    public required int Days { get; init; }

    public required long Calls { get; init; }

    public required long Texts { get; init; }

    /// <summary>Minutes talked.</summary>
    public required double Minutes { get; init; }

    /// <summary>As carriers bill: every call rounded up to a whole minute.</summary>
    public required long BilledMinutes { get; init; }

    /// <summary>Complete interviews to be expected.</summary>
    public required long Interviews { get; init; }

    /// <summary>95 %, percentage points, of a share of 50 % among these interviews; null without interviews.</summary>
    public required double? MarginOfError { get; init; }

    /// <summary>Billed minutes × price; null without a price. Texts are not in it.</summary>
    public required decimal? Cost { get; init; }

    internal static RehearsalOutcome Of(PracticeRun run, decimal? price)
    {
        var totals = run.Totals();
        var work = run.Database.Read(connection => connection.QuerySingle<Work>(SelectWork, new { id = run.CampaignId }));
        var local = TimeSpan.FromHours(8);
        var (launch, finish) = (DateTimeOffset.FromUnixTimeMilliseconds(work.LaunchedAt).ToOffset(local), DateTimeOffset.FromUnixTimeMilliseconds(work.ClosedAt).ToOffset(local));
        double? margin = totals.Completes == 0 ? null
            : Math.Round(100 * Precision.MarginOfError(0.5, totals.Completes, Math.Max(totals.Completes, totals.RespondentsImported)), 2);
        return new RehearsalOutcome
        {
            Respondents = totals.RespondentsImported,
            RowsRejected = totals.RowsRejected,
            Finish = finish,
            Days = (finish.Date - launch.Date).Days + 1,
            Calls = totals.CallsPlaced,
            Texts = totals.TextsSent,
            Minutes = Math.Round(work.Seconds / 60.0, 1),
            BilledMinutes = work.BilledMinutes,
            Interviews = totals.Completes,
            MarginOfError = margin,
            Cost = price is { } each ? each * work.BilledMinutes : null,
        };
    }

    internal void Print(Report report)
    {
        report.Line(Words.Say("rehearse_head", Respondents, RowsRejected));
        report.Line(Words.Say("rehearse_finish", Finish.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), Days));
        report.Line(Words.Say("rehearse_calls", Calls, Minutes, BilledMinutes, Texts));
        report.Line(Words.Say("rehearse_interviews", Interviews, MarginOfError is { } margin ? margin.ToString("0.##", CultureInfo.InvariantCulture) : "–"));
        if (Cost is { } cost) report.Line(Words.Say("rehearse_cost", cost.ToString("0.00", CultureInfo.InvariantCulture)));
        report.Line(Words.Say("rehearse_caveat"));
    }

    private sealed record Work
    {
        public long LaunchedAt { get; init; }

        public long ClosedAt { get; init; }

        public long Seconds { get; init; }

        public long BilledMinutes { get; init; }
    }
}
