namespace SurveyDialer.Attempts.Planning.Rules;

/// <summary>Attempts to one number in one round, fewer to a mobile than to a landline.</summary>
internal sealed class RoundCapRule : INumberRule
{
    public Veto? Judge(PlanFacts facts, PhoneFacts phone)
    {
        var limit = Contacts.RoundLimit(facts.Campaign.Policy, phone.Kind);
        if (facts.Attempt.Appointment || Contacts.InRound(facts.Past, phone.Id) < limit)
            return null;
        return Veto.Forever(VetoReason.RoundCap, limit);
    }
}
