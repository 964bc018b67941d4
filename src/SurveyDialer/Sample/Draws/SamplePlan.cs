using System.Text.Json;
using System.Text.Json.Serialization;
using SurveyDialer.Statistics.Samples;

namespace SurveyDialer.Sample;

/// <summary>
/// What strata are told apart by; columns that any list here has. Not by village: a stratum is kept with each interview for its weight, and would say
/// which village it came from long after that was taken away. A systematic draw meets the villages in proportion without.
/// </summary>
[JsonConverter(typeof(JsonStringEnumConverter<SampleColumn>))]
public enum SampleColumn
{
    Township,

    /// <summary>Landline or mobile: the first number.</summary>
    NumberKind,

    Language,

    /// <summary>
    /// The list that a person stands on, the first of the round's where there are several. A list for each value of any other column, say of each age
    /// group, tells those values apart.
    /// </summary>
    List,
}

/// <summary>How people of a stratum are drawn.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SampleDrawKind>))]
public enum SampleDrawKind
{
    /// <summary>Every so manieth of the people in order of township and village: each village is met in proportion.</summary>
    Systematic,

    /// <summary>Each equally likely, wherever they live.</summary>
    Simple,
}

/// <summary>How a round's sample is drawn from its lists, shared out and released. Stored with the round; what is wrong with it says <see cref="SamplePlanCheck"/>.</summary>
public sealed record SamplePlan
{
    /// <summary>Complete interviews wanted.</summary>
    public int Interviews { get; init; }

    /// <summary>Complete interviews expected of each number, above 0, at most 1.</summary>
    public double Yield { get; init; } = 0.3;

    public IReadOnlyList<SampleColumn> Strata { get; init; } = [SampleColumn.Township, SampleColumn.NumberKind];

    [JsonConverter(typeof(JsonStringEnumConverter<AllocationKind>))]
    public AllocationKind Allocation { get; init; } = AllocationKind.Proportional;

    /// <summary>Least interviews of a stratum, as far as it has people.</summary>
    public int Minimum { get; init; }

    /// <summary>Most interviews of a stratum; null: no bound.</summary>
    public int? Cap { get; init; }

    /// <summary>For Neyman: standard deviation by the name of a stratum, or by its township, kind of number, language or list.</summary>
    public IReadOnlyDictionary<string, double> Deviations { get; init; } = new Dictionary<string, double>(StringComparer.Ordinal);

    public SampleDrawKind Draw { get; init; }

    /// <summary>The same seed and lists give the same sample on every machine; null: the round's.</summary>
    public long? Seed { get; init; }

    /// <summary>Parts of each stratum's sample that are released one after another, each a random part of it.</summary>
    public int Replicates { get; init; } = 10;

    /// <summary>Share of numbers drawn beyond those that the yield asks for, released only where it is missed.</summary>
    public double Reserve { get; init; } = 0.5;

    /// <summary>Share by which a stratum may run over before nobody of it is called any more.</summary>
    public double Slack { get; init; } = 0.1;

    /// <summary>The plan in one form: equal plans give equal texts.</summary>
    internal string ToJson() => JsonSerializer.Serialize(
        this with { Strata = [.. Strata.Distinct().Order()], Deviations = new SortedDictionary<string, double>(Deviations.ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal) },
        SamplePlanJson.Default.SamplePlan);

    internal static SamplePlan FromJson(string json) => JsonSerializer.Deserialize(json, SamplePlanJson.Default.SamplePlan)!;

    /// <summary>Numbers to draw for so many interviews.</summary>
    internal long NumbersFor(long interviews) => (long)Math.Ceiling((interviews / Yield * (1 + Reserve)) - 1e-9);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(SamplePlan))]
internal sealed partial class SamplePlanJson : JsonSerializerContext;
