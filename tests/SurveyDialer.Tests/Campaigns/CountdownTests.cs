using SurveyDialer.Campaigns;
using SurveyDialer.Statistics.Disclosure;

namespace SurveyDialer.Tests.Campaigns;

/// <summary>What a round still needs, township by township.</summary>
public sealed class CountdownTests
{
    [Fact]
    public void A_target_is_shared_out_by_the_size_of_the_samples_and_counted_down_to_the_last_day()
    {
        var countdown = Countdown.For([Township(1, 300, completes: 40), Township(2, 100, completes: 30), Township(3, 100, completes: 1)], target: 101, daysLeft: 4);
        Assert.Equal([61, 20, 20], countdown.Townships.Select(one => one.Share));
        Assert.Equal([21, 0, 19], countdown.Townships.Select(one => one.Wanted));
        Assert.Equal([6L, null, 5L], countdown.Townships.Select(one => one.PerDay));
        Assert.Equal(3, countdown.Behind!.Township.Id);
    }

    [Fact]
    public void Without_a_target_everybody_is_to_be_finished()
    {
        var countdown = Countdown.For([Township(1, 10, completes: 4), Township(2, 30, completes: 30)], target: null, daysLeft: 1);
        Assert.Equal([null, null], countdown.Townships.Select(one => one.Share));
        Assert.Equal([6, 0], countdown.Townships.Select(one => one.Wanted));
        Assert.Equal([6L, null], countdown.Townships.Select(one => one.PerDay));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(0)]
    public void With_no_day_left_nothing_is_asked_a_day(int? daysLeft)
        => Assert.Null(Countdown.For([Township(1, 10, completes: 4)], 10, daysLeft).Townships[0].PerDay);

    [Fact]
    public void A_target_above_the_sample_asks_for_all_of_it()
        => Assert.Equal(10, Countdown.For([Township(1, 10, completes: 4)], 50, 1).Townships[0].Share);

    [Fact]
    public void A_round_without_a_sample_has_none()
    {
        var countdown = Countdown.For([], 50, 3);
        Assert.Empty(countdown.Townships);
        Assert.Null(countdown.Behind);
        Assert.Null(countdown.Contact.Percent);
    }

    [Fact]
    public void A_contact_rate_is_shown_where_neither_those_reached_nor_the_others_are_few()
    {
        var countdown = Countdown.For([Contacts(1, 40, 60), Contacts(2, 30, 30), Contacts(3, 20, 10)], null, 3);
        Assert.Equal([40L, 50, 66], countdown.Townships.Select(one => one.Contact.Percent));
        Assert.Equal(47, countdown.Contact.Percent);
    }

    [Fact]
    public void A_small_count_hides_its_rate_and_another_from_which_it_could_be_worked_out()
    {
        var countdown = Countdown.For([Contacts(1, 3, 60), Contacts(2, 30, 30), Contacts(3, 20, 10)], null, 3);
        Assert.Equal((null, CellDisplay.Small), (countdown.Townships[0].Contact.Percent, countdown.Townships[0].Contact.Display));
        Assert.Single(countdown.Townships, one => one.Contact is { Percent: null, Display: CellDisplay.Withheld });
        Assert.Single(countdown.Townships, one => one.Contact.Percent is not null);
    }

    [Fact]
    public void Where_nobody_is_finished_with_there_is_no_rate()
        => Assert.Equal((null, CellDisplay.Shown), (Countdown.For([Contacts(1, 0, 0)], null, 3).Townships[0].Contact is var rate ? rate.Percent : 0, rate.Display));

    private static TownshipProgress Township(long id, long members, long completes)
        => new(id, $"{id}", [new AreaProgress { Id = id + 100, ParentId = id, Members = members, Finished = completes, Completes = completes, Eligible = completes, Reached = completes }]);

    private static TownshipProgress Contacts(long id, long reached, long others)
        => new(id, $"{id}", [new AreaProgress { Id = id + 100, ParentId = id, Members = 500, Finished = reached + others, Eligible = reached + others, Reached = reached }]);
}
