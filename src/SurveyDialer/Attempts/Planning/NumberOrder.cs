using SurveyDialer.Questionnaires.Policy;

namespace SurveyDialer.Attempts.Planning;

/// <summary>In which order a respondent's numbers are considered.</summary>
internal static class NumberOrder
{
    /// <summary>The numbers by position, beginning with one of them and going round.</summary>
    /// <param name="phones">By position.</param>
    /// <param name="first">The one to begin with; null, or one that is not there: the first.</param>
    public static IEnumerable<PhoneFacts> From(IReadOnlyList<PhoneFacts> phones, long? first)
    {
        var start = Math.Max(0, Position(phones, first));
        return phones.Skip(start).Concat(phones.Take(start));
    }

    /// <summary>Where the next attempt begins: at the number of the last one, or at the one after it if its retry rule says so. Null before the first.</summary>
    public static long? Suggested(IReadOnlyList<PhoneFacts> phones, IEnumerable<PastAttempt> past, DiallingPolicy policy)
    {
        var own = Contacts.Own(past);
        if (own.Count == 0 || Position(phones, own[0].PhoneId) is var position && position < 0)
            return null;

        var rule = policy.Retries.FirstOrDefault(rule => rule.Outcome == own[0].Outcome);
        return rule is { OtherNumber: true } && !RetryDemand.IsFirstBusy(own, policy)
            ? phones[(position + 1) % phones.Count].Id
            : phones[position].Id;
    }

    private static int Position(IReadOnlyList<PhoneFacts> phones, long? id)
    {
        for (var position = 0; position < phones.Count; position++)
        {
            if (phones[position].Id == id)
                return position;
        }

        return -1;
    }
}
