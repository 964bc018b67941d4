using System.Globalization;

namespace SurveyDialer.Campaigns;

/// <summary>What becomes different in a round; null: stays as it is.</summary>
public sealed record CampaignChange
{
    /// <summary>The last day on which anybody is called, where the respondents live.</summary>
    public DateOnly? LastDay { get; init; }

    /// <summary>Complete interviews after which the round closes; 1 or more.</summary>
    public int? Target { get; init; }

    /// <summary>Calls at the same time, at most; 1 or more.</summary>
    public int? MaxLines { get; init; }

    /// <summary>For the audit log.</summary>
    internal string InWords() => string.Concat(
        LastDay is { } day ? $", last day {day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}" : "",
        Target is { } target ? $", target {target}" : "",
        MaxLines is { } lines ? $", lines {lines}" : "");
}
