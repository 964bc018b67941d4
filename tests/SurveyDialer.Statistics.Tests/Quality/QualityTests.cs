using SurveyDialer.Statistics.Quality;

namespace SurveyDialer.Statistics.Tests.Quality;

public sealed class QualityTests
{
    [Theory]
    [InlineData("1,1,1,1,1,1", CarelessFlag.Straightline)]
    [InlineData("1,1,1,1,1", CarelessFlag.None)]
    [InlineData("1,1,1,1,1,2", CarelessFlag.None)]
    [InlineData("8,8,8,1,2", CarelessFlag.AllDontKnow)]
    [InlineData("8,8,1,1,2", CarelessFlag.None)]
    [InlineData("8,8,8,8,8,8", CarelessFlag.Straightline | CarelessFlag.AllDontKnow)]
    public void Keys_show_straightlining_and_don_t_know(string keys, CarelessFlag expected) =>
        Assert.Equal(expected, CarelessFlags.Of(new InterviewFacts { ScaleKeys = keys.Split(',') }));

    [Theory]
    [InlineData(1.1, null, CarelessFlag.Speeder)]
    [InlineData(1.2, null, CarelessFlag.None)]
    [InlineData(null, 79.0, CarelessFlag.Speeder)]
    [InlineData(null, 80.0, CarelessFlag.None)]
    public void Speed_is_judged_by_channel(double? answer, double? live, CarelessFlag expected) =>
        Assert.Equal(expected, CarelessFlags.Of(new InterviewFacts { ScaleKeys = ["1", "2"], MeanAnswerSeconds = answer, LiveSeconds = live }, medianLiveSeconds: 200));

    [Theory]
    [InlineData(1, 5, CarelessFlag.Contradiction)]
    [InlineData(5, 1, CarelessFlag.Contradiction)]
    [InlineData(2, 5, CarelessFlag.None)]
    public void Opposite_ends_contradict(int first, int second, CarelessFlag expected) =>
        Assert.Equal(expected, CarelessFlags.Of(new InterviewFacts { ScaleKeys = ["1"], Pair = (first, second) }));

    [Fact]
    public void An_interviewer_is_compared_within_the_area()
    {
        // 90 of 100 against 60 % of the others: 30 over, standard error √(100·0.6·0.4) = 4.9. Where everybody is high, 90 % is ordinary.
        var outliers = InterviewerOutliers([("a", "north", 100, 90), ("b", "north", 200, 120), ("c", "south", 100, 90), ("d", "south", 100, 91)]);
        Assert.Equal(30 / Math.Sqrt(24), outliers["a"].StandardErrors!.Value, 1e-9);
        Assert.True(outliers["a"].IsOutlier);
        Assert.False(outliers["c"].IsOutlier);
    }

    [Fact]
    public void An_interviewer_alone_in_an_area_is_not_judged() => Assert.Null(InterviewerOutliers([("a", "north", 100, 90)])["a"].StandardErrors);

    [Fact]
    public void The_bias_line_needs_four_rounds()
    {
        (double, double)[] pairs = [(93, 91), (92, 91), (94, 91), (95, 93)];
        Assert.Null(RehearsalBias.Of(pairs[..3]));
        var bias = RehearsalBias.Of(pairs)!;
        Assert.Equal((4, 2.0), (bias.Rounds, bias.MeanDifference));
        Assert.Equal(Math.Sqrt(2.0 / 3), bias.Spread, 1e-12);
    }

    [Fact]
    public void A_round_says_what_it_lacks()
    {
        var gate = new RoundGate(400, 0.4, 0.05);
        Assert.Empty(gate.Lacks(400, 0.4, 20));
        Assert.Equal([RoundShortfall.Interviews, RoundShortfall.ContactRate, RoundShortfall.SupervisedChecks], gate.Lacks(399, null, 19));
    }

    [Fact]
    public void The_median_of_an_even_number_lies_between() => Assert.Equal((2.5, null), (CarelessFlags.Median([4, 1, 2, 3]), CarelessFlags.Median([])));

    private static Dictionary<string, InterviewerOutlier> InterviewerOutliers((string Who, string Area, double N, double Positive)[] tallies) =>
        InterviewerOutlier.Of([.. tallies.Select(t => new InterviewerTally(t.Who, t.Area, t.N, t.Positive))]).ToDictionary(o => o.Interviewer);
}
