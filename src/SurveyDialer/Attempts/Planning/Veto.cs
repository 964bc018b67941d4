namespace SurveyDialer.Attempts.Planning;

/// <summary>Why an attempt is not made now. Stored by its text (<see cref="VetoReasons"/>); the order says which is named first among the final ones.</summary>
internal enum VetoReason
{
    CampaignNotLaunched,
    CampaignPaused,
    CampaignClosed,
    RoundOver,
    OfficialSurvey,
    SilentDay,
    OutsideHours,
    CalendarEnded,
    TargetReached,
    QuotaFull,
    HouseholdInterviewed,
    NotDueYet,
    AppointmentAhead,
    OtherDayPart,
    OtherDay,
    NoNumber,
    OtherNumberAgreed,
    DoNotCall,
    NumberBad,
    NumberFictional,
    NumberDeskOnly,
    NumberNotMobile,
    CarrierWithoutTexts,
    NumberInUse,
    MinimumGap,
    BusyGap,
    DailyCap,
    RoundCap,
    ThirtyDayCap,
    RoundsPerYear,
    InterviewedLately,
}

/// <summary>The stored form of <see cref="VetoReason"/>; never changed, since rows hold it.</summary>
internal static class VetoReasons
{
    private static readonly Dictionary<VetoReason, string> Texts = new()
    {
        [VetoReason.CampaignNotLaunched] = "campaign-not-launched",
        [VetoReason.CampaignPaused] = "campaign-paused",
        [VetoReason.CampaignClosed] = "campaign-closed",
        [VetoReason.RoundOver] = "round-over",
        [VetoReason.OfficialSurvey] = "official-survey",
        [VetoReason.SilentDay] = "silent-day",
        [VetoReason.OutsideHours] = "outside-hours",
        [VetoReason.CalendarEnded] = "calendar-ended",
        [VetoReason.TargetReached] = "target-reached",
        [VetoReason.QuotaFull] = "quota-full",
        [VetoReason.HouseholdInterviewed] = "household-interviewed",
        [VetoReason.NotDueYet] = "not-due-yet",
        [VetoReason.AppointmentAhead] = "appointment-ahead",
        [VetoReason.OtherDayPart] = "other-day-part",
        [VetoReason.OtherDay] = "other-day",
        [VetoReason.NoNumber] = "no-number",
        [VetoReason.OtherNumberAgreed] = "other-number-agreed",
        [VetoReason.DoNotCall] = "do-not-call",
        [VetoReason.NumberBad] = "number-bad",
        [VetoReason.NumberFictional] = "number-fictional",
        [VetoReason.NumberDeskOnly] = "number-desk-only",
        [VetoReason.NumberNotMobile] = "number-not-mobile",
        [VetoReason.CarrierWithoutTexts] = "carrier-without-texts",
        [VetoReason.NumberInUse] = "number-in-use",
        [VetoReason.MinimumGap] = "minimum-gap",
        [VetoReason.BusyGap] = "busy-gap",
        [VetoReason.DailyCap] = "daily-cap",
        [VetoReason.RoundCap] = "round-cap",
        [VetoReason.ThirtyDayCap] = "thirty-day-cap",
        [VetoReason.RoundsPerYear] = "rounds-per-year",
        [VetoReason.InterviewedLately] = "interviewed-lately",
    };

    private static readonly Dictionary<string, VetoReason> Reasons = Texts.ToDictionary(pair => pair.Value, pair => pair.Key);

    public static string ToColumn(this VetoReason reason) => Texts[reason];

    public static VetoReason FromColumn(string text) =>
        Reasons.TryGetValue(text, out var reason) ? reason : throw new InvalidDataException($"Unknown waiting reason '{text}'.");
}

/// <summary>What must happen before an attempt that waits for no time is looked at again.</summary>
internal enum AwaitedEvent
{
    /// <summary>The campaign is launched.</summary>
    Launch,

    /// <summary>The campaign is resumed.</summary>
    Resume,

    /// <summary>The calendar data reach further.</summary>
    CalendarExtended,
}

/// <summary>When a veto ends.</summary>
internal abstract record VetoEnd
{
    private VetoEnd()
    {
    }

    /// <param name="Instant">Later than the instant of the decision.</param>
    public sealed record At(DateTimeOffset Instant) : VetoEnd;

    public sealed record When(AwaitedEvent Event) : VetoEnd;

    /// <summary>Not within this campaign.</summary>
    public sealed record Never : VetoEnd;
}

/// <summary>One "no" of the planner.</summary>
/// <param name="Reason">Its name.</param>
/// <param name="End">When it ends.</param>
/// <param name="PhoneId">The number that it is about; null when it is about the respondent or the campaign.</param>
/// <param name="Arguments">What the text names: a limit, a count.</param>
internal sealed record Veto(VetoReason Reason, VetoEnd End, long? PhoneId = null, params IReadOnlyList<object> Arguments)
{
    public static Veto Until(VetoReason reason, DateTimeOffset instant, params IReadOnlyList<object> arguments) =>
        new(reason, new VetoEnd.At(instant), null, arguments);

    public static Veto For(VetoReason reason, AwaitedEvent awaited) => new(reason, new VetoEnd.When(awaited));

    public static Veto Forever(VetoReason reason, params IReadOnlyList<object> arguments) => new(reason, new VetoEnd.Never(), null, arguments);
}
