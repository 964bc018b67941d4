namespace SurveyDialer.Statistics.Rates;

/// <summary>Answers to one item: counts, or weight sums.</summary>
/// <param name="Options">Per scale option, the best first.</param>
/// <param name="DontKnow">Key 8, cannot say.</param>
/// <param name="Refused">Did not want to answer.</param>
/// <param name="NoContact">Key 6, never dealt with them.</param>
public sealed record AnswerCounts(IReadOnlyList<double> Options, double DontKnow = 0, double Refused = 0, double NoContact = 0)
{
    /// <summary>Valid answers: all scale options.</summary>
    public double Valid => Options.Sum();

    /// <summary>Everybody who was asked.</summary>
    public double All => Valid + DontKnow + Refused + NoContact;

    /// <summary>Answers to the first <paramref name="count"/> options.</summary>
    public double Top(int count) => Options.Take(count).Sum();
}
