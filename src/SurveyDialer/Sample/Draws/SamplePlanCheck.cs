using System.Globalization;
using SurveyDialer.Statistics.Samples;

namespace SurveyDialer.Sample;

/// <summary>A wish for a sample that cannot be met. Put into words where rounds are checked.</summary>
/// <param name="Key">Of a sentence in CampaignTexts.</param>
internal sealed record SamplePlanProblem(string Key, params IReadOnlyList<string> Arguments);

/// <summary>What is wrong with a plan by itself; what its lists make of it says <see cref="SampleLayout"/>.</summary>
internal static class SamplePlanCheck
{
    internal static IReadOnlyList<SamplePlanProblem> Check(SamplePlan plan)
    {
        var problems = new List<SamplePlanProblem>();
        void Need(bool holds, string key)
        {
            if (!holds) problems.Add(new SamplePlanProblem(key));
        }

        Need(plan.Interviews > 0, "target_not_positive");
        Need(plan.Yield is >= 0.01 and <= 1, "plan_yield");
        Need(plan.Minimum >= 0 && plan.Cap is null or > 0 && (plan.Cap ?? int.MaxValue) >= plan.Minimum, "plan_bounds");
        Need(plan.Replicates is >= 1 and <= 100, "plan_replicates");
        Need(plan.Reserve is >= 0 and <= 10, "plan_reserve");
        Need(plan.Slack is >= 0 and <= 1, "plan_slack");
        Need(plan.Deviations.Values.All(deviation => deviation is > 0 and <= 1), "plan_deviation_range");
        return problems;
    }

    /// <summary>Why interviews cannot be shared out.</summary>
    internal static SamplePlanProblem Of(Statistics.Problem problem) => problem.Key switch
    {
        "SampleTooLarge" => new SamplePlanProblem("plan_too_many", problem.Arguments),
        "SampleTooSmall" => new SamplePlanProblem("plan_too_few", problem.Arguments),
        _ => new SamplePlanProblem("plan_nothing_to_share"),
    };

    /// <summary>More interviews than the lists are expected to give.</summary>
    internal static SamplePlanProblem BeyondLists(long wanted, long expected)
        => new("plan_beyond_lists", wanted.ToString(CultureInfo.InvariantCulture), expected.ToString(CultureInfo.InvariantCulture));

    internal static bool NeedsDeviations(SamplePlan plan) => plan.Allocation == AllocationKind.Neyman;
}
