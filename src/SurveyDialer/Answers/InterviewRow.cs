namespace SurveyDialer.Answers;

/// <summary>
/// The closed list of what may stand on an interview. Nothing here names a respondent, a number, an attempt or a row of the contact side,
/// and own words never come here. A new column needs a new line here and an answer to: can it be matched to a person once the link is gone?
/// </summary>
internal sealed record InterviewRow
{
    /// <summary>Who has more numbers counts as one who has so many, so that nobody stands out.</summary>
    internal const int MostNumbers = 3;

    /// <summary>128 random bits.</summary>
    public byte[] Id { get; init; } = [];

    public long CampaignId { get; init; }

    public long AreaId { get; init; }

    /// <summary><c>landline</c> or <c>mobile</c>: of the number that was reached.</summary>
    public string NumberKind { get; init; } = "";

    /// <summary>
    /// Number of the sample's stratum, for weights. Strata are told apart by township, kind of number and language, so that it says what stands here
    /// already; never by village, which few interviews may come from.
    /// </summary>
    public long Stratum { get; init; }

    /// <summary>
    /// Numbers of the list that reach the respondent, for weights: 1 to <see cref="MostNumbers"/> on a landline and 1 on a mobile, where weights do
    /// not ask. Most respondents of any stratum share each value, so that it leads to nobody.
    /// </summary>
    public long Numbers { get; init; } = 1;

    /// <summary><c>voice</c>, <c>text</c> or <c>live</c>.</summary>
    public string Channel { get; init; } = "";

    public string Language { get; init; } = "";

    /// <summary>Number of the prompt that is answered next; 0 before the first.</summary>
    public long Turn { get; init; }

    /// <summary>The engine's position; cleared by unlinking.</summary>
    public string? Position { get; init; }

    public string Outcome { get; init; } = "open";

    public long Flagged { get; init; }

    /// <summary>1 once the follow-up question was asked.</summary>
    public long Asked { get; init; }

    /// <summary><c>phone</c>, <c>visit</c>, <c>report</c> or <c>no</c>; cleared by unlinking.</summary>
    public string? Consent { get; init; }

    /// <summary>Cleared by unlinking.</summary>
    public string? Topic { get; init; }

    /// <summary>What became of the flags: <c>case</c> or <c>voice</c>.</summary>
    public string? NextStep { get; init; }

    /// <summary>Signs of careless answers, <see cref="Statistics.Quality.CarelessFlag"/>; says no more than the answers and "fast".</summary>
    public long Careless { get; init; }
}
