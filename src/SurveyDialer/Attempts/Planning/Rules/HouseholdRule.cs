namespace SurveyDialer.Attempts.Planning.Rules;

/// <summary>People who share a number are a household; it gives only so many interviews in a round, whichever of their numbers is dialled.</summary>
internal sealed class HouseholdRule : IPlanRule
{
    public Veto? Judge(PlanFacts facts)
    {
        var limit = facts.Campaign.Policy.InterviewsPerHousehold;
        return facts.Phones.Any(phone => phone.HouseholdInterviews >= limit) ? Veto.Forever(VetoReason.HouseholdInterviewed, limit) : null;
    }
}
