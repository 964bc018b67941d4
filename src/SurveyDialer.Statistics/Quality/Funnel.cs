namespace SurveyDialer.Statistics.Quality;

/// <summary>What happened at one question.</summary>
/// <param name="Step">Question.</param>
/// <param name="Reached">Interviews in which it was asked.</param>
/// <param name="Answered">Of these answered.</param>
/// <param name="Silences">Times without a key.</param>
/// <param name="WrongKeys">Keys that it does not offer.</param>
/// <param name="BrokenOff">Interviews that ended here without an answer.</param>
public sealed record FunnelStep(string Step, long Reached, long Answered, long Silences, long WrongKeys, long BrokenOff)
{
    /// <summary>Share of those reached that broke off here; null where nobody was.</summary>
    public double? BreakOffShare => Rates.Shares.Over(BrokenOff, Reached);

    /// <summary>Wrong keys per interview that reached the question.</summary>
    public double? WrongKeysEach => Rates.Shares.Over(WrongKeys, Reached);

    /// <summary>Silences per interview that reached the question.</summary>
    public double? SilencesEach => Rates.Shares.Over(Silences, Reached);
}
