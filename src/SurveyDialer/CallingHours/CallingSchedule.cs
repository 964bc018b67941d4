using SurveyDialer.Questionnaires.Policy;

namespace SurveyDialer.CallingHours;

/// <summary>
/// When calls may start: windows of the policy, cut to its outer limits, on the days of the calendar, without official surveys.
/// Times of day are the respondent's; wall-clock hours that a change of clocks skips do not exist and repeated ones count twice.
/// </summary>
internal sealed class CallingSchedule
{
    private static readonly TimeSpan EveningFrom = TimeSpan.FromHours(18);

    private readonly Calendar _calendar;
    private readonly TimeZoneInfo _zone;
    private readonly IReadOnlyList<NamedDays> _officialSurveys;
    private readonly TimeSpan _neverBefore;
    private readonly TimeSpan _neverFrom;
    private readonly Span[] _workday;
    private readonly Span[] _restday;

    /// <param name="policy">Windows, limits and the respondents' time zone.</param>
    /// <param name="calendar">The one that the policy names.</param>
    /// <param name="officialSurveys">Days on which an official survey runs.</param>
    /// <exception cref="TimeZoneNotFoundException">The policy's zone is not known; checked templates have none such.</exception>
    public CallingSchedule(DiallingPolicy policy, Calendar calendar, IReadOnlyList<NamedDays> officialSurveys)
    {
        _calendar = calendar;
        _officialSurveys = officialSurveys;
        _zone = TimeZoneInfo.FindSystemTimeZoneById(policy.TimeZone);
        _neverBefore = policy.NeverBefore.ToTimeSpan();
        _neverFrom = policy.NeverFrom.ToTimeSpan();
        _workday = Spans(policy, DayKind.Workday);
        _restday = Spans(policy, DayKind.Restday);
    }

    /// <summary>The respondent's date at an instant.</summary>
    public DateOnly DayOf(DateTimeOffset instant) => DateOnly.FromDateTime(Local(instant));

    /// <summary>The part of the day at an instant, whether calls may start then or not.</summary>
    public DayPart PartOf(DateTimeOffset instant)
    {
        var local = Local(instant);
        return PartOf(DateOnly.FromDateTime(local), local.TimeOfDay);
    }

    /// <summary>The first instant of a respondent's day.</summary>
    public DateTimeOffset StartOf(DateOnly day) => Instants(day, TimeSpan.Zero)[0];

    public CallingVerdict Verdict(DateTimeOffset instant)
    {
        var local = Local(instant);
        return WhyClosed(DateOnly.FromDateTime(local), local.TimeOfDay) is { } why
            ? new CallingVerdict.Closed(why, NextOpening(instant))
            : new CallingVerdict.Open(PartOf(instant));
    }

    public bool IsOpen(DateTimeOffset instant)
    {
        var local = Local(instant);
        return WhyClosed(DateOnly.FromDateTime(local), local.TimeOfDay) is null;
    }

    /// <summary>The first instant at or after <paramref name="from"/> at which a call may start, on a day and part of day that fit; null when the calendar has none.</summary>
    public DateTimeOffset? NextOpening(DateTimeOffset from, Func<DateOnly, DayPart, bool>? fits = null)
    {
        if (IsOpen(from) && Fits(from))
            return from;

        for (var day = Later(DayOf(from), _calendar.FirstDay); day <= _calendar.LastDay; day = day.AddDays(1))
        {
            DateTimeOffset? first = null;
            foreach (var instant in Openings(day))
            {
                if (instant > from && (first is null || instant < first) && IsOpen(instant) && Fits(instant))
                    first = instant;
            }

            if (first is not null)
                return first;
        }

        return null;

        bool Fits(DateTimeOffset instant) => fits is null || fits(DayOf(instant), PartOf(instant));
    }

    /// <summary>Every instant of a day at which it may have become possible to start; some may be closed all the same.</summary>
    private IEnumerable<DateTimeOffset> Openings(DateOnly day)
    {
        foreach (var span in SpansOf(day))
        {
            foreach (var instant in Instants(day, span.Start))
                yield return instant;
            if (span.Start < EveningFrom && EveningFrom < span.End)
            {
                foreach (var instant in Instants(day, EveningFrom))
                    yield return instant;
            }
        }
    }

    private ClosedReason? WhyClosed(DateOnly day, TimeSpan time)
    {
        if (!_calendar.Covers(day))
            return ClosedReason.CalendarEnded;
        if (_officialSurveys.Any(days => days.Contains(day)))
            return ClosedReason.OfficialSurvey;
        if (_calendar.SilentOn(day) is not null)
            return ClosedReason.SilentDay;

        var spans = SpansOf(day);
        if (Array.Exists(spans, span => span.Start <= time && time < span.LastStart))
            return null;
        if (time < _neverBefore || time >= _neverFrom)
            return ClosedReason.NeverAtThisHour;
        if (Array.Exists(spans, span => span.Start <= time && time < span.End))
            return ClosedReason.LastMinutes;
        return Array.Exists(spans, span => span.End <= time) && Array.Exists(spans, span => time < span.Start)
            ? ClosedReason.Break
            : ClosedReason.OutsideWindows;
    }

    private DayPart PartOf(DateOnly day, TimeSpan time) =>
        _calendar.KindOf(day) == DayKind.Restday ? DayPart.Restday
        : time < EveningFrom ? DayPart.WorkdayDay
        : DayPart.WorkdayEvening;

    private Span[] SpansOf(DateOnly day) => _calendar.KindOf(day) == DayKind.Workday ? _workday : _restday;

    private DateTime Local(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, _zone).DateTime;

    /// <summary>The instants at which the respondents' clocks show a time: two when clocks are set back, the end of the gap when it is skipped.</summary>
    private DateTimeOffset[] Instants(DateOnly day, TimeSpan time)
    {
        var local = day.ToDateTime(TimeOnly.MinValue) + time;
        if (_zone.IsInvalidTime(local))
            return [EndOfGap(local)];
        return _zone.IsAmbiguousTime(local)
            ? [.. _zone.GetAmbiguousTimeOffsets(local).Select(offset => new DateTimeOffset(local, offset)).Order()]
            : [new DateTimeOffset(local, _zone.GetUtcOffset(local))];
    }

    private DateTimeOffset EndOfGap(DateTime skipped)
    {
        // No gap is longer than a day, and all that ever were end on a whole minute.
        var after = skipped.AddTicks(-(skipped.Ticks % TimeSpan.TicksPerMinute));
        do
            after = after.AddMinutes(1);
        while (_zone.IsInvalidTime(after));
        return new DateTimeOffset(after, _zone.GetUtcOffset(after));
    }

    private static DateOnly Later(DateOnly one, DateOnly other) => one > other ? one : other;

    private static Span[] Spans(DiallingPolicy policy, DayKind kind) =>
        [.. policy.Windows
            .Where(window => window.Days == kind)
            .Select(window => (
                From: window.From > policy.NeverBefore ? window.From : policy.NeverBefore,
                To: window.To < policy.NeverFrom ? window.To : policy.NeverFrom))
            .Select(window => new Span(window.From.ToTimeSpan(), window.To.ToTimeSpan() - policy.NoStartInLast, window.To.ToTimeSpan()))
            .Where(span => span.Start < span.LastStart)
            .OrderBy(span => span.Start)];

    /// <param name="Start">Inclusive.</param>
    /// <param name="LastStart">Exclusive: from here to the end nothing starts.</param>
    /// <param name="End">Exclusive.</param>
    private readonly record struct Span(TimeSpan Start, TimeSpan LastStart, TimeSpan End);
}
