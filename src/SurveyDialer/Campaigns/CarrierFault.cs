using System.Globalization;

namespace SurveyDialer.Campaigns;

/// <summary>Why the carrier's answer paused a campaign: nothing can be placed until a person mends it.</summary>
/// <param name="Why">As in the history: <c>Configuration</c> or <c>RegionNotAllowed</c>.</param>
/// <param name="Code">The carrier's own code; 0 where it gave none.</param>
public sealed record CarrierFault(string Why, int Code)
{
    /// <summary>From the reason in a campaign's history; null when staff paused it.</summary>
    public static CarrierFault? Of(string? reason)
        => reason?.Split(' ') is [var why, var code] && int.TryParse(code, CultureInfo.InvariantCulture, out var number) ? new CarrierFault(why, number) : null;

    /// <summary>What happened and what to do.</summary>
    public string InWords(CultureInfo culture) => LaunchProblem.Say($"fault_{Why}", culture, Code);
}
