using System.Text.Json.Nodes;

namespace SurveyDialer.Statistics.Calc;

/// <summary>What a calculation gave: exactly one of the two is there.</summary>
/// <param name="Value">The result, of the shape of the kind.</param>
/// <param name="Problem">What is wrong with the input, naming the field.</param>
public sealed record CalcOutcome(JsonNode? Value, Problem? Problem)
{
    internal static CalcOutcome Of(JsonNode value) => new(value, null);

    internal static CalcOutcome Refused(Problem problem) => new(null, problem);
}
