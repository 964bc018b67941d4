namespace SurveyDialer.Statistics.Weighting;

/// <summary>Weights that follow from how somebody was drawn and whether somebody answered.</summary>
public static class BaseWeight
{
    /// <summary>More adults than this in a household do not raise the weight further.</summary>
    public const int AdultsCap = 4;

    /// <summary>Cells with fewer eligible numbers take no non-response ratio of their own.</summary>
    public const int LeastForNonResponse = 20;

    /// <summary>Numbers that one drawn number stands for: N_h ÷ n_h.</summary>
    public static double Stratum(double population, double drawn) => population / drawn;

    /// <summary>One of the adults was chosen (last birthday), and any of the household's numbers could have been drawn: × min(adults, 4) ÷ numbers.</summary>
    /// <param name="weight">Weight of the number.</param>
    /// <param name="adults">At least 1.</param>
    /// <param name="numbers">Numbers of the frame that reach the household, at least 1.</param>
    public static double Household(double weight, double adults, double numbers) => weight * Math.Min(adults, AdultsCap) / numbers;

    /// <summary>Ratio by which respondents of a cell (stratum × kind of number) stand for its eligible numbers that did not answer;
    /// 1 where the cell is smaller than <see cref="LeastForNonResponse"/> or nobody answered, which the caller says.</summary>
    /// <param name="eligible">Known eligible numbers plus e times the unknown ones.</param>
    /// <param name="interviews">Completes and partials.</param>
    public static double NonResponse(double eligible, double interviews) =>
        eligible >= LeastForNonResponse && interviews > 0 ? Math.Max(1, eligible / interviews) : 1;
}
