namespace SurveyDialer.Statistics.Rates;

/// <summary>One component of a composite.</summary>
/// <param name="Tag">Index.</param>
/// <param name="Weight">Not negative.</param>
/// <param name="Rate">Share 0 to 1; null where it is suppressed or missing.</param>
public sealed record Component(string Tag, double Weight, double? Rate);

/// <summary>A weighted composite index, Σ wᵢ·rateᵢ ÷ Σ wᵢ over the components present, times 100.</summary>
/// <param name="Index100">0 to 100; null where no component with weight is present.</param>
/// <param name="WeightTotal">Sum of the weights present.</param>
/// <param name="Dropped">Tags left out because their rate is null; the report names them.</param>
public sealed record Composite(double? Index100, double WeightTotal, IReadOnlyList<string> Dropped)
{
    /// <summary>Evaluates, re-normalising the weights over what is present.</summary>
    public static Composite Of(IReadOnlyCollection<Component> components)
    {
        var present = components.Where(c => c.Rate is not null).ToList();
        var weight = present.Sum(c => c.Weight);
        var sum = present.Sum(c => c.Weight * c.Rate!.Value);
        return new Composite(100 * Shares.Over(sum, weight), weight, [.. components.Where(c => c.Rate is null).Select(c => c.Tag)]);
    }

    /// <summary>The index without one component, which shows how much hangs on it.</summary>
    public static double? Without(IReadOnlyCollection<Component> components, string tag) =>
        Of([.. components.Where(c => !string.Equals(c.Tag, tag, StringComparison.Ordinal))]).Index100;
}
