namespace SurveyDialer.Attempts.Planning.Rules;

/// <summary>A number that is being rung for anybody in any campaign is not rung a second time.</summary>
internal sealed class NumberInUseRule : INumberRule
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(100);

    public Veto? Judge(PlanFacts facts, PhoneFacts phone)
    {
        if (phone.LiveUntil is not { } until)
            return null;

        // An attempt that should have ended may still be waiting to be reconciled: look again after a while.
        var gap = facts.Campaign.Policy.MinimumGap;
        var pause = gap > LongestPause ? LongestPause : gap < ShortestPause ? ShortestPause : gap;
        var again = facts.Now + pause;
        return Veto.Until(VetoReason.NumberInUse, until > again ? until : again);
    }
}
