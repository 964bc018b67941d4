using SurveyDialer.Statistics.Outcomes;

namespace SurveyDialer.Dispositions;

/// <summary>One of AAPOR's outcome rates: its name, how it is worked out, and where it stands among the computed ones.</summary>
/// <param name="Name"><c>RR1</c> to <c>RR6</c>, <c>COOP1</c> to <c>COOP4</c>, <c>REF1</c> to <c>REF3</c>, <c>CON1</c> to <c>CON3</c>.</param>
/// <param name="Family">The name without its number.</param>
/// <param name="Formula">In AAPOR's letters.</param>
/// <param name="Numerator">Groups that are counted above the line.</param>
public sealed record OutcomeMeasure(string Name, string Family, string Formula, IReadOnlyList<OutcomeGroup> Numerator)
{
    private const string Likely = "(I+P+R+NC+O+e(UH+UO))";
    private const string Everybody = "(I+P+R+NC+O+UH+UO)";
    private const string Eligible = "(I+P+R+NC+O)";

    /// <summary>How e is estimated.</summary>
    public const string EligibilityFormula = "(I+P+R+NC+O)/(I+P+R+NC+O+NE)";

    /// <summary>All of them, in AAPOR's order.</summary>
    public static IReadOnlyList<OutcomeMeasure> All { get; } =
    [
        .. InFamily("RR", $"I/{Everybody}", $"(I+P)/{Everybody}", $"I/{Likely}", $"(I+P)/{Likely}", $"I/{Eligible}", $"(I+P)/{Eligible}"),
        .. InFamily("COOP", "I/(I+P+R+O)", "(I+P)/(I+P+R+O)", "I/(I+P+R)", "(I+P)/(I+P+R)"),
        .. InFamily("REF", $"R/{Everybody}", $"R/{Likely}", $"R/{Eligible}"),
        .. InFamily("CON", $"(I+P+R+O)/{Everybody}", $"(I+P+R+O)/{Likely}", $"(I+P+R+O)/{Eligible}"),
    ];

    /// <summary>Whether the share of eligible numbers among the unknown plays a part: it is printed beside the rate.</summary>
    public bool UsesEligibility => Formula.Contains("e(", StringComparison.Ordinal);

    /// <summary>Groups whose counts could be worked out from the rate: those above the line, and below it where that is not everybody or all but the unknown.</summary>
    public IReadOnlyList<OutcomeGroup> GivesAway => Family == "COOP" ? [.. Numerator.Union(Groups(Formula.Split('/')[1]))] : Numerator;

    /// <summary>The rate; null where its base is zero.</summary>
    public double? Of(OutcomeRates rates)
    {
        ArgumentNullException.ThrowIfNull(rates);
        var number = Name[^1] - '1';
        return Family switch
        {
            "RR" => rates.Response[number],
            "COOP" => rates.Cooperation[number],
            "REF" => rates.RefusalRates[number],
            _ => rates.Contact[number],
        };
    }

    private static IEnumerable<OutcomeMeasure> InFamily(string family, params string[] formulas)
        => formulas.Select((formula, i) => new OutcomeMeasure($"{family}{i + 1}", family, formula, Groups(formula.Split('/')[0])));

    private static List<OutcomeGroup> Groups(string sum)
        => [.. sum.Trim('(', ')').Split('+').Select(symbol => OutcomeGroups.FromSymbol(symbol)!.Value)];
}
