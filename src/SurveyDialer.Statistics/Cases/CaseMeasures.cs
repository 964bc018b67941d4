namespace SurveyDialer.Statistics.Cases;

/// <summary>Totals of the follow-up cases of a period.</summary>
public sealed record CaseTotals
{
    /// <summary>Opened.</summary>
    public required double Opened { get; init; }

    /// <summary>Due for a first contact; as a rule all that were opened.</summary>
    public required double DueForContact { get; init; }

    /// <summary>First contact made on time.</summary>
    public required double ContactedOnTime { get; init; }

    /// <summary>Closed.</summary>
    public required double Closed { get; init; }

    /// <summary>At the revisit: solved.</summary>
    public required double Solved { get; init; }

    /// <summary>At the revisit: partly solved; in the base, never counted as half.</summary>
    public double PartlySolved { get; init; }

    /// <summary>At the revisit: not solved.</summary>
    public required double NotSolved { get; init; }

    /// <summary>At the revisit: satisfied with the handling.</summary>
    public required double Satisfied { get; init; }

    /// <summary>At the revisit: gave another answer on satisfaction.</summary>
    public required double Dissatisfied { get; init; }
}

/// <summary>Rates of case handling; null where the base is empty. Who did not answer at the revisit is in no base and counted beside.</summary>
/// <param name="Response">First contact on time ÷ due for it.</param>
/// <param name="Resolution">Solved ÷ solved, partly and not solved.</param>
/// <param name="Satisfaction">Satisfied ÷ satisfied and dissatisfied.</param>
/// <param name="Closing">Closed ÷ opened.</param>
public sealed record CaseMeasures(double? Response, double? Resolution, double? Satisfaction, double? Closing)
{
    /// <summary>Computes the rates.</summary>
    public static CaseMeasures Of(CaseTotals t) => new(
        Rates.Shares.Over(t.ContactedOnTime, t.DueForContact),
        Rates.Shares.Over(t.Solved, t.Solved + t.PartlySolved + t.NotSolved),
        Rates.Shares.Over(t.Satisfied, t.Satisfied + t.Dissatisfied),
        Rates.Shares.Over(t.Closed, t.Opened));

    /// <summary>A score 0 to 100: response, resolution and satisfaction by weights that are re-normalised to their sum; null where a weighted rate is undefined.</summary>
    /// <param name="weights">Three, not negative, in that order, for example 30, 35, 35.</param>
    public double? Score(IReadOnlyList<double> weights)
    {
        double?[] rates = [Response, Resolution, Satisfaction];
        double? sum = 0;
        for (var i = 0; i < rates.Length; i++) sum += weights[i] == 0 ? 0 : weights[i] * rates[i];
        return weights.Sum() > 0 ? 100 * sum / weights.Sum() : null;
    }
}
