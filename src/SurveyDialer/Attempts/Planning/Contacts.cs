using SurveyDialer.Phones;
using SurveyDialer.Questionnaires.Policy;

namespace SurveyDialer.Attempts.Planning;

/// <summary>Counts contacts with a number from its caps.</summary>
internal static class Contacts
{
    /// <summary>Calls that rang, were answered or found the line busy, and texts, on the days from first to last, both inclusive.</summary>
    public static int Between(PhoneFacts phone, DateOnly first, DateOnly last) =>
        phone.Caps
            .Where(cap => cap.Kind is CapKind.Attempt or CapKind.Busy or CapKind.Text && first <= cap.Day && cap.Day <= last)
            .Sum(cap => cap.Times);

    /// <summary>This respondent's attempts in this campaign that count, the latest first.</summary>
    public static List<PastAttempt> Own(IEnumerable<PastAttempt> past) =>
        [.. past
            .Where(attempt => attempt is { SameCampaign: true, SameRespondent: true, OurFault: false, Channel: not AttemptChannel.Notice })
            .OrderByDescending(attempt => attempt.At)];

    /// <summary>Attempts that a number of a kind may get in one round.</summary>
    public static int RoundLimit(DiallingPolicy policy, PhoneKind kind) => kind switch
    {
        PhoneKind.Landline => policy.AttemptsPerRoundLandline,
        PhoneKind.Mobile => policy.AttemptsPerRoundMobile,
    };

    /// <summary>Attempts to a number in this campaign, for anybody who shares it; what failed on our side and notices do not count.</summary>
    public static int InRound(IEnumerable<PastAttempt> past, long phoneId) =>
        past.Count(attempt => attempt.PhoneId == phoneId && attempt is { SameCampaign: true, OurFault: false, Channel: not AttemptChannel.Notice });
}
