using SurveyDialer.CallingHours;
using SurveyDialer.Campaigns;
using SurveyDialer.Phones;
using SurveyDialer.Questionnaires.Policy;

namespace SurveyDialer.Attempts.Planning;

/// <summary>
/// All that the planner looks at. Loadable by four indexed queries: the respondent's numbers with do-not-call
/// (<c>respondent_phone</c>, <c>phone</c>, <c>do_not_call</c>), the caps of these numbers (<c>contact_cap</c>), the attempts of every
/// respondent who shares one of them (<c>respondent_phone_by_phone</c>, <c>attempt_by_respondent</c>), and their completed
/// interviews in this campaign (<c>sample_member_by_respondent</c>).
/// </summary>
/// <param name="Now">The instant of the decision.</param>
/// <param name="Campaign">The same for all attempts of a campaign; a dispatcher loads it once a batch.</param>
/// <param name="Attempt">The row to decide on.</param>
/// <param name="Phones">The respondent's numbers, by position.</param>
/// <param name="Past">Ended attempts, of this respondent and of all who share a number; any order.</param>
/// <param name="QuotaFull">The respondent's cell needs no more interviews.</param>
internal sealed record PlanFacts(
    DateTimeOffset Now,
    CampaignFacts Campaign,
    AttemptFacts Attempt,
    IReadOnlyList<PhoneFacts> Phones,
    IReadOnlyList<PastAttempt> Past,
    bool QuotaFull = false)
{
    /// <summary>At desk telephones the interview by keys is held by the person who dials.</summary>
    public AttemptChannel Channel =>
        Campaign.Carrier == CarrierKind.DeskTelephone && Attempt.Channel == AttemptChannel.Voice ? AttemptChannel.Live : Attempt.Channel;

    /// <summary>The respondent's date now.</summary>
    public DateOnly Today => Campaign.Schedule.DayOf(Now);
}

/// <summary>What takes a campaign's calls and texts.</summary>
internal enum CarrierKind
{
    /// <summary>Twilio, or a gateway that speaks its protocol: rings real numbers.</summary>
    Real,

    /// <summary>The simulator: rings nobody, takes any number.</summary>
    Simulator,

    /// <summary>People at desk telephones: real numbers, no texts.</summary>
    DeskTelephone,
}

/// <summary>The stored form of <see cref="CarrierKind"/>.</summary>
internal static class CarrierKinds
{
    public static CarrierKind FromColumn(string text) => text switch
    {
        "twilio" => CarrierKind.Real,
        "simulator" => CarrierKind.Simulator,
        "desk-phone" => CarrierKind.DeskTelephone,
        _ => throw new InvalidDataException($"Unknown carrier '{text}'."),
    };
}

/// <param name="Schedule">Built from <paramref name="Policy"/>, its calendar and the days of official surveys.</param>
/// <param name="TargetReached">As many interviews as were asked for.</param>
/// <param name="LastDay">Nobody is contacted on a later day; null: no such day.</param>
/// <param name="FullStrata">Strata of the sample that need no more interviews; null: none is full.</param>
internal sealed record CampaignFacts(
    CampaignState State, CarrierKind Carrier, DiallingPolicy Policy, CallingSchedule Schedule, bool TargetReached = false, DateOnly? LastDay = null,
    IReadOnlySet<long>? FullStrata = null)
{
    /// <summary>Whether an instant lies after the last day.</summary>
    public bool IsOver(DateTimeOffset instant) => LastDay is { } last && Schedule.DayOf(instant) > last;
}

/// <param name="DueAt">Not before.</param>
/// <param name="Channel">How.</param>
/// <param name="Appointment">The respondent asked to be reached then: it is never early, and what keeps others from being pestered does not move it.</param>
/// <param name="PhoneId">The number to try first; for an appointment the only one. Null: as the last attempt and its retry rule suggest.</param>
internal sealed record AttemptFacts(DateTimeOffset DueAt, AttemptChannel Channel, bool Appointment = false, long? PhoneId = null);

/// <param name="Bad">The carrier says that it does not exist.</param>
/// <param name="DeskOnly">Has an extension: only a person can reach it.</param>
/// <param name="Fictional">Belongs to nobody: only the simulator takes it.</param>
/// <param name="LiveUntil">When another attempt to this number, anybody's, should have ended; null when none is under way.</param>
/// <param name="HouseholdInterviews">Interviews completed in this campaign by other respondents with this number.</param>
/// <param name="Caps">Rows of <c>contact_cap</c> of the last 366 days, all campaigns.</param>
internal sealed record PhoneFacts(
    long Id,
    PhoneKind Kind,
    bool DoNotCall,
    bool Bad,
    bool DeskOnly,
    bool Fictional,
    DateTimeOffset? LiveUntil,
    int HouseholdInterviews,
    IReadOnlyList<CapDay> Caps);

/// <summary>What <see cref="CapDay"/> counts.</summary>
internal enum CapKind
{
    /// <summary>A call that rang or was answered.</summary>
    Attempt,

    /// <summary>A call to a busy line.</summary>
    Busy,

    /// <summary>A text interview or notice.</summary>
    Text,

    /// <summary>A completed interview.</summary>
    Interview,

    /// <summary>The first contact of a round.</summary>
    Round,
}

/// <summary>The stored form of <see cref="CapKind"/>.</summary>
internal static class CapKinds
{
    public static string ToColumn(this CapKind kind) => kind switch
    {
        CapKind.Attempt => "attempt",
        CapKind.Busy => "busy",
        CapKind.Text => "text",
        CapKind.Interview => "interview",
        CapKind.Round => "round",
    };

    public static CapKind FromColumn(string text) => text switch
    {
        "attempt" => CapKind.Attempt,
        "busy" => CapKind.Busy,
        "text" => CapKind.Text,
        "interview" => CapKind.Interview,
        "round" => CapKind.Round,
        _ => throw new InvalidDataException($"Unknown kind of contact '{text}'."),
    };
}

/// <param name="Day">The respondent's date.</param>
/// <param name="Times">How often on that day.</param>
internal sealed record CapDay(CapKind Kind, DateOnly Day, int Times);

/// <summary>An ended attempt.</summary>
/// <param name="PhoneId">The number that was tried.</param>
/// <param name="SameCampaign">It belongs to the campaign that is planned.</param>
/// <param name="SameRespondent">It was made to the respondent who is planned, not to another of the household.</param>
/// <param name="Channel">How.</param>
/// <param name="At">When it was placed.</param>
/// <param name="EndedAt">When it ended.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Rang">It rang or was answered.</param>
/// <param name="OurFault">It failed for a reason on our side and does not count.</param>
internal sealed record PastAttempt(
    long PhoneId,
    bool SameCampaign,
    bool SameRespondent,
    AttemptChannel Channel,
    DateTimeOffset At,
    DateTimeOffset EndedAt,
    AttemptOutcome Outcome,
    bool Rang,
    bool OurFault);
