namespace SurveyDialer.Attempts.Planning.Rules;

/// <summary>A round has a last day; after it nobody is contacted, by appointment neither.</summary>
internal sealed class LastDayRule : IPlanRule
{
    public Veto? Judge(PlanFacts facts) => facts.Campaign.IsOver(facts.Now) ? Veto.Forever(VetoReason.RoundOver) : null;
}
