using FsCheck;
using FsCheck.Fluent;
using SurveyDialer.Attempts.Pacing;

namespace SurveyDialer.Tests.Attempts.Pacing;

public sealed class StartPacerTests
{
    [Theory]
    [InlineData(1, 60)]
    [InlineData(10, 600)]
    [InlineData(50, 3000)]
    [InlineData(100, 6000)]
    [InlineData(0.5, 30)]
    public void Exactly_the_limit_is_reached_by_a_punctual_caller(double rate, int expected)
    {
        var starts = Run(rate, TimeSpan.FromMinutes(1), _ => TimeSpan.Zero);
        Assert.Equal(expected, starts.Count);
        AssertNeverOver(rate, starts);
    }

    [Fact]
    public void The_limit_holds_and_is_nearly_reached_whatever_the_delays_of_the_timers()
    {
        var cases = (from rate in Gen.Elements(1d, 2, 3, 5, 10, 50, 100)
                     from seed in Gen.Choose(0, int.MaxValue)
                     from worst in Gen.Choose(0, 80)
                     select (rate, seed, worst)).ToArbitrary();
        Check.QuickThrowOnFailure(Prop.ForAll(cases, one =>
        {
            var chance = new Random(one.seed);
            var starts = Run(one.rate, TimeSpan.FromMinutes(1), _ => TimeSpan.FromMilliseconds(chance.Next(one.worst + 1) / 10d));
            AssertNeverOver(one.rate, starts);
            return starts.Count >= 0.99 * one.rate * 60;
        }));
    }

    [Theory]
    [InlineData(50)]
    [InlineData(100)]
    public void Claims_that_hold_up_a_start_now_and_then_do_not_add_up(int rate)
    {
        var chance = new Random(7);
        var starts = Run(rate, TimeSpan.FromMinutes(1), _ => TimeSpan.FromMilliseconds(chance.Next(25) == 0 ? chance.Next(10, 30) : chance.NextDouble()));
        AssertNeverOver(rate, starts);
        Assert.InRange(starts.Count, 0.995 * rate * 60, rate * 60);
    }

    [Fact]
    public void The_limit_holds_over_long_stalls_of_any_length()
    {
        var cases = (from rate in Gen.Elements(0.5, 1d, 3, 10, 100)
                     from seed in Gen.Choose(0, int.MaxValue)
                     select (rate, seed)).ToArbitrary();
        Check.QuickThrowOnFailure(Prop.ForAll(cases, one =>
        {
            var chance = new Random(one.seed);
            AssertNeverOver(one.rate, Run(one.rate, TimeSpan.FromMinutes(1), _ => TimeSpan.FromMilliseconds(chance.Next(40) == 0 ? chance.Next(3000) : chance.Next(3))));
        }));
    }

    [Fact]
    public void After_a_stall_there_is_no_burst()
    {
        var starts = Run(10, TimeSpan.FromSeconds(20), number => TimeSpan.FromSeconds(number == 50 ? 5 : 0));
        var gaps = starts.Zip(starts.Skip(1), (one, next) => next - one).Skip(50).ToList();
        Assert.NotEmpty(gaps);
        Assert.All(gaps, gap => Assert.True(gap >= TimeSpan.FromMilliseconds(25), $"{gap}"));
    }

    [Fact]
    public void Half_a_start_a_second_is_one_in_two_seconds()
    {
        var starts = Run(0.5, TimeSpan.FromSeconds(9), _ => TimeSpan.Zero);
        Assert.Equal([0, 2, 4, 6, 8], starts.Select(start => start.TotalSeconds));
    }

    [Fact]
    public void A_start_before_its_slot_is_a_mistake()
    {
        var pacer = new StartPacer(1, new ManualClock());
        pacer.Started();
        Assert.Throws<InvalidOperationException>(pacer.Started);
    }

    [Fact]
    public void A_clock_that_is_set_back_changes_nothing()
    {
        var clock = new ManualClock();
        var pacer = new StartPacer(1, clock);
        pacer.Started();
        clock.WallClock = clock.WallClock.AddHours(-2);
        clock.Pass(TimeSpan.FromSeconds(1));
        Assert.Equal(TimeSpan.Zero, pacer.NextSlot());
    }

    /// <summary>A caller who always has something due, waits as told, and is late by some time before each start.</summary>
    private static List<TimeSpan> Run(double rate, TimeSpan length, Func<int, TimeSpan> late)
    {
        var clock = new ManualClock();
        var pacer = new StartPacer(rate, clock);
        var starts = new List<TimeSpan>();
        while (true)
        {
            clock.Pass(pacer.NextSlot() + late(starts.Count));
            if (clock.Passed >= length)
                return starts;
            pacer.Started();
            starts.Add(clock.Passed);
        }
    }

    private static void AssertNeverOver(double rate, List<TimeSpan> starts)
    {
        var together = Math.Max(1, (int)rate);
        var period = TimeSpan.FromSeconds(1 / Math.Min(1, rate));
        for (var i = together; i < starts.Count; i++)
            Assert.True(starts[i] - starts[i - together] >= period, $"{together + 1} starts from {starts[i - together]} to {starts[i]}");
    }
}
