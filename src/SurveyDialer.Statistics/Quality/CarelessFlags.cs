namespace SurveyDialer.Statistics.Quality;

/// <summary>Signs that an interview was answered carelessly or not asked as written. A flag never deletes anything.</summary>
[Flags]
public enum CarelessFlag
{
    /// <summary>Nothing conspicuous.</summary>
    None = 0,

    /// <summary>The same key on all of at least six scale items.</summary>
    Straightline = 1,

    /// <summary>Keys pressed within 1.2 s of the first option on average, or a live interview in under 40 % of the time that it should take.</summary>
    Speeder = 2,

    /// <summary>8 on at least 60 % of the items.</summary>
    AllDontKnow = 4,

    /// <summary>Opposite ends on two items that ask nearly the same.</summary>
    Contradiction = 8,

    /// <summary>The same number was interviewed twice in the round.</summary>
    Duplicate = 16,

    /// <summary>The interviewer's share of positive answers is far from that of the others.</summary>
    InterviewerOutlier = 32,
}

/// <summary>What is looked at in one interview.</summary>
public sealed record InterviewFacts
{
    /// <summary>Keys of the scale items that were answered (with 8 and 6), in the order asked.</summary>
    public required IReadOnlyList<string> ScaleKeys { get; init; }

    /// <summary>Keys of the pair that may contradict itself (SAFE and ORDER) as scale positions, 1 the best; null where not both were answered on the scale.</summary>
    public (int First, int Second)? Pair { get; init; }

    /// <summary>Mean seconds from the first option of a prompt to the key; null in live interviews and texts.</summary>
    public double? MeanAnswerSeconds { get; init; }

    /// <summary>Seconds of a live interview; null otherwise.</summary>
    public double? LiveSeconds { get; init; }

    /// <summary>Whether another interview of the round was held at the same number.</summary>
    public bool SameNumberTwice { get; init; }
}

/// <summary>Finds careless answers.</summary>
public static class CarelessFlags
{
    /// <summary>The key "cannot say".</summary>
    public const string DontKnowKey = "8";

    /// <summary>Flags of one interview, without those that need the other interviewers.</summary>
    /// <param name="facts">The interview.</param>
    /// <param name="medianLiveSeconds">Median of the live interviews of the round; null without any.</param>
    /// <param name="steps">Steps of the scale of the contradicting pair.</param>
    public static CarelessFlag Of(InterviewFacts facts, double? medianLiveSeconds = null, int steps = 5)
    {
        var keys = facts.ScaleKeys;
        var flags = facts.SameNumberTwice ? CarelessFlag.Duplicate : CarelessFlag.None;
        if (keys.Count >= 6 && keys.All(k => k == keys[0])) flags |= CarelessFlag.Straightline;
        if (facts.MeanAnswerSeconds < 1.2 || facts.LiveSeconds < 0.4 * medianLiveSeconds) flags |= CarelessFlag.Speeder;
        if (keys.Count > 0 && keys.Count(k => k == DontKnowKey) >= 0.6 * keys.Count) flags |= CarelessFlag.AllDontKnow;
        if (facts.Pair is { } pair && (pair == (1, steps) || pair == (steps, 1))) flags |= CarelessFlag.Contradiction;
        return flags;
    }

    /// <summary>The median; the mean of the middle two for an even number. Null of nothing.</summary>
    public static double? Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length == 0 ? null : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
