namespace SurveyDialer.Attempts.Planning.Rules;

/// <summary>Contacts with one number in any 30 consecutive days, all campaigns together. Law in some countries, so appointments count too.</summary>
internal sealed class ThirtyDayCapRule : INumberRule
{
    private const int Days = 30;

    public Veto? Judge(PlanFacts facts, PhoneFacts phone)
    {
        if (facts.Campaign.Policy.AttemptsPer30Days is not { } limit || !IsFull(facts.Today))
            return null;

        var day = facts.Today.AddDays(1);
        while (IsFull(day) && day < facts.Today.AddDays(Days))
            day = day.AddDays(1);
        return Veto.Until(VetoReason.ThirtyDayCap, facts.Campaign.Schedule.StartOf(day), limit);

        bool IsFull(DateOnly last) => Contacts.Between(phone, last.AddDays(1 - Days), last) >= limit;
    }
}
