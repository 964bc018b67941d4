using SurveyDialer.Attempts.Planning;
using SurveyDialer.Campaigns;
using SurveyDialer.Phones;
using SurveyDialer.Questionnaires.Policy;
using SurveyDialer.Tests.CallingHours;

namespace SurveyDialer.Tests.Attempts.Planning;

/// <summary>Facts of a respondent with one landline who may be called, on Monday 2026-03-02 at 10:00.</summary>
internal static class Facts
{
    public static readonly DateTimeOffset Now = Policies.At("2026-03-02 10:00");

    public static PlanFacts Plain(DateTimeOffset? now = null) => new(
        now ?? Now, Campaign(), new AttemptFacts(Policies.At("2026-03-02 09:00"), AttemptChannel.Voice), [Landline()], []);

    public static CampaignFacts Campaign(DiallingPolicy? policy = null, CarrierKind carrier = CarrierKind.Real) =>
        new(CampaignState.Running, carrier, policy ?? Policies.Default, Policies.Schedule(policy));

    public static PhoneFacts Landline(long id = 1) => new(id, PhoneKind.Landline, false, false, false, false, null, 0, []);

    public static PhoneFacts Mobile(long id = 2) => Landline(id) with { Kind = PhoneKind.Mobile };

    /// <summary>An attempt of this respondent in this campaign, 30 seconds long.</summary>
    public static PastAttempt Past(string at, AttemptOutcome outcome = AttemptOutcome.NoAnswer, long phone = 1, bool? rang = null) => new(
        phone, true, true, AttemptChannel.Voice, Policies.At(at).AddSeconds(-30), Policies.At(at), outcome,
        rang ?? outcome is not (AttemptOutcome.Busy or AttemptOutcome.SwitchedOff or AttemptOutcome.NotExisting or AttemptOutcome.Fault or AttemptOutcome.Blocked),
        outcome == AttemptOutcome.Fault);

    public static CapDay Cap(CapKind kind, string day, int times = 1) => new(kind, DateOnly.FromDateTime(Policies.At(day).DateTime), times);
}
