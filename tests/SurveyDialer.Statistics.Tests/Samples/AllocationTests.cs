using FsCheck;
using FsCheck.Fluent;
using SurveyDialer.Statistics.Samples;

namespace SurveyDialer.Statistics.Tests.Samples;

public sealed class AllocationTests
{
    [Fact]
    public void Allocation_adds_up_and_keeps_its_bounds()
    {
        var looked = 0;
        var strata = (from size in Gen.Choose(0, 3000) from s in Gen.Choose(1, 100) select new Stratum(size, s / 100.0)).NonEmptyListOf();
        var arbitrary = (from list in strata
                         from kind in Gen.Elements(Enum.GetValues<AllocationKind>())
                         from minimum in Gen.Choose(0, 60)
                         from cap in Gen.Choose(30, 2000)
                         from n in Gen.Choose(0, 4000)
                         select (list, kind, minimum, cap, n)).ToArbitrary();
        Check.QuickThrowOnFailure(Prop.ForAll(arbitrary, a =>
        {
            var (interviews, problem) = Allocation.Of([.. a.list], a.n, a.kind, a.minimum, a.cap);
            if (problem is not null) return problem.Key is "SampleTooLarge" or "SampleTooSmall" or "NothingToShare";
            looked++;
            return interviews!.Sum() == a.n && a.list.Zip(interviews!).All(s =>
                s.Second <= Math.Min(s.First.Size, a.cap) && s.Second >= Math.Min(a.minimum, Math.Min(s.First.Size, a.cap)));
        }));
        Assert.True(looked > 10, $"only {looked} allocations looked at");
    }

    [Fact]
    public void Ties_go_to_the_earlier_stratum() =>
        Assert.Equal([2, 2, 1], Allocation.Of([new(10), new(10), new(10)], 5, AllocationKind.Proportional).Interviews!);

    [Fact]
    public void What_a_small_stratum_cannot_give_goes_to_the_others() =>
        Assert.Equal([10, 45, 45], Allocation.Of([new(10), new(1000), new(1000)], 100, AllocationKind.Equal).Interviews!);

    [Fact]
    public void Neyman_is_the_textbook_optimum()
    {
        // No allocation of the same total has a smaller variance Σ N²S²/n (tried around the optimum).
        Stratum[] strata = [new(1000, 0.5), new(600, 0.3), new(400, 0.2)];
        double Variance(IReadOnlyList<long> n) => strata.Select((s, h) => s.Size * s.Size * s.Deviation * s.Deviation / n[h]).Sum();
        var best = Allocation.Of(strata, 200, AllocationKind.Neyman).Interviews!;
        for (var from = 0; from < 3; from++)
        {
            for (var to = 0; to < 3; to++)
            {
                if (from == to) continue;
                var other = best.ToArray();
                other[from] -= 2;
                other[to] += 2;
                Assert.True(Variance(other) > Variance(best));
            }
        }
    }

    [Fact]
    public void A_whole_population_can_be_asked() => Assert.Equal([3, 5], Allocation.Of([new(3), new(5)], 8, AllocationKind.SquareRoot).Interviews!);

    [Fact]
    public void More_than_there_are_is_refused() => Assert.Equal("SampleTooLarge", Allocation.Of([new(3), new(5)], 9, AllocationKind.Equal).Problem!.Key);

    [Fact]
    public void Smallest_drop_and_size_agree()
    {
        var drop = Precision.SmallestDrop(0.85, 905.3657779642251)!.Value;
        Assert.Equal(0.05, drop, 1e-9);
        Assert.Null(Precision.SmallestDrop(0.85, 2));
    }
}
