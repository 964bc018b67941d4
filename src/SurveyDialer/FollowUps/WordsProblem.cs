using System.Text.RegularExpressions;

namespace SurveyDialer.FollowUps;

/// <summary>Why own words were not written down or put aside.</summary>
public enum WordsProblem
{
    /// <summary>There is nothing of that kind, or the consent was taken back.</summary>
    NotThere,

    /// <summary>Written down meanwhile, with other words.</summary>
    WrittenDownMeanwhile,

    /// <summary>Put aside meanwhile: not understood, or for another reason.</summary>
    PutAsideMeanwhile,

    /// <summary>Kept as long as allowed, and deleted meanwhile.</summary>
    ExpiredMeanwhile,

    TextMissing,

    /// <summary>More than <see cref="WrittenWords.Longest"/> characters.</summary>
    TooLong,

    /// <summary>Words of an area hold something that looks like a telephone or identity number.</summary>
    HoldsNumber,

    /// <summary>Putting words aside needs a reason.</summary>
    ReasonMissing,
}

/// <summary>What a person may write down.</summary>
public static partial class WrittenWords
{
    /// <summary>Longest text, in characters.</summary>
    public const int Longest = 2000;

    [GeneratedRegex(@"\d(?:[\s-]?\d){6,}")]
    private static partial Regex LongNumber { get; }

    internal static WordsProblem? Check(string? text)
        => string.IsNullOrWhiteSpace(text) ? WordsProblem.TextMissing : text.Length > Longest ? WordsProblem.TooLong : null;

    /// <summary>Seven digits and more could be somebody's number.</summary>
    internal static bool HoldsNumber(string text) => LongNumber.IsMatch(text);
}
