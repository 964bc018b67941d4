using SurveyDialer.Attempts.Pacing;

namespace SurveyDialer.Tests.Attempts.Pacing;

public sealed class SharedStartsTests
{
    [Fact]
    public void Campaigns_with_something_due_take_turns()
    {
        var served = Run(3, TimeSpan.FromSeconds(4), [7, 2, 5], []);
        Assert.Equal([2L, 5, 7, 2, 5, 7, 2, 5, 7, 2, 5, 7], served);
    }

    [Fact]
    public void A_campaign_with_a_limit_of_its_own_holds_nobody_up()
    {
        var served = Run(10, TimeSpan.FromSeconds(10), [1, 2], new() { [1] = 1 });
        Assert.Equal(100, served.Count);
        Assert.Equal(10, served.Count(campaign => campaign == 1));
    }

    [Fact]
    public void All_campaigns_together_keep_the_account_s_limit()
    {
        var served = Run(4, TimeSpan.FromSeconds(10), [1, 2], new() { [1] = 3, [2] = 3 });
        Assert.Equal(40, served.Count);
        Assert.Equal(20, served.Count(campaign => campaign == 1));
    }

    [Fact]
    public void Without_anything_due_it_is_nobody_s_turn() => Assert.Null(new SharedStarts(1, new ManualClock()).Next([]));

    private static List<long> Run(double rate, TimeSpan length, long[] due, Dictionary<long, double> limits)
    {
        var clock = new ManualClock();
        var starts = new SharedStarts(rate, clock);
        foreach (var (campaign, limit) in limits)
            starts.Limit(campaign, limit);
        var served = new List<long>();
        while (true)
        {
            var turn = starts.Next(due)!.Value;
            clock.Pass(turn.Wait);
            if (clock.Passed >= length)
                return served;
            starts.Started(turn.CampaignId);
            served.Add(turn.CampaignId);
        }
    }
}
