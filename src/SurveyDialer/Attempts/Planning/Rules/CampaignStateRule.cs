using SurveyDialer.Campaigns;

namespace SurveyDialer.Attempts.Planning.Rules;

/// <summary>Only a running campaign contacts anybody.</summary>
internal sealed class CampaignStateRule : IPlanRule
{
    public Veto? Judge(PlanFacts facts) => facts.Campaign.State switch
    {
        CampaignState.Running => null,
        CampaignState.Draft or CampaignState.Ready => Veto.For(VetoReason.CampaignNotLaunched, AwaitedEvent.Launch),
        CampaignState.Paused => Veto.For(VetoReason.CampaignPaused, AwaitedEvent.Resume),
        CampaignState.Closed => Veto.Forever(VetoReason.CampaignClosed),
    };
}
