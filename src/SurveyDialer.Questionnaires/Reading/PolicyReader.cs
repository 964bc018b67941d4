using SurveyDialer.Questionnaires.Policy;

namespace SurveyDialer.Questionnaires;

/// <summary>The dialling policy of a template file.</summary>
internal static class PolicyReader
{
    public static DiallingPolicy Read(MapReader at) => new()
    {
        TimeZone = at.Text("time_zone"),
        Windows = at.List("windows", w => new CallingWindow(w.Word("days", DayKind.Workday), w.Time("from"), w.Time("to"))),
        NeverBefore = at.Time("never_before"),
        NeverFrom = at.Time("never_from"),
        NoStartInLast = at.Duration("no_start_in_last"),
        Calendar = at.Text("calendar"),
        AttemptsPerDay = at.Integer("attempts_per_day", 1, 10),
        MinimumGap = at.Duration("minimum_gap"),
        AttemptsPerRoundLandline = at.Integer("attempts_per_round_landline", 1, 50),
        AttemptsPerRoundMobile = at.Integer("attempts_per_round_mobile", 1, 50),
        AttemptsPer30Days = at.OptionalInteger("attempts_per_30_days", 1, 100),
        InterviewRest = at.Duration("interview_rest"),
        RoundsPerYear = at.Integer("rounds_per_year", 1, 52),
        InterviewsPerHousehold = at.Integer("interviews_per_household", 1, 10),
        RingTime = at.Duration("ring_time"),
        MaximumCall = at.Duration("maximum_call"),
        DetectMachines = at.Flag("detect_machines"),
        Retries = at.List("retries", ReadRetry),
        Channels = at.List("channels", c => new ChannelStep(c.Word("kind", ContactKind.Call), c.Duration("wait"))),
    };

    private static RetryRule ReadRetry(MapReader at) => new(
        at.Word("outcome", AttemptOutcome.NoAnswer), at.Duration("after"), at.Integer("times", 1, 50),
        at.Flag("other_day_part"), at.Flag("other_day"), at.Flag("other_number"), at.Flag("by_human"));
}
