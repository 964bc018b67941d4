using SurveyDialer.CallingHours;
using SurveyDialer.Questionnaires.Policy;

namespace SurveyDialer.Tests.CallingHours;

/// <summary>The default policy of the survey method, and schedules made from it.</summary>
internal static class Policies
{
    public static readonly Calendar China = CalendarFile.Read(SourceTree.Read("campaign-templates", "calendars", "cn.yaml")).Calendar!;

    public static readonly DiallingPolicy Default = new()
    {
        TimeZone = "Asia/Shanghai",
        Windows =
        [
            new CallingWindow(DayKind.Workday, new TimeOnly(9, 0), new TimeOnly(12, 0)),
            new CallingWindow(DayKind.Workday, new TimeOnly(14, 30), new TimeOnly(20, 30)),
            new CallingWindow(DayKind.Restday, new TimeOnly(10, 0), new TimeOnly(12, 0)),
            new CallingWindow(DayKind.Restday, new TimeOnly(15, 0), new TimeOnly(20, 0)),
        ],
        NeverBefore = new TimeOnly(8, 30),
        NeverFrom = new TimeOnly(21, 0),
        NoStartInLast = TimeSpan.FromMinutes(5),
        Calendar = "cn",
        AttemptsPerDay = 2,
        MinimumGap = TimeSpan.FromHours(3),
        AttemptsPerRoundLandline = 6,
        AttemptsPerRoundMobile = 4,
        InterviewRest = TimeSpan.FromDays(180),
        RoundsPerYear = 2,
        InterviewsPerHousehold = 1,
        RingTime = TimeSpan.FromSeconds(30),
        MaximumCall = TimeSpan.FromMinutes(10),
        Retries =
        [
            new RetryRule(AttemptOutcome.NoAnswer, TimeSpan.FromHours(3), 5, OtherDayPart: true),
            new RetryRule(AttemptOutcome.Busy, TimeSpan.FromMinutes(20), 4, OtherDayPart: true),
            new RetryRule(AttemptOutcome.SwitchedOff, TimeSpan.FromHours(3), 3, OtherDay: true, OtherNumber: true),
            new RetryRule(AttemptOutcome.NotExisting, TimeSpan.FromHours(12), 1, OtherDay: true),
            new RetryRule(AttemptOutcome.BreakOff, TimeSpan.FromDays(7), 1),
            new RetryRule(AttemptOutcome.NothingHeard, TimeSpan.FromHours(3), 2, ByHuman: true),
            new RetryRule(AttemptOutcome.Fault, TimeSpan.FromMinutes(10), 3),
        ],
        Channels = [new ChannelStep(ContactKind.Call, TimeSpan.FromDays(1))],
    };

    public static CallingSchedule Schedule(DiallingPolicy? policy = null, Calendar? calendar = null, params NamedDays[] officialSurveys) =>
        new(policy ?? Default, calendar ?? China, officialSurveys);

    /// <summary>A time of Shanghai: <c>2026-03-02 09:00:00</c>.</summary>
    public static DateTimeOffset At(string local) =>
        new(DateTime.Parse(local, System.Globalization.CultureInfo.InvariantCulture), TimeSpan.FromHours(8));
}
