namespace SurveyDialer.Attempts.Planning.Rules;

/// <summary>Attempts to one number in one round, fewer to a mobile than to a landline.</summary>
internal sealed class RoundCapRule : INumberRule
{
    public Veto? Judge(PlanFacts facts, PhoneFacts phone)
    {
        var policy = facts.Campaign.Policy;
        var limit = phone.Mobile ? policy.AttemptsPerRoundMobile : policy.AttemptsPerRoundLandline;
        if (facts.Attempt.Appointment || Contacts.InRound(facts.Past, phone.Id) < limit)
            return null;
        return Veto.Forever(VetoReason.RoundCap, limit);
    }
}
