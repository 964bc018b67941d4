namespace SurveyDialer.Attempts.Planning.Rules;

/// <summary>Contacts with one number on one day of the respondent, all campaigns together; calls to a busy line and texts count.</summary>
internal sealed class DailyCapRule : INumberRule
{
    public Veto? Judge(PlanFacts facts, PhoneFacts phone)
    {
        var limit = facts.Campaign.Policy.AttemptsPerDay;
        if (facts.Attempt.Appointment || Contacts.Between(phone, facts.Today, facts.Today) < limit)
            return null;
        return Veto.Until(VetoReason.DailyCap, facts.Campaign.Schedule.StartOf(facts.Today.AddDays(1)), limit);
    }
}
