namespace SurveyDialer.Attempts.Planning.Rules;

/// <summary>Only a running campaign contacts anybody.</summary>
internal sealed class CampaignStateRule : IPlanRule
{
    public Veto? Judge(PlanFacts facts) => facts.Campaign.Standing switch
    {
        CampaignStanding.Running => null,
        CampaignStanding.NotLaunched => Veto.For(VetoReason.CampaignNotLaunched, AwaitedEvent.Launch),
        CampaignStanding.Paused => Veto.For(VetoReason.CampaignPaused, AwaitedEvent.Resume),
        CampaignStanding.Closed => Veto.Forever(VetoReason.CampaignClosed),
        _ => throw new ArgumentOutOfRangeException(nameof(facts), facts.Campaign.Standing, "Not a campaign's standing."),
    };
}
