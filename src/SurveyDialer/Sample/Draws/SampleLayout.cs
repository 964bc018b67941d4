using System.Globalization;
using SurveyDialer.Statistics.Samples;

namespace SurveyDialer.Sample;

/// <summary>A stratum with those of its people who can be drawn.</summary>
/// <param name="Label">Names of what tells it apart, joined by "·"; empty for the only one.</param>
internal sealed record SampleCell(SampleStratum Stratum, string Label, IReadOnlyList<SampleCandidate> Eligible);

/// <summary>A plan laid over the people of its lists: strata with their interviews and numbers.</summary>
/// <param name="Cells">In the order of their names, which is the same on every machine; without targets where there are problems.</param>
/// <param name="Excluded">People left out, by reason.</param>
internal sealed record SampleLayout(IReadOnlyList<SampleCell> Cells, IReadOnlyDictionary<SampleExclusion, long> Excluded, IReadOnlyList<SamplePlanProblem> Problems)
{
    /// <summary>People who can be drawn.</summary>
    internal long Eligible => Cells.Sum(cell => (long)cell.Eligible.Count);

    internal static SampleLayout Of(SamplePlan plan, IReadOnlyList<SampleCandidate> people)
    {
        var cells = people.GroupBy(person => KeyOf(plan, person))
            .OrderBy(group => group.Key.Township, StringComparer.Ordinal).ThenBy(group => group.Key.NumberKind, StringComparer.Ordinal)
            .ThenBy(group => group.Key.Language, StringComparer.Ordinal).ThenBy(group => group.Key.List, StringComparer.Ordinal).ThenBy(group => group.Key.TownshipId)
            .Select((group, index) => CellOf(index + 1, group.Key, [.. group]))
            .ToList();
        var excluded = people.Where(person => person.Exclusion != SampleExclusion.None).CountBy(person => person.Exclusion).ToDictionary(pair => pair.Key, pair => (long)pair.Value);
        var problems = SamplePlanCheck.Check(plan).Concat(Deviations(plan, cells)).ToList();
        return problems.Count > 0 ? new SampleLayout(cells, excluded, problems) : SharedOut(plan, cells, excluded);
    }

    private static SampleLayout SharedOut(SamplePlan plan, List<SampleCell> cells, Dictionary<SampleExclusion, long> excluded)
    {
        var expected = (long)Math.Floor((cells.Sum(cell => (long)cell.Eligible.Count) * plan.Yield) + 1e-9);
        if (plan.Interviews > expected) return new SampleLayout(cells, excluded, [SamplePlanCheck.BeyondLists(plan.Interviews, expected)]);
        var strata = cells.ConvertAll(cell => new Stratum(cell.Eligible.Count, DeviationOf(plan, cell) ?? 1));
        var (interviews, problem) = Allocation.Of(strata, plan.Interviews, plan.Allocation, plan.Minimum, plan.Cap);
        if (interviews is null) return new SampleLayout(cells, excluded, [SamplePlanCheck.Of(problem!)]);
        return new SampleLayout(
            [.. cells.Select((cell, index) => cell with
            {
                Stratum = cell.Stratum with { Target = interviews[index], Drawn = Math.Min(cell.Eligible.Count, plan.NumbersFor(interviews[index])) },
            })],
            excluded, []);
    }

    private static StratumKey KeyOf(SamplePlan plan, SampleCandidate person)
    {
        string By(SampleColumn column, string value) => plan.Strata.Contains(column) ? value : "";
        return new StratumKey(
            plan.Strata.Contains(SampleColumn.Township) ? person.TownshipId : 0, By(SampleColumn.Township, person.Township), By(SampleColumn.NumberKind, person.NumberKind),
            By(SampleColumn.Language, person.Language), By(SampleColumn.List, person.List));
    }

    private static SampleCell CellOf(int number, StratumKey key, List<SampleCandidate> people)
    {
        var eligible = people.FindAll(person => person.Exclusion == SampleExclusion.None);
        var stratum = new SampleStratum
        {
            Number = number, AreaId = key.TownshipId, NumberKind = key.NumberKind, Name = Joined(key.Language, key.List), Population = people.Count, Excluded = people.Count - eligible.Count,
        };
        return new SampleCell(stratum, Joined(key.Township, key.NumberKind, key.Language, key.List), eligible);
    }

    private static IEnumerable<SamplePlanProblem> Deviations(SamplePlan plan, List<SampleCell> cells)
    {
        if (!SamplePlanCheck.NeedsDeviations(plan)) yield break;
        var without = cells.FindAll(cell => DeviationOf(plan, cell) is null);
        if (without.Count > 0)
        {
            yield return new SamplePlanProblem(
                "plan_deviations_missing", without.Count.ToString(CultureInfo.InvariantCulture), string.Join("、", without.Take(3).Select(cell => cell.Label)));
        }
    }

    private static double? DeviationOf(SamplePlan plan, SampleCell cell)
        => new[] { cell.Label }.Concat(cell.Label.Split('·')).Where(plan.Deviations.ContainsKey).Select(name => (double?)plan.Deviations[name]).FirstOrDefault();

    private static string Joined(params IEnumerable<string> names) => string.Join('·', names.Where(name => name.Length > 0));

    /// <summary>What tells a stratum apart; empty, or 0, where the plan does not.</summary>
    private readonly record struct StratumKey(long TownshipId, string Township, string NumberKind, string Language, string List);
}
