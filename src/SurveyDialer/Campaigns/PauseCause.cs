using System.Globalization;

namespace SurveyDialer.Campaigns;

/// <summary>Why a campaign was paused, but not by its staff: nothing can be placed until a person has seen to it.</summary>
/// <param name="Why">As in the history: <c>Configuration</c>, <c>RegionNotAllowed</c> (the carrier's answer) or <see cref="Restored"/>.</param>
/// <param name="Code">The carrier's own code; 0 where it gave none.</param>
public sealed record PauseCause(string Why, int Code)
{
    /// <summary>The database was restored from a backup: calls, answers and requests never to be called again that came later are not in it.</summary>
    public const string Restored = "Restored";

    /// <summary>As in the history.</summary>
    internal string Reason => $"{Why} {Code}";

    /// <summary>From the reason in a campaign's history; null when staff paused it.</summary>
    public static PauseCause? Of(string? reason)
        => reason?.Split(' ') is [var why, var code] && int.TryParse(code, CultureInfo.InvariantCulture, out var number) ? new PauseCause(why, number) : null;

    /// <summary>What happened and what to do.</summary>
    public string InWords(CultureInfo culture) => LaunchProblem.Say($"pause_{Why}", culture, Code);
}
