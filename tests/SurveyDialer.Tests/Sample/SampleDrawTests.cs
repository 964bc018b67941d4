using FsCheck;
using FsCheck.Fluent;
using SurveyDialer.Sample;
using SurveyDialer.Statistics.Samples;

namespace SurveyDialer.Tests.Sample;

/// <summary>Plans laid over lists, and draws from them.</summary>
public sealed class SampleDrawTests
{
    private static readonly SamplePlan Plan = new() { Interviews = 12, Yield = 0.5, Reserve = 0.25, Replicates = 5 };

    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(200);

    /// <summary>Sizes of up to five townships, a wish that they can meet, and everything that may be chosen.</summary>
    private static Gen<(List<SampleCandidate> People, SamplePlan Plan, long Seed)> Worlds =>
        from sizes in Gen.Choose(1, 60).ListOf(5)
        from share in Gen.Choose(1, 100)
        from allocation in Gen.Elements(AllocationKind.Proportional, AllocationKind.Equal, AllocationKind.SquareRoot)
        from draw in Gen.Elements(SampleDrawKind.Systematic, SampleDrawKind.Simple)
        from replicates in Gen.Choose(1, 12)
        from columns in Gen.Elements<SampleColumn[]>([SampleColumn.Township], [SampleColumn.Township, SampleColumn.NumberKind], [SampleColumn.Language], [SampleColumn.Township, SampleColumn.List], [])
        from seed in Gen.Choose(0, 1_000_000)
        let people = People([.. sizes])
        let most = (int)(people.Count(person => person.Exclusion == SampleExclusion.None) * 0.5)
        where most > 0
        select (people, new SamplePlan
        {
            Interviews = Math.Max(1, most * share / 100), Yield = 0.5, Strata = columns, Allocation = allocation, Draw = draw, Replicates = replicates,
        }, (long)seed);

    [Fact]
    public void Interviews_add_up_and_nobody_is_drawn_twice_left_out_or_from_another_stratum() => Check.One(Many, Prop.ForAll(Worlds.ToArbitrary(), world =>
    {
        var layout = SampleLayout.Of(world.Plan, world.People);
        Assert.Empty(layout.Problems);
        Assert.Equal(world.Plan.Interviews, layout.Cells.Sum(cell => cell.Stratum.Target));
        var drawn = SampleDrawing.Of(world.Plan, world.Seed, layout).People;
        Assert.Equal(layout.Cells.Sum(cell => cell.Stratum.Drawn), drawn.Count);
        Assert.Equal(drawn.Count, drawn.Select(person => person.RespondentId).Distinct().Count());
        foreach (var cell in layout.Cells)
        {
            var eligible = cell.Eligible.Select(person => person.Id).ToHashSet();
            var here = drawn.Where(person => person.Stratum == cell.Stratum.Number).ToList();
            Assert.All(here, person => Assert.Contains(person.RespondentId, eligible));
            Assert.Equal(cell.Stratum.Population, cell.Stratum.Excluded + eligible.Count);
            Assert.True(here.Count >= Math.Min(eligible.Count, cell.Stratum.Target!.Value / world.Plan.Yield));
        }
    }));

    [Fact]
    public void Replicates_partition_the_sample_into_parts_of_the_same_size_and_are_released_in_their_order() => Check.One(Many, Prop.ForAll(Worlds.ToArbitrary(), world =>
    {
        var drawn = SampleDrawing.Of(world.Plan, world.Seed, SampleLayout.Of(world.Plan, world.People)).People;
        foreach (var stratum in drawn.GroupBy(person => person.Stratum))
        {
            var sizes = stratum.GroupBy(person => person.Replicate).ToDictionary(group => group.Key, group => group.Count());
            Assert.All(sizes.Keys, replicate => Assert.InRange(replicate, 1, world.Plan.Replicates));
            Assert.InRange(sizes.Values.Max() - (sizes.Count < world.Plan.Replicates ? 0 : sizes.Values.Min()), 0, 1);
            var inOrder = stratum.OrderBy(person => person.Place).ToList();
            Assert.Equal(Enumerable.Range(1, inOrder.Count).Select(place => (long)place), inOrder.Select(person => person.Place));
            Assert.Equal(inOrder.Select(person => person.Replicate).Order(), inOrder.Select(person => person.Replicate));
        }
    }));

    [Fact]
    public void The_same_seed_and_people_give_the_same_sample_whatever_their_order_and_ids() => Check.One(Many, Prop.ForAll(Worlds.ToArbitrary(), world =>
    {
        var elsewhere = world.People.Select(person => person with { Id = 100_000 - person.Id, AreaId = person.AreaId + 7, TownshipId = 900 - person.TownshipId }).Reverse().ToList();
        var (here, there) = (Draw(world.Plan, world.Seed, world.People), Draw(world.Plan, world.Seed, elsewhere));
        Assert.Equal(here.FrameSha256, there.FrameSha256);
        Assert.Equal(here.People.Select(person => person.RespondentId), there.People.Select(person => 100_000 - person.RespondentId));
    }));

    /// <summary>Another result needs another <see cref="Statistics.Samples.Draw.Version"/>: stored draws must be found again.</summary>
    [Fact]
    public void The_sample_of_a_seed_is_pinned()
    {
        Assert.Equal("splitmix64-1", Statistics.Samples.Draw.Version);
        var drawn = Draw(Plan, 2026, People([20, 30]));
        Assert.Equal(PinnedFrame, Convert.ToHexStringLower(drawn.FrameSha256)[..16]);
        var people = string.Join(' ', drawn.People.Select(person => $"{person.RespondentId}/{person.Stratum}.{person.Replicate}"));
        Assert.True(people == PinnedPeople, people);
        Assert.NotEqual(drawn.People, Draw(Plan, 2027, People([20, 30])).People);
    }

    private const string PinnedFrame = "6d5f506b6ba4e3a9";

    private const string PinnedPeople =
        "16/1.1 10/1.2 4/1.3 1/1.4 13/1.5 14/2.1 11/2.1 15/2.2 12/2.2 2/2.3 20/2.3 17/2.4 9/2.5 30/3.1 27/3.2 33/3.3 48/3.4 21/3.5 "
        + "25/4.1 38/4.1 31/4.1 29/4.2 46/4.2 43/4.2 49/4.3 41/4.3 34/4.3 44/4.4 40/4.4 22/4.5 23/4.5";

    [Fact]
    public void A_systematic_draw_meets_every_village_in_proportion()
    {
        var people = Enumerable.Range(0, 120).Select(i => Person(i + 1, "云溪镇", $"{(char)('甲' + (i % 6))}村", "mobile", SampleExclusion.None)).ToList();
        var plan = new SamplePlan { Interviews = 30, Yield = 1, Reserve = 0, Strata = [SampleColumn.Township] };
        var villages = people.ToDictionary(person => person.Id, person => person.Village);
        for (var seed = 0; seed < 50; seed++)
            Assert.All(Draw(plan, seed, people).People.CountBy(person => villages[person.RespondentId]), village => Assert.Equal(5, village.Value));
    }

    [Fact]
    public void Wrong_wishes_are_problems()
    {
        var people = People([40, 40]);
        string Problem(SamplePlan plan) => string.Join(' ', SampleLayout.Of(plan, people).Problems.Select(problem => problem.Key));
        Assert.Equal("target_not_positive", Problem(Plan with { Interviews = 0 }));
        Assert.Equal("plan_yield", Problem(Plan with { Yield = 0 }));
        Assert.Equal("plan_bounds", Problem(Plan with { Minimum = 5, Cap = 4 }));
        Assert.Equal("plan_replicates", Problem(Plan with { Replicates = 0 }));
        Assert.Equal("plan_slack", Problem(Plan with { Slack = -0.1 }));
        Assert.Equal("plan_reserve", Problem(Plan with { Reserve = -1 }));
        Assert.Equal("plan_beyond_lists", Problem(Plan with { Interviews = 79 }));
        Assert.Equal("plan_too_few", Problem(Plan with { Minimum = 10 }));
        Assert.Equal("plan_too_many", Problem(Plan with { Interviews = 30, Cap = 2 }));
        Assert.Equal("plan_deviations_missing", Problem(Plan with { Allocation = AllocationKind.Neyman }));
        var given = new Dictionary<string, double>(StringComparer.Ordinal) { ["landline"] = 0.5, ["mobile"] = 0.3 };
        Assert.Equal("", Problem(Plan with { Allocation = AllocationKind.Neyman, Deviations = given }));
        Assert.Equal("plan_deviation_range", Problem(Plan with { Allocation = AllocationKind.Neyman, Deviations = new Dictionary<string, double>(StringComparer.Ordinal) { ["landline"] = 0, ["mobile"] = 1 } }));
    }

    [Fact]
    public void Strata_by_list_are_labelled_and_take_deviations_by_the_name_of_a_list()
    {
        var plan = Plan with { Strata = [SampleColumn.List, SampleColumn.NumberKind], Allocation = AllocationKind.Neyman, Deviations = new Dictionary<string, double>(StringComparer.Ordinal) { ["六十岁以上"] = 0.5, ["六十岁以下"] = 0.1 } };
        var layout = SampleLayout.Of(plan, People([60]));
        Assert.Empty(layout.Problems);
        Assert.Equal(["landline·六十岁以上", "landline·六十岁以下", "mobile·六十岁以上", "mobile·六十岁以下"], layout.Cells.Select(cell => cell.Label));
        Assert.Equal(["六十岁以上", "六十岁以下", "六十岁以上", "六十岁以下"], layout.Cells.Select(cell => cell.Stratum.Name));
        foreach (var kind in (string[])["landline", "mobile"])
        {
            var targets = layout.Cells.Where(cell => cell.Stratum.NumberKind == kind).ToDictionary(cell => cell.Stratum.Name, cell => cell.Stratum.Target!.Value, StringComparer.Ordinal);
            Assert.True(targets["六十岁以上"] > targets["六十岁以下"], kind);
        }
    }

    [Fact]
    public void Equal_plans_are_stored_alike_and_read_back()
    {
        var plan = Plan with { Strata = [SampleColumn.NumberKind, SampleColumn.Township, SampleColumn.Township], Allocation = AllocationKind.SquareRoot, Seed = 5 };
        var json = plan.ToJson();
        Assert.Equal(json, (plan with { Strata = [SampleColumn.Township, SampleColumn.NumberKind] }).ToJson());
        Assert.Contains("\"allocation\":\"SquareRoot\"", json, StringComparison.Ordinal);
        Assert.Equal(json, SamplePlan.FromJson(json).ToJson());
    }

    [Fact]
    public void No_more_is_released_than_needed_and_one_replicate()
    {
        var cases = from needed in Gen.Choose(0, 200) from sizes in Gen.Choose(0, 15).ListOf() select (needed, sizes: sizes.ToList());
        Check.One(Many, Prop.ForAll(cases.ToArbitrary(), one =>
        {
            var waiting = one.sizes.Select((size, index) => ((long)index + 1, (long)size)).ToList();
            var last = ReleaseRule.Last(one.needed, waiting) ?? 0;
            var released = waiting.Where(replicate => replicate.Item1 <= last).Sum(replicate => replicate.Item2);
            Assert.True(released >= Math.Min(one.needed, one.sizes.Sum()));
            Assert.True(released < one.needed + (one.sizes.Count == 0 ? 1 : Math.Max(1, one.sizes.Max())));
        }));
    }

    [Fact]
    public void The_yield_seen_counts_as_numbers_are_finished()
    {
        SampleStratum Seen(long released, long finished, long completes) => new() { Target = 30, Released = released, Finished = finished, Completes = completes };
        Assert.Equal(0.3, ReleaseRule.Yield(0.3, Seen(0, 0, 0)), 9);
        Assert.Equal(100, ReleaseRule.Needed(Plan with { Yield = 0.3 }, Seen(0, 0, 0)));

        // Ten of the first ten said yes, and 90 are still in work: that says little of them.
        Assert.InRange(ReleaseRule.Yield(0.3, Seen(100, 10, 10)), 0.3, 0.37);
        Assert.Equal(0, ReleaseRule.Needed(Plan with { Yield = 0.3 }, Seen(100, 10, 10)));

        // All are finished and brought a tenth.
        Assert.InRange(ReleaseRule.Yield(0.3, Seen(100, 100, 10)), 0.1, 0.15);
        Assert.InRange(ReleaseRule.Needed(Plan with { Yield = 0.3 }, Seen(100, 100, 10)), 130, 200);
        Assert.Equal(0, ReleaseRule.Needed(Plan, Seen(100, 100, 30)));
    }

    private static SampleDrawn Draw(SamplePlan plan, long seed, IReadOnlyList<SampleCandidate> people) => SampleDrawing.Of(plan, seed, SampleLayout.Of(plan, people));

    /// <summary>Townships of these sizes, each with four villages, both kinds of number and a few who are left out.</summary>
    private static List<SampleCandidate> People(params int[] sizes)
    {
        var people = new List<SampleCandidate>();
        foreach (var (township, size) in sizes.Index())
        {
            for (var i = 0; i < size; i++)
                people.Add(Person(people.Count + 1, $"{(char)('东' + township)}镇", $"{i % 4}村", i % 3 == 0 ? "landline" : "mobile", i % 11 == 7 ? SampleExclusion.NeverAgain : SampleExclusion.None, township));
        }

        return people;
    }

    private static SampleCandidate Person(int id, string township, string village, string kind, SampleExclusion exclusion, int number = 0)
        => new(id, 10 + number, 1 + number, township, village, kind, "", exclusion, (UInt128)(((ulong)id * 0x9E3779B97F4A7C15) >> 3), id % 2 == 0 ? "六十岁以上" : "六十岁以下");
}
