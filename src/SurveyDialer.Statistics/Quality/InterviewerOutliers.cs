namespace SurveyDialer.Statistics.Quality;

/// <summary>One interviewer's answers in one area.</summary>
/// <param name="Interviewer">Who.</param>
/// <param name="Area">Where.</param>
/// <param name="N">Valid answers.</param>
/// <param name="Positive">Of these positive.</param>
public sealed record InterviewerTally(string Interviewer, string Area, double N, double Positive);

/// <summary>How far an interviewer's answers are from those that the others had in the same areas.</summary>
/// <param name="Interviewer">Who.</param>
/// <param name="Observed">Positive answers.</param>
/// <param name="Expected">Positive answers at the others' rates.</param>
/// <param name="StandardErrors">Distance in binomial standard errors; null where the others had none or all positive, or were not in those areas.</param>
public sealed record InterviewerOutlier(string Interviewer, double Observed, double Expected, double? StandardErrors)
{
    /// <summary>From so many standard errors an interviewer is flagged.</summary>
    public const double Limit = 3;

    /// <summary>Whether the answers are conspicuous. A reason to listen in, no finding.</summary>
    public bool IsOutlier => Math.Abs(StandardErrors ?? 0) > Limit;

    /// <summary>All interviewers, compared area by area with everybody else: expected Σ n·p, variance Σ n·p(1−p), p of the others in the area.</summary>
    public static IReadOnlyList<InterviewerOutlier> Of(IReadOnlyCollection<InterviewerTally> tallies)
    {
        var areas = tallies.GroupBy(t => t.Area).ToDictionary(g => g.Key, g => (N: g.Sum(t => t.N), Positive: g.Sum(t => t.Positive)));
        return [.. tallies.GroupBy(t => t.Interviewer).Select(own =>
        {
            double observed = 0, expected = 0, variance = 0;
            foreach (var area in own.GroupBy(t => t.Area))
            {
                double n = area.Sum(t => t.N), positive = area.Sum(t => t.Positive), others = areas[area.Key].N - n;
                if (others <= 0) continue;
                var p = (areas[area.Key].Positive - positive) / others;
                observed += positive;
                expected += n * p;
                variance += n * p * (1 - p);
            }

            return new InterviewerOutlier(own.Key, observed, expected, variance > 0 ? (observed - expected) / Math.Sqrt(variance) : null);
        })];
    }
}
