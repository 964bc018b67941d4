namespace SurveyDialer.Estimates;

/// <summary>Whose result it is.</summary>
public enum OfficialLevel
{
    /// <summary>The official result of this office's own area.</summary>
    Own,

    /// <summary>Average of the county.</summary>
    County,

    /// <summary>Average of the city.</summary>
    City,

    /// <summary>Average of the province.</summary>
    Province,

    /// <summary>Another place that this one is compared with, by its name.</summary>
    Peer,
}

/// <summary>A result that others published; of different sources apart, never averaged together.</summary>
public sealed record OfficialResult
{
    public long Id { get; init; }

    public required OfficialLevel Level { get; init; }

    /// <summary>Of the place, for example 云溪县; may be empty for averages, never for a peer.</summary>
    public required string Name { get; init; }

    /// <summary>Of an index, or the id of a composite.</summary>
    public required string Tag { get; init; }

    public required RoundPeriod Period { get; init; }

    /// <summary>Per cent, two decimals; of a composite its points.</summary>
    public required decimal Percent { get; init; }

    /// <summary>Interviews that it rests on; null: not known.</summary>
    public long? N { get; init; }

    /// <summary>Place in the ranking; null: not known.</summary>
    public int? Rank { get; init; }

    /// <summary>Among how many it ranks; null: not known.</summary>
    public int? Places { get; init; }

    /// <summary>Which survey: 省统计局民调中心, a notice with its number …</summary>
    public required string Source { get; init; }

    public string EnteredBy { get; init; } = "";

    /// <summary>UTC milliseconds.</summary>
    public long EnteredAt { get; init; }

    /// <summary>What makes a series: the same index of the same place by the same source.</summary>
    internal (string Tag, OfficialLevel Level, string Name, string Source) Series => (Tag, Level, Name, Source);
}

/// <summary>What an index is to reach in a period.</summary>
/// <param name="Tag">Of an index, or the id of a composite.</param>
/// <param name="Percent">A rate to reach, per cent; null: none.</param>
/// <param name="Rank">A place to be among, 80 for the top 80; null: none.</param>
public sealed record IndexTarget(string Tag, RoundPeriod Period, decimal? Percent, int? Rank)
{
    public string EnteredBy { get; init; } = "";

    /// <summary>UTC milliseconds.</summary>
    public long EnteredAt { get; init; }
}
