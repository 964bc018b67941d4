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
    public void Texts_that_wait_for_their_own_limit_hold_no_call_up()
    {
        var clock = new ManualClock();
        var starts = new SharedStarts(new StartPacer(10, clock), new StartPacer(0.5, clock), clock);
        var served = Run(starts, clock, TimeSpan.FromSeconds(10), [new Lane(1, true), new Lane(1, false)]);
        Assert.Equal(100, served.Count);
        Assert.Equal(5, served.Count(lane => lane.Texted));
    }

    [Fact]
    public void A_campaign_with_calls_and_texts_has_no_more_turns_than_one_with_calls()
    {
        var clock = new ManualClock();
        var starts = new SharedStarts(new StartPacer(4, clock), new StartPacer(4, clock), clock);
        var served = Run(starts, clock, TimeSpan.FromSeconds(10), [new Lane(1, true), new Lane(1, false), new Lane(2, false)]);
        Assert.Equal(20, served.Count(lane => lane.CampaignId == 2));
        Assert.Equal(10, served.Count(lane => lane.Texted));
    }

    [Fact]
    public void What_a_campaign_may_start_within_a_time_is_the_lesser_of_both_limits()
    {
        var clock = new ManualClock();
        var starts = new SharedStarts(new StartPacer(10, clock), new StartPacer(10, clock), clock);
        starts.Limit(1, 3);
        starts.Limit(2, 50);
        var half = TimeSpan.FromSeconds(0.5);
        Assert.Equal((2, 5, 5, 5), (starts.Within(1, half), starts.Within(2, half), starts.Within(3, half), starts.Within(half)));
    }

    [Fact]
    public void Without_anything_due_it_is_nobody_s_turn()
    {
        var clock = new ManualClock();
        Assert.Null(new SharedStarts(new StartPacer(1, clock), new StartPacer(1, clock), clock).Next([]));
    }

    private static List<long> Run(double rate, TimeSpan length, long[] due, Dictionary<long, double> limits)
    {
        var clock = new ManualClock();
        var starts = new SharedStarts(new StartPacer(rate, clock), new StartPacer(rate, clock), clock);
        foreach (var (campaign, limit) in limits)
            starts.Limit(campaign, limit);
        return Run(starts, clock, length, [.. due.Select(campaign => new Lane(campaign, false))]).ConvertAll(lane => lane.CampaignId);
    }

    private static List<Lane> Run(SharedStarts starts, ManualClock clock, TimeSpan length, Lane[] due)
    {
        var served = new List<Lane>();
        while (true)
        {
            var turn = starts.Next(due)!.Value;
            clock.Pass(turn.Wait);
            if (clock.Passed >= length)
                return served;
            starts.Started(turn.Lane);
            served.Add(turn.Lane);
        }
    }
}
