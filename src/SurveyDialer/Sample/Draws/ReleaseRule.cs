using SurveyDialer.Statistics.Samples;

namespace SurveyDialer.Sample;

/// <summary>How many of the drawn numbers get attempts, and when a stratum or a round has enough. Pure.</summary>
internal static class ReleaseRule
{
    /// <summary>
    /// So many numbers as the plan expected count beside what was seen, and so do all numbers in work: who answers at once is finished first, so that
    /// the share of those who are finished says too much.
    /// </summary>
    private const int Expectation = 30;

    private const double LeastYield = 0.01;

    /// <summary>Complete interviews to expect of a number.</summary>
    internal static double Yield(double expected, SampleStratum stratum)
        => Math.Clamp(
            (stratum.Completes + (expected * (stratum.Released - stratum.Finished + Expectation))) / (stratum.Released + Expectation), LeastYield, 1);

    /// <summary>Numbers that the open interviews of a stratum are expected to need beyond those in work.</summary>
    internal static long Needed(SamplePlan plan, SampleStratum stratum)
        => stratum.Target is { } target ? Release.Needed(target, stratum.Completes, stratum.Released - stratum.Finished, Yield(plan.Yield, stratum)) : 0;

    /// <summary>The last replicate to release so that at least the needed numbers go out: whole replicates, since each is a random part of the sample.</summary>
    /// <param name="replicates">Those that wait, in order, with their sizes.</param>
    /// <returns>Null when none is needed, or none waits.</returns>
    internal static long? Last(long needed, IEnumerable<(long Replicate, long Size)> replicates)
    {
        long? last = null;
        foreach (var (replicate, size) in replicates)
        {
            if (needed <= 0) break;
            last = replicate;
            needed -= size;
        }

        return last;
    }

    /// <summary>Whether every stratum has the interviews that it wanted.</summary>
    internal static bool IsMet(IReadOnlyList<SampleStratum> strata) => strata.All(stratum => stratum.Target is null || stratum.Completes >= stratum.Target);

    /// <summary>Numbers of the strata of which nobody is called any more.</summary>
    internal static IReadOnlySet<long> Full(SamplePlan plan, IReadOnlyList<SampleStratum> strata)
        => strata.Where(stratum => stratum.Target is { } target && Release.IsFull(target, stratum.Completes, plan.Slack)).Select(stratum => stratum.Number).ToHashSet();
}
