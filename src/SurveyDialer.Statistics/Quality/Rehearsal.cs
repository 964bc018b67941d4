namespace SurveyDialer.Statistics.Quality;

/// <summary>How far earlier mock figures were from the official ones that followed. Never used to correct a figure silently.</summary>
/// <param name="Rounds">Pairs compared.</param>
/// <param name="MeanDifference">Mock minus official, percentage points.</param>
/// <param name="Spread">Standard deviation of the differences.</param>
public sealed record RehearsalBias(int Rounds, double MeanDifference, double Spread)
{
    /// <summary>Fewer pairs give no bias line.</summary>
    public const int LeastRounds = 4;

    /// <summary>From pairs of mock and official percentages; null below <see cref="LeastRounds"/>.</summary>
    public static RehearsalBias? Of(IReadOnlyCollection<(double Mock, double Official)> pairs)
    {
        if (pairs.Count < LeastRounds) return null;
        var mean = pairs.Average(p => p.Mock - p.Official);
        var squares = pairs.Sum(p => (p.Mock - p.Official - mean) * (p.Mock - p.Official - mean));
        return new RehearsalBias(pairs.Count, mean, Math.Sqrt(squares / (pairs.Count - 1)));
    }
}

/// <summary>What a round must reach to count.</summary>
/// <param name="LeastInterviews">Completes and partials.</param>
/// <param name="LeastContactRate">CON2, 0 to 1.</param>
/// <param name="LeastCheckedShare">Share of interviews listened in to or asked again by a supervisor, 0 to 1.</param>
public sealed record RoundGate(long LeastInterviews, double LeastContactRate, double LeastCheckedShare)
{
    /// <summary>What the round lacks; nothing: it counts. An undefined rate lacks.</summary>
    public IReadOnlyList<RoundShortfall> Lacks(long interviews, double? contactRate, long checkedInterviews)
    {
        var lacks = new List<RoundShortfall>();
        if (interviews < LeastInterviews) lacks.Add(RoundShortfall.Interviews);
        if (!(contactRate >= LeastContactRate)) lacks.Add(RoundShortfall.ContactRate);
        if (interviews == 0 || checkedInterviews < LeastCheckedShare * interviews) lacks.Add(RoundShortfall.SupervisedChecks);
        return lacks;
    }
}

/// <summary>Why a round does not count.</summary>
public enum RoundShortfall
{
    /// <summary>Too few interviews.</summary>
    Interviews,

    /// <summary>Too few numbers were reached.</summary>
    ContactRate,

    /// <summary>Too few supervised checks.</summary>
    SupervisedChecks,
}
